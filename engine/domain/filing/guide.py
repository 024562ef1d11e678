"""The guide "Hướng dẫn đăng nhập tài khoản và nộp hồ sơ trực tuyến", written from the live wizard and the pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from engine.domain.filing.check import STEPS, form_of_step
from engine.domain.filing.guide_figure import figure
from engine.domain.procedures import Procedure
from engine.domain.text import Text

GUIDE_TITLE = Text(
    "Hướng dẫn đăng nhập tài khoản và nộp hồ sơ trực tuyến trên cổng dịch vụ công",
    "How to sign in and file a dossier online on the public service portal",
)
_BRAND = Text("Cổng dịch vụ công", "Public service portal")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NEXT = Text("Tiếp tục", "Continue")


@dataclass(frozen=True)
class GuideScreen:
    """One screen of the wizard: its name, what to do on it, the labels it shows, and its button."""

    name: str
    title: Text
    body: Text
    labels: tuple[Text, ...]
    button: Text


_SCREENS: dict[str, tuple[Text, Text, Text]] = {
    "applicant": (
        Text("Thông tin người nộp", "The person who files"),
        Text(
            "Thông tin lấy từ tài khoản định danh được điền sẵn; bạn xem lại và bổ sung mục còn trống.",
            "What your account knows is filled in; look it over and add what is missing.",
        ),
        _NEXT,
    ),
    "owner": (
        Text("Thông tin chủ hồ sơ", "The owner of the dossier"),
        Text(
            "Nếu bạn nộp cho chính mình, bấm “Lấy thông tin từ người nộp”. Nếu nộp thay, nhập thông tin chủ hồ sơ.",
            "Filing for yourself, press “Copy from the applicant”. Filing for somebody else, enter the owner.",
        ),
        _NEXT,
    ),
    "declaration": (
        Text("Tờ khai", "The declaration"),
        Text(
            "Điền tờ khai điện tử. Bạn cũng có thể tải mẫu đơn kê khai, điền, ký rồi đính kèm ở bước sau.",
            "Fill in the electronic declaration, or download the form, sign it and attach it in the next step.",
        ),
        _NEXT,
    ),
    "papers": (
        Text("Giấy tờ kèm theo", "The papers"),
        Text(
            "Tải lên từng giấy tờ vào đúng ô của nó. Nhận PDF, ảnh JPG hoặc PNG; ô nào bắt buộc có ghi rõ.",
            "Upload each paper into its own slot: PDF, JPG or PNG. What is required says so.",
        ),
        _NEXT,
    ),
    "delivery": (
        Text("Nhận kết quả", "Receiving the result"),
        Text(
            "Chọn nhận trực tuyến, qua bưu chính công ích hoặc tại Bộ phận Một cửa.",
            "Choose online, by public post, or at the one-stop desk.",
        ),
        _NEXT,
    ),
    "review": (
        Text("Kiểm tra và gửi", "Review and send"),
        Text(
            "Xem lại toàn bộ, xem phí và lý do của từng khoản, đánh dấu cam đoan rồi bấm “Gửi hồ sơ”. "
            "Hệ thống cấp mã hồ sơ và giấy biên nhận có mã QR.",
            "Look over everything, see the fee and why it is what it is, tick the pledge and press “Send”. "
            "You get a dossier code and a receipt with a QR code.",
        ),
        Text("Gửi hồ sơ", "Send"),
    ),
}


def guide_screens(procedure: Procedure, steps: Sequence[str] = STEPS) -> tuple[GuideScreen, ...]:
    """The wizard's screens for this procedure, in its order, with the labels a citizen really sees."""
    return tuple(GuideScreen(name, *_SCREENS[name][:2], _labels(procedure, name), _SCREENS[name][2]) for name in steps)


def guide_article(procedure: Procedure, screens: Sequence[GuideScreen]) -> Text:
    """The article as HTML in both languages: sections numbered by themselves, each figure with alternative text."""
    return Text(_article(procedure, screens, "vi"), _article(procedure, screens, "en"))


def _labels(procedure: Procedure, name: str) -> tuple[Text, ...]:
    if name == "papers":
        return tuple(component.name for component in procedure.components)
    form = form_of_step(procedure, name)
    if form is None:
        return tuple(_SCREENS[other][0] for other in STEPS if other != "review")
    blank = form.visible({entry.key: entry.default or "" for entry in form.fields})
    return tuple(entry.label for entry in form.fields if entry.key in blank)


def _article(procedure: Procedure, screens: Sequence[GuideScreen], lang: str) -> str:
    sections = (
        (_WHAT, _paragraphs(_WHAT_BODY, lang)),
        (_WHY, _list(_WHY_BODY, lang)),
        (_SIGN_IN, _steps(_SIGN_IN_BODY, lang)),
        (Text(_FILE.vi.format(procedure.names.vi), _FILE.en.format(procedure.names.en)), None),
        (_FOLLOW, _list(_FOLLOW_BODY, lang)),
    )
    parts = []
    for roman, (heading, body) in zip(_ROMAN, sections, strict=False):
        content = body if body is not None else "".join(_filing(procedure, screens, lang))
        parts.append(f"<h2>{roman}. {_say(heading, lang)}</h2>{content}")
    return "".join(parts)


def _filing(procedure: Procedure, screens: Sequence[GuideScreen], lang: str) -> Iterator[str]:
    link = f'<a href="/procedures/{escape(procedure.code)}">{_say(procedure.names, lang)}</a>'
    yield f"<p>{_say(_OPEN, lang)} {link}.</p>"
    for number, screen in enumerate(screens, start=1):
        word = Text("Bước", "Step").in_(lang)
        title = screen.title.in_(lang)
        caption = Text(f"Hình {number}: màn hình “{title}”", f"Figure {number}: the screen “{title}”").in_(lang)
        shown = ", ".join(label.in_(lang) for label in screen.labels[:6])
        alt = Text(
            f"Màn hình “{title}” gồm: {shown}; nút “{screen.button.vi}”.",
            f"The screen “{title}” with: {shown}; button “{screen.button.en}”.",
        ).in_(lang)
        labels = [label.in_(lang) for label in screen.labels]
        drawing = figure(_BRAND.in_(lang), title, labels, screen.button.in_(lang), alt)
        yield f"<h3>{word} {number}. {escape(title)}</h3><p>{_say(screen.body, lang)}</p>"
        yield f"<figure>{drawing}<figcaption>{escape(caption)}</figcaption></figure>"


def _say(text: Text, lang: str) -> str:
    return escape(text.in_(lang), quote=False)


def _paragraphs(texts: Sequence[Text], lang: str) -> str:
    return "".join(f"<p>{_say(text, lang)}</p>" for text in texts)


def _list(texts: Sequence[Text], lang: str) -> str:
    return f"<ul>{''.join(f'<li>{_say(text, lang)}</li>' for text in texts)}</ul>"


def _steps(texts: Sequence[Text], lang: str) -> str:
    return f"<ol>{''.join(f'<li>{_say(text, lang)}</li>' for text in texts)}</ol>"


_WHAT = Text("Dịch vụ công trực tuyến là gì?", "What is an online public service?")
_WHAT_BODY = (
    Text(
        "Là dịch vụ hành chính công được cung cấp cho tổ chức, cá nhân trên môi trường mạng, ở hai mức: toàn trình và "
        "một phần.",
        "A service of the administration provided to people and organisations over the network, on two levels: full "
        "process and partial.",
    ),
    Text(
        "Toàn trình: mọi thông tin, giao dịch đều thực hiện trên mạng; kết quả được trả trực tuyến hoặc qua bưu chính "
        "công ích. Một phần: các dịch vụ còn lại.",
        "Fully online: everything is done online and the result comes online or by public post. Partial: the rest.",
    ),
)
_WHY = Text("Nộp trực tuyến có lợi gì?", "Why file online?")
_WHY_BODY = (
    Text("Nộp ở mọi nơi, mọi lúc; không phải đi lại.", "File anywhere, at any time, without travelling."),
    Text(
        "Biết trước giấy tờ, phí và ngày hẹn; mỗi khoản miễn, giảm đều nêu căn cứ.",
        "Know the papers, the fee and the date beforehand; every exemption cites its basis.",
    ),
    Text("Theo dõi được ai đang giữ hồ sơ và bước tiếp theo.", "See who holds the dossier and what comes next."),
)
_SIGN_IN = Text("Đăng nhập tài khoản", "Signing in")
_SIGN_IN_BODY = (
    Text("Mở trang chủ và bấm “Đăng nhập”.", "Open the home page and press “Sign in”."),
    Text(
        "Chọn tài khoản cấp bởi Cổng dịch vụ công quốc gia hoặc VNeID.",
        "Choose the account of the National Public Service Portal, or VNeID.",
    ),
    Text(
        "Tại thẻ “CMT/CCCD”, nhập số căn cước và mật khẩu rồi bấm “Đăng nhập”. Quên mật khẩu thì bấm “Quên mật khẩu” "
        "để đặt lại tại nơi cấp tài khoản.",
        "On the tab “CMT/CCCD” enter your personal number and password and press “Sign in”. If you forgot it, reset "
        "it with the provider of the account.",
    ),
    Text(
        "Nhập mã OTP được gửi đến số điện thoại đã đăng ký và bấm “XÁC NHẬN”. Không ai được quyền hỏi mã này.",
        "Enter the code sent to your registered telephone and press “CONFIRM”. Nobody may ask you for this code.",
    ),
)
_FILE = Text("Nộp hồ sơ: ví dụ “{}”", "Filing: the example “{}”")
_OPEN = Text(
    "Vào “Dịch vụ công trực tuyến”, tìm thủ tục và bấm “Đăng ký”:",
    "Under “Online services” find the procedure and press “Apply”:",
)
_FOLLOW = Text("Theo dõi hồ sơ", "Following your dossier")
_FOLLOW_BODY = (
    Text(
        "Mở “Hồ sơ cá nhân” để xem trạng thái, ngày hẹn và lịch sử.", "Open “My dossiers” for status, date and history."
    ),
    Text(
        "Khi cơ quan yêu cầu bổ sung, bạn trả lời ngay trong hồ sơ; mã hồ sơ giữ nguyên.",
        "When the office asks for a supplement you answer in the dossier; its code stays the same.",
    ),
    Text("Bạn có thể rút hồ sơ trước khi kết quả được ký.", "You can withdraw before the result is signed."),
)

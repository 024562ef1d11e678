"""The one-stop forms on A5: acknowledgement, supplement request, refusal, apology, receipt (TT 01/2018, TT 03/2025).

Forms are known by what they do, never by their number: the numbers moved between the two circulars.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.domain.text import Text
from engine.papers.facts import Facts
from engine.papers.sheet import Sheet

_BY_HAND = Text("(Ký và ghi rõ họ tên)", "(Signature and full name)")
_OFFICER = Text("Người tiếp nhận hồ sơ", "Received by")
_APPLICANT = Text("Người nộp hồ sơ", "Applicant")
_FOLLOW = Text(
    "Quét mã để tra cứu hồ sơ {code}. Giấy này được lập điện tử, có giá trị như bản giấy.",
    "Scan to follow dossier {code}. Made electronically, valid as on paper.",
)


def acknowledgement_slip(facts: Facts) -> bytes:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    sheet = _begin(facts, Text("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Acknowledgement and appointment slip"))
    sheet.paragraph(
        sheet.say(Text("{agency} đã tiếp nhận hồ sơ của:", "{agency} has received the dossier of:")).format(
            agency=facts.word("agency_name")
        )
    )
    _who(sheet, facts)
    _papers(sheet, facts)
    for label, value in (
        (Text("Thời hạn giải quyết theo quy định", "Time limit"), facts.word("limit_text")),
        (Text("Thời gian nhận hồ sơ", "Received at"), facts.moment("accepted_at")),
        (Text("Thời gian trả kết quả dự kiến", "Result expected by"), facts.moment("due_at")),
        (Text("Đăng ký nhận kết quả", "Result to be received"), facts.way("delivery_method")),
        (Text("Phí, lệ phí", "Fee"), _amount(facts)),
    ):
        sheet.entry(sheet.say(label), value)
    sheet.signatures((_APPLICANT, _BY_HAND, facts.word("applicant.full_name")), _officer(facts))
    return _end(sheet, facts)


def supplement_request(facts: Facts) -> bytes:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    sheet = _begin(facts, Text("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to complete a dossier"))
    _who(sheet, facts)
    sheet.heading(sheet.say(Text("Nội dung cần bổ sung, hoàn thiện:", "What must be completed:")))
    sheet.paragraph(facts.word("reason", "……"))
    missing = [(facts.show(row.get("name")), facts.show(row.get("reason"))) for row in facts.rows("missing")]
    if missing:
        head = [sheet.say(word) for word in (Text("TT", "No"), Text("Giấy tờ", "Paper"), Text("Lý do", "Reason"))]
        rows = [[str(number), name, reason] for number, (name, reason) in enumerate(missing, start=1)]
        sheet.table(head, rows, (0.1, 0.45, 0.45))
    sheet.paragraph(
        sheet.say(
            Text(
                "Thời hạn giải quyết được tính lại kể từ khi hồ sơ được bổ sung đầy đủ. Ông (bà) có thể gửi bổ sung "
                "trực tuyến tại mục “Hồ sơ cá nhân” hoặc tại nơi đã nộp.",
                "The time limit is counted again once the dossier is complete. You can send the supplement online "
                "under “My dossiers”, or where you filed.",
            )
        )
    )
    sheet.signatures(None, _officer(facts))
    return _end(sheet, facts)


def refusal(facts: Facts) -> bytes:
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ."""
    sheet = _begin(facts, Text("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "Refusal of a dossier"))
    _who(sheet, facts)
    sheet.heading(sheet.say(Text("Lý do không tiếp nhận, giải quyết:", "Why it is refused:")))
    sheet.paragraph(facts.word("reason", "……"))
    sheet.paragraph(
        sheet.say(
            Text(
                "Nếu không đồng ý, ông (bà) có quyền khiếu nại theo Luật Khiếu nại hoặc khởi kiện theo Luật Tố tụng "
                "hành chính.",
                "If you do not agree, you may complain under the Law on Complaints or sue under the Law on "
                "Administrative Procedure.",
            )
        )
    )
    sheet.signatures(None, _officer(facts))
    return _end(sheet, facts)


def apology(facts: Facts) -> bytes:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả; from 15/09/2025 a request to extend (TT 03/2025/TT-VPCP)."""
    sheet = _begin(facts, Text("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Apology and new appointment"))
    _who(sheet, facts)
    sheet.entry(sheet.say(Text("Đã hẹn trả kết quả", "First promised for")), facts.moment("due_at"))
    sheet.heading(sheet.say(Text("Lý do chậm trả kết quả:", "Why it is late:")))
    sheet.paragraph(facts.word("reason", "……"))
    sheet.entry(sheet.say(Text("Hẹn lại", "New date")), facts.moment("new_due_at"))
    sheet.paragraph(
        sheet.say(
            Text(
                "Cơ quan xin lỗi ông (bà) vì sự chậm trễ này; việc hẹn lại chỉ thực hiện một lần.",
                "We apologise for this delay; a new date is given only once.",
            )
        )
    )
    sheet.signatures(None, _officer(facts))
    return _end(sheet, facts)


def receipt(facts: Facts) -> bytes:
    """Biên lai thu phí, lệ phí: lines, total in figures and in words."""
    sheet = _begin(facts, Text("Biên lai thu phí, lệ phí", "Fee receipt"))
    sheet.entry(sheet.say(Text("Người nộp tiền", "Paid by")), facts.word("payer", facts.word("applicant.full_name")))
    sheet.entry(sheet.say(Text("Mã hồ sơ", "Dossier code")), facts.word("code"))
    sheet.entry(sheet.say(Text("Thủ tục", "Procedure")), facts.word("procedure_name"))
    rows = [_fee_row(facts, number, row) for number, row in enumerate(facts.rows("lines"), start=1)]
    if rows:
        words = (Text("TT", "No"), Text("Khoản thu", "For"), Text("Số lượng", "Quantity"), Text("Số tiền", "Amount"))
        sheet.table([sheet.say(word) for word in words], rows, (0.1, 0.45, 0.17, 0.28))
    total = facts.money("total_vnd")
    if total is not None:
        sheet.entry(sheet.say(Text("Tổng số tiền", "Total")), total.format(facts.lang))
        sheet.entry(sheet.say(Text("Bằng chữ", "In words")), total.in_words(facts.lang))
    sheet.entry(sheet.say(Text("Hình thức nộp", "Paid by means of")), facts.word("payment_method"))
    sheet.entry(sheet.say(Text("Thời gian thu", "Collected at")), facts.moment("collected_at"))
    collector = (Text("Người thu tiền", "Collected by"), _BY_HAND, facts.word("officer"))
    sheet.signatures((Text("Người nộp tiền", "Payer"), _BY_HAND, ""), collector)
    return _end(sheet, facts)


def _begin(facts: Facts, title: Text) -> Sheet:
    at = facts.at("issued_at")
    if at is None:
        raise ValueError("a document needs issued_at: the instant it is made")
    sheet = Sheet(facts.lang, at, a5=True)
    number = facts.word("number")
    label = sheet.say(Text("Số: {number}", "No: {number}")).format(number=number) if number else ""
    sheet.head(facts.word("agency_parent"), facts.word("agency_name"), label, facts.word("place", "……"), at)
    code = facts.word("code")
    sheet.title(title, sheet.say(Text("Mã hồ sơ: {code}", "Dossier code: {code}")).format(code=code) if code else "")
    return sheet


def _end(sheet: Sheet, facts: Facts) -> bytes:
    code, url = facts.word("code"), facts.word("url")
    if code or url:
        sheet.qr(url or code, sheet.say(_FOLLOW).format(code=code), size=20)
    if facts.data.get("practice"):
        sheet.watermark()
    return sheet.finish()


def _who(sheet: Sheet, facts: Facts) -> None:
    for label, value in (
        (Text("Ông/bà, tổ chức", "Name"), facts.word("applicant.organisation_name", facts.word("applicant.full_name"))),
        (Text("Địa chỉ", "Address"), facts.word("applicant.address")),
        (Text("Số điện thoại", "Telephone"), facts.phone("applicant.phone")),
        (Text("Chủ hồ sơ", "Owner of the dossier"), facts.word("owner.full_name")),
        (Text("Nội dung yêu cầu giải quyết", "Procedure"), facts.word("procedure_name")),
    ):
        sheet.entry(sheet.say(label), value)


def _papers(sheet: Sheet, facts: Facts) -> None:
    rows = facts.rows("components")
    sheet.heading(sheet.say(Text("Thành phần hồ sơ nộp gồm:", "Papers received:")))
    lines = [f"{number}. {facts.show(row.get('name'))}{_count(sheet, row)}" for number, row in enumerate(rows, start=1)]
    lines = lines or [sheet.say(Text("1. Tờ khai điện tử", "1. Electronic declaration"))]
    for line in lines:
        sheet.paragraph(line, indent=False)


def _count(sheet: Sheet, row: Mapping[str, Any]) -> str:
    """The files of a paper: their names, or how many."""
    files = row.get("files")
    if isinstance(files, list | tuple):
        return f" ({', '.join(str(name) for name in files)})" if files else ""
    return sheet.say(Text(f" ({files} tệp)", f" ({files} files)")) if files else ""


def _fee_row(facts: Facts, number: int, row: Mapping[str, Any]) -> list[str]:
    amount = row.get("amount_vnd")
    shown = Facts({"amount": amount}, facts.lang).money("amount")
    return [
        str(number),
        facts.show(row.get("name")),
        facts.show(row.get("quantity")),
        shown.format(facts.lang) if shown else "0 đồng",
    ]


def _amount(facts: Facts) -> str:
    total = facts.money("total_vnd")
    if total is None:
        return ""
    return total.format(facts.lang) if total else Text("Không thu", "None").in_(facts.lang)


def _officer(facts: Facts) -> tuple[Text, Text, str]:
    return (_OFFICER, _BY_HAND, facts.word("officer"))

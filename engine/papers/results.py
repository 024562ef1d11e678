"""Results on A4: the copy of a civil-status extract, the certificate of a household business."""

from __future__ import annotations

from engine.domain.text import Text
from engine.papers.facts import Facts
from engine.papers.sheet import Sheet
from rules.money import Money

_SIGNED = Text("(Đã ký, đóng dấu)", "(Signed and sealed)")
_VERIFY = Text(
    "Mã hồ sơ {code}. Quét mã để kiểm tra giấy này trên cổng dịch vụ công.",
    "Dossier {code}. Scan to verify this paper on the portal.",
)
_EXTRACTS = {
    "birth": Text("Trích lục khai sinh (bản sao)", "Extract of birth (copy)"),
    "birth_certificate": Text("Giấy khai sinh (bản sao)", "Birth certificate (copy)"),
    "marriage": Text("Trích lục kết hôn (bản sao)", "Extract of marriage (copy)"),
    "death": Text("Trích lục khai tử (bản sao)", "Extract of death (copy)"),
    "guardianship": Text("Trích lục đăng ký giám hộ (bản sao)", "Extract of guardianship (copy)"),
    "parentage": Text("Trích lục đăng ký nhận cha, mẹ, con (bản sao)", "Extract of parentage (copy)"),
    "change": Text("Trích lục thay đổi, cải chính hộ tịch (bản sao)", "Extract of change or correction (copy)"),
    "adoption": Text("Giấy chứng nhận nuôi con nuôi (bản sao)", "Certificate of adoption (copy)"),
}


def result_extract(facts: Facts) -> bytes:
    """Bản sao trích lục hộ tịch (2.000635): what the register says, with where and when it was registered."""
    sheet = _begin(
        facts, _EXTRACTS.get(facts.word("extract_type"), Text("Trích lục hộ tịch (bản sao)", "Extract (copy)"))
    )
    for label, value in (
        (Text("Họ, chữ đệm, tên", "Full name"), facts.word("extract_name").upper()),
        (Text("Ngày, tháng, năm sinh", "Date of birth"), facts.day("extract_birth_on")),
        (Text("Giới tính", "Sex"), facts.sex("extract_sex")),
        (Text("Dân tộc", "Ethnicity"), facts.word("extract_ethnicity")),
        (Text("Quốc tịch", "Nationality"), facts.word("extract_nationality")),
        (Text("Số định danh cá nhân", "Personal number"), facts.word("extract_national_id")),
        (Text("Nội dung sự kiện hộ tịch", "The registered event"), facts.word("extract_event")),
        (Text("Nơi đăng ký", "Registered at"), facts.word("extract_registered_at")),
        (Text("Ngày đăng ký", "Registered on"), facts.day("extract_registered_on")),
        (Text("Số đăng ký", "Registration number"), facts.word("extract_registration_number")),
        (Text("Ghi chú", "Remarks"), facts.word("extract_note", "Không" if facts.lang == "vi" else "None")),
    ):
        _known(sheet, label, value)
    sheet.paragraph(
        sheet.say(
            Text(
                "Thực hiện trích lục từ Sổ hộ tịch / Cơ sở dữ liệu hộ tịch điện tử.",
                "Extracted from the civil-status register / electronic civil-status database.",
            )
        ),
        "I",
    )
    return _end(sheet, facts, Text("Người ký trích lục", "Signed by"))


def result_certificate(facts: Facts) -> bytes:
    """Giấy chứng nhận đăng ký hộ kinh doanh (1.001612)."""
    sheet = _begin(
        facts, Text("Giấy chứng nhận đăng ký hộ kinh doanh", "Certificate of household business registration")
    )
    capital = facts.word("certificate_capital_vnd").replace(".", "")
    money = Money(int(capital)) if capital.isdigit() else None
    for label, value in (
        (Text("Mã số hộ kinh doanh", "Business code"), facts.word("certificate_code")),
        (Text("1. Tên hộ kinh doanh", "1. Name"), facts.word("certificate_name").upper()),
        (Text("2. Trụ sở", "2. Registered address"), facts.word("certificate_address")),
        (Text("3. Ngành, nghề kinh doanh", "3. Lines of business"), facts.word("certificate_lines")),
        (Text("4. Vốn kinh doanh", "4. Capital"), money.format(facts.lang) if money else ""),
        (Text("    Bằng chữ", "    In words"), money.in_words(facts.lang) if money else ""),
        (Text("5. Chủ hộ kinh doanh", "5. Owner"), facts.word("certificate_owner").upper()),
        (Text("    Ngày sinh", "    Date of birth"), facts.day("owner.birth_on")),
        (Text("    Số định danh cá nhân", "    Personal number"), facts.word("owner.national_id")),
        (Text("    Nơi cư trú", "    Residence"), facts.word("owner.address")),
        (Text("6. Đăng ký lần đầu", "6. First registered"), facts.show(facts.day_of("issued_at"))),
    ):
        _known(sheet, label, value)
    return _end(sheet, facts, Text("Người có thẩm quyền", "Competent person"))


def _known(sheet: Sheet, label: Text, value: str) -> None:
    """A result states what is known and leaves no line to be filled in afterwards."""
    if value:
        sheet.entry(sheet.say(label), value)


def _begin(facts: Facts, title: Text) -> Sheet:
    at = facts.at("issued_at")
    if at is None:
        raise ValueError("a result needs issued_at: the instant it is issued")
    sheet = Sheet(facts.lang, at)
    number = sheet.say(Text("Số: {number}", "No: {number}")).format(number=facts.word("number", "………"))
    sheet.head(facts.word("agency_parent"), facts.word("agency_name"), number, facts.word("place", "……"), at)
    sheet.title(title)
    return sheet


def _end(sheet: Sheet, facts: Facts, signer: Text) -> bytes:
    title = Text(facts.word("signer_title"), facts.word("signer_title")) if facts.word("signer_title") else signer
    sheet.signatures(None, (title, _SIGNED, facts.word("signer")))
    code = facts.word("code")
    sheet.qr(facts.word("url") or code or "motcua", sheet.say(_VERIFY).format(code=code or "………"))
    if facts.data.get("practice"):
        sheet.watermark()
    return sheet.finish()

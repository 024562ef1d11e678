"""The one-stop forms on A5: acknowledgement, supplement request, refusal, apology, receipt (TT 01/2018, TT 03/2025).

Forms are known by what they do, never by their number: the numbers moved between the two circulars. Their words stand
in `paper.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.domain.text import Text
from engine.domain.texts import installed, office_text
from engine.papers.facts import Facts
from engine.papers.sheet import Sheet


def acknowledgement_slip(facts: Facts) -> bytes:
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    sheet = _begin(facts, office_text("paper.title.acknowledgement_slip"))
    sheet.paragraph(sheet.say(office_text("paper.acknowledgement_slip.received", agency=facts.word("agency_name"))))
    _who(sheet, facts)
    _papers(sheet, facts)
    for label, value in (
        (office_text("paper.acknowledgement_slip.limit"), facts.word("limit_text")),
        (office_text("paper.acknowledgement_slip.accepted_at"), facts.moment("accepted_at")),
        (office_text("paper.acknowledgement_slip.due_at"), facts.moment("due_at")),
        (office_text("paper.acknowledgement_slip.delivery"), facts.way("delivery_method")),
        (office_text("paper.acknowledgement_slip.fee"), _amount(facts)),
    ):
        sheet.entry(sheet.say(label), value)
    sheet.signatures((office_text("paper.applicant"), _by_hand(), facts.word("applicant.full_name")), _officer(facts))
    return _end(sheet, facts)


def supplement_request(facts: Facts) -> bytes:
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""
    sheet = _begin(facts, office_text("paper.title.supplement_request"))
    _who(sheet, facts)
    sheet.heading(sheet.say(office_text("paper.supplement_request.what")))
    sheet.paragraph(facts.word("reason", "……"))
    missing = [(facts.show(row.get("name")), facts.show(row.get("reason"))) for row in facts.rows("missing")]
    if missing:
        paper, why = office_text("paper.supplement_request.paper"), office_text("paper.supplement_request.reason")
        rows = [[str(number), name, reason] for number, (name, reason) in enumerate(missing, start=1)]
        sheet.table(_heads(sheet, paper, why), rows, (0.1, 0.45, 0.45))
    if until := facts.day("answer_by"):
        sheet.entry(sheet.say(office_text("paper.supplement_request.until")), until)
    sheet.paragraph(sheet.say(office_text("paper.supplement_request.law")))
    sheet.signatures(None, _officer(facts))
    return _end(sheet, facts)


def refusal(facts: Facts) -> bytes:
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ."""
    sheet = _begin(facts, office_text("paper.title.refusal"))
    _who(sheet, facts)
    sheet.heading(sheet.say(office_text("paper.refusal.why")))
    sheet.paragraph(facts.word("reason", "……"))
    sheet.paragraph(sheet.say(office_text("paper.refusal.remedies")))
    sheet.signatures(None, _officer(facts))
    return _end(sheet, facts)


def apology(facts: Facts) -> bytes:
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả; from 15/09/2025 a request to extend (TT 03/2025/TT-VPCP)."""
    sheet = _begin(facts, office_text("paper.title.apology"))
    _who(sheet, facts)
    sheet.entry(sheet.say(office_text("paper.apology.promised")), facts.moment("due_at"))
    sheet.heading(sheet.say(office_text("paper.apology.why")))
    sheet.paragraph(facts.word("reason", "……"))
    sheet.entry(sheet.say(office_text("paper.apology.new_date")), facts.moment("new_due_at"))
    sheet.paragraph(sheet.say(office_text("paper.apology.sorry")))
    sheet.signatures(None, _officer(facts))
    return _end(sheet, facts)


def receipt(facts: Facts) -> bytes:
    """Biên lai thu phí, lệ phí: lines, total in figures and in words."""
    sheet = _begin(facts, office_text("paper.title.receipt"))
    payer = facts.word("payer", facts.word("applicant.full_name"))
    sheet.entry(sheet.say(office_text("paper.receipt.paid_by")), payer)
    sheet.entry(sheet.say(office_text("paper.receipt.code")), facts.word("code"))
    sheet.entry(sheet.say(office_text("paper.receipt.procedure")), facts.word("procedure_name"))
    rows = [_fee_row(facts, number, row) for number, row in enumerate(facts.rows("lines"), start=1)]
    if rows:
        what, quantity = office_text("paper.receipt.for"), office_text("paper.receipt.quantity")
        heads = _heads(sheet, what, quantity, office_text("paper.receipt.amount"))
        sheet.table(heads, rows, (0.1, 0.45, 0.17, 0.28))
    total = facts.money("total_vnd")
    if total is not None:
        sheet.entry(sheet.say(office_text("paper.receipt.total")), total.format(facts.lang))
        sheet.entry(sheet.say(office_text("paper.receipt.in_words")), total.in_words(facts.lang))
    sheet.entry(sheet.say(office_text("paper.receipt.method")), facts.word("payment_method"))
    sheet.entry(sheet.say(office_text("paper.receipt.collected_at")), facts.moment("collected_at"))
    collector = (office_text("paper.receipt.collector"), _by_hand(), facts.word("officer"))
    sheet.signatures((office_text("paper.receipt.payer"), _by_hand(), ""), collector)
    return _end(sheet, facts)


def _begin(facts: Facts, title: Text) -> Sheet:
    at = facts.at("issued_at")
    if at is None:
        raise ValueError("a document needs issued_at: the instant it is made")
    sheet = Sheet(facts.lang, at, a5=True)
    number, code = facts.word("number"), facts.word("code")
    label = sheet.say(office_text("paper.number", number=number)) if number else ""
    sheet.head(
        facts.word("agency_parent"),
        facts.word("agency_name"),
        label,
        facts.word("place", "……"),
        facts.dated("issued_at"),
    )
    sheet.title(title, sheet.say(office_text("paper.code", code=code)) if code else "")
    return sheet


def _end(sheet: Sheet, facts: Facts) -> bytes:
    code, url = facts.word("code"), facts.word("url")
    if code or url:
        sheet.qr(url or code, sheet.say(office_text("paper.follow", code=code)), size=20)
    if facts.data.get("practice"):
        sheet.watermark()
    return sheet.finish()


def _heads(sheet: Sheet, *names: Text) -> list[str]:
    """The heads of a table whose first column counts its rows."""
    return [sheet.say(name) for name in (office_text("paper.row"), *names)]


def _who(sheet: Sheet, facts: Facts) -> None:
    name = facts.word("applicant.organisation_name", facts.word("applicant.full_name"))
    for label, value in (
        (office_text("paper.who.name"), name),
        (office_text("paper.who.address"), facts.word("applicant.address")),
        (office_text("paper.who.phone"), facts.phone("applicant.phone")),
        (office_text("paper.who.owner"), facts.word("owner.full_name")),
        (office_text("paper.who.procedure"), facts.word("procedure_name")),
    ):
        sheet.entry(sheet.say(label), value)


def _papers(sheet: Sheet, facts: Facts) -> None:
    rows = facts.rows("components")
    sheet.heading(sheet.say(office_text("paper.acknowledgement_slip.papers")))
    lines = [f"{number}. {facts.show(row.get('name'))}{_count(sheet, row)}" for number, row in enumerate(rows, start=1)]
    lines = lines or [sheet.say(office_text("paper.acknowledgement_slip.declaration_only"))]
    for line in lines:
        sheet.paragraph(line, indent=False)


def _count(sheet: Sheet, row: Mapping[str, Any]) -> str:
    """The files of a paper: their names, or how many."""
    files = row.get("files")
    if isinstance(files, list | tuple):
        return f" ({', '.join(str(name) for name in files)})" if files else ""
    return f" {sheet.say(office_text('paper.acknowledgement_slip.files', count=files))}" if files else ""


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
    return total.format(facts.lang) if total else office_text("paper.acknowledgement_slip.nothing_due").in_(facts.lang)


def _by_hand() -> Text:
    return office_text("paper.signed_by_hand")


def _officer(facts: Facts) -> tuple[Text, Text, str]:
    """Who signs, by the part they had in it."""
    role = facts.word("officer_role")
    known = f"paper.signer.{role}" in installed()
    title = office_text(f"paper.signer.{role}") if known else office_text("paper.officer")
    return (title, _by_hand(), facts.word("officer"))

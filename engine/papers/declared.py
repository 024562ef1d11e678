"""Results on A4, as the procedure's pack declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.domain.procedures import Paper, PaperLine, PaperText, filled, placeholders
from engine.domain.text import Text
from engine.papers.facts import Facts
from engine.papers.sheet import Sheet
from rules.money import Money

_SIGNED: Final = Text("(Đã ký, đóng dấu)", "(Signed and sealed)")
_VERIFY: Final = Text(
    "Mã hồ sơ {code}. Quét mã để kiểm tra giấy này trên cổng dịch vụ công.",
    "Dossier {code}. Scan to verify this paper on the portal.",
)
_INDENT: Final = " " * 4
_STYLES: Final[Mapping[str, str]] = {"plain": "", "italic": "I", "bold": "B"}


def declared(paper: Paper, data: Mapping[str, Any], lang: str) -> bytes:
    """Draw a paper of a pack; raises ValueError without `issued_at`."""
    facts = Facts(data, lang)
    at = facts.at("issued_at")
    if at is None:
        raise ValueError("a result needs issued_at: the instant it is issued")
    issued_on = facts.word("issued_on") or facts.day_of("issued_at")
    facts = Facts({**data, "issued_on": issued_on, "signer": _signer(paper, facts)}, lang)
    sheet = Sheet(lang, at)
    number = sheet.say(Text("Số: {number}", "No: {number}")).format(number=facts.word("number", "………"))
    sheet.head(
        facts.word("agency_parent"),
        facts.word("agency_name"),
        number,
        facts.word("place", "……"),
        facts.dated("issued_at"),
    )
    sheet.title(paper.headings.get(facts.word(paper.heading_by), paper.heading) if paper.heading_by else paper.heading)
    for part in paper.body:
        _part(sheet, facts, part)
    sheet.signatures(None, (paper.signer_title, _SIGNED, facts.word("signer")))
    code = facts.word("code")
    sheet.qr(facts.word("url") or code or "motcua", sheet.say(_VERIFY).format(code=code or "………"))
    if facts.data.get("practice"):
        sheet.watermark()
    return sheet.finish()


def _signer(paper: Paper, facts: Facts) -> str:
    return facts.word(f"signers.{paper.signed_by}")


def _part(sheet: Sheet, facts: Facts, part: PaperLine | PaperText) -> None:
    """A result states what is known and leaves no line to be filled in afterwards."""
    if isinstance(part, PaperLine):
        value = _value(facts, part) or (sheet.say(part.otherwise) if part.otherwise else "")
        if value:
            sheet.entry(f"{_INDENT if part.indent else ''}{sheet.say(part.label)}", value)
        return
    known = {name: facts.word(name) for name in placeholders(part.text)}
    if not all(known.values()):
        return
    told = filled(sheet.say(part.text), known)
    if part.style == "heading":
        sheet.heading(told)
    else:
        sheet.paragraph(told, _STYLES[part.style])


def _value(facts: Facts, line: PaperLine) -> str:
    word = facts.word(line.value)
    if word in line.words:
        return line.words[word].in_(facts.lang)
    if line.shown_as == "capitals":
        return word.upper()
    if line.shown_as == "day":
        return facts.day(line.value)
    if line.shown_as in ("money", "money_words"):
        return _money(word, facts.lang, in_words=line.shown_as == "money_words")
    return word


def _money(word: str, lang: str, *, in_words: bool) -> str:
    digits = word.replace(".", "")
    if not digits.isdigit():
        return ""
    money = Money(int(digits))
    return money.in_words(lang) if in_words else money.format(lang)

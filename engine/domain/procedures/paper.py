"""A result paper of a pack (`papers/*.yaml`): what it says, which facts it prints, its number, who signs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.domain.actor import ROLES
from engine.domain.procedures.pack_reader import Faults, Reader
from engine.domain.text import Text

SHOWN_AS: Final = ("text", "capitals", "day", "money", "money_words")
STYLES: Final = ("plain", "italic", "bold", "heading")
NUMBER_WORDS: Final = frozenset({"result_number", "code", "count", "year"})
OWN_FACTS: Final = frozenset({"number", "code", "place", "issued_on", "agency_name", "procedure_name", "signer"})
DOSSIER_PARTIES: Final = ("applicant", "owner")
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class PaperLine:
    """ "Họ tên: **Nguyễn Văn A**": a label and the fact at `value`; left out when the fact is not known.

    `words`: what the values of a choice are called on paper. `otherwise`: printed when the fact is not known.
    """

    label: Text
    value: str
    shown_as: str = "text"
    words: Mapping[str, Text] = field(default_factory=dict)
    otherwise: Text | None = None
    indent: bool = False


@dataclass(frozen=True)
class PaperText:
    """A paragraph with facts between braces: `{task.extract_name}`; left out when one of them is not known."""

    text: Text
    style: str = "plain"


@dataclass(frozen=True)
class Paper:
    """`title`: its name in lists; `heading`: printed on it, of several the one for the value at `heading_by`.

    `number`: a pattern over `NUMBER_WORDS`. `signed_by`: the role whose last completed step is the signature.
    """

    code: str
    title: Text
    heading: Text
    heading_by: str
    headings: Mapping[str, Text]
    number: str
    signed_by: str
    signer_title: Text
    body: tuple[PaperLine | PaperText, ...]

    @property
    def asks_number(self) -> bool:
        """Whether the clerk's number is part of its own."""
        return "{result_number}" in self.number

    def facts(self) -> Iterator[tuple[str, str]]:
        """Every fact that is printed, with the place in the file that names it."""
        if self.heading_by:
            yield "heading.by", self.heading_by
        for number, part in enumerate(self.body, start=1):
            names = (part.value,) if isinstance(part, PaperLine) else placeholders(part.text)
            yield from ((f"body[{number}]", name) for name in names)

    def texts(self) -> Iterator[Text]:
        """Every word that is printed."""
        yield from (self.title, self.heading, *self.headings.values(), self.signer_title)
        for part in self.body:
            if isinstance(part, PaperText):
                yield part.text
            else:
                yield from (part.label, *part.words.values(), *(() if part.otherwise is None else (part.otherwise,)))


def placeholders(text: Text) -> tuple[str, ...]:
    """The facts named between braces, in either language."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text.vi) + _PLACEHOLDER.findall(text.en)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its facts in place."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def read_papers(texts: Mapping[str, object], faults: Faults) -> dict[str, Paper]:
    """The papers of a pack by code, from path → what its file holds; faults are told at their place."""
    papers = {}
    for path, data in texts.items():
        code = path.rsplit("/", maxsplit=1)[-1].removesuffix(".yaml")
        papers[code] = _paper(code, Reader(data, path, faults))
    return papers


def _paper(code: str, reader: Reader) -> Paper:
    title, heading, signer = reader.text("title"), reader.group("heading"), reader.group("signed_by")
    number = reader.word("number")
    if unknown := sorted(set(_PLACEHOLDER.findall(number)) - NUMBER_WORDS):
        listed, known = ", ".join(unknown), ", ".join(sorted(NUMBER_WORDS))
        reader.fault("number", f"không có {listed}; chỉ có: {known}", f"there is no {listed}; there is: {known}")
    return Paper(
        code=code,
        title=title,
        heading=heading.text_or("otherwise", title),
        heading_by=heading.word_or("by") or "",
        headings=_words(heading),
        number=number,
        signed_by=signer.one_of("role", tuple(ROLES)),
        signer_title=signer.text("title"),
        body=tuple(_part(row) for row in reader.groups("body")),
    )


def _part(row: Reader) -> PaperLine | PaperText:
    if row.has("text"):
        return PaperText(row.text("text"), row.one_of("style", STYLES, "plain"))
    otherwise = row.text("otherwise") if row.has("otherwise") else None
    return PaperLine(
        label=row.text("line"),
        value=row.word("value"),
        shown_as=row.one_of("as", SHOWN_AS, "text"),
        words=_words(row),
        otherwise=otherwise,
        indent=row.flag("indent"),
    )


def _words(reader: Reader) -> dict[str, Text]:
    words = reader.group("words")
    return {value: words.text(value) for value in reader.pairs("words")}

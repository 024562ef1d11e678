"""Where a value comes from: documents, citations, and the days on which they are law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rules.text import Text

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# What the number of a document says about its kind (Law on Promulgation of Legal Documents, numbering).
_KINDS = (
    ("/NQ-", Text("Nghị quyết", "Resolution")),
    ("/NĐ-", Text("Nghị định", "Decree")),
    ("/TT-", Text("Thông tư", "Circular")),
    ("/TTLT-", Text("Thông tư liên tịch", "Joint Circular")),
    ("/QĐ", Text("Quyết định", "Decision")),
    ("/QH", Text("Luật", "Law")),
)


@dataclass(frozen=True, slots=True)
class Window:
    """Days of validity, both ends included; an end that is None is open."""

    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, on: date) -> bool:
        """True when `on` (a day in Việt Nam) lies inside."""
        return not self.begins_after(on) and not self.ended_before(on)

    def begins_after(self, on: date) -> bool:
        """True when validity has not begun on `on`."""
        return self.valid_from is not None and on < self.valid_from

    def ended_before(self, on: date) -> bool:
        """True when validity was over on `on`."""
        return self.valid_to is not None and on > self.valid_to


ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Căn cứ pháp lý: one place in one document, with the days on which it is in force."""

    document: str
    article: str | None = None
    clause: str | None = None
    point: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def label(self, lang: str = "vi") -> str:
        """Like "điểm a khoản 1 Điều 4 Thông tư 281/2016/TT-BTC", or the same in English."""
        if lang == "en":
            parts = ((self.point, "point {}"), (self.clause, "clause {}"), (self.article, "Article {}"))
            places = [form.format(value) for value, form in parts if value]
            return ", ".join([*places, document_label(self.document, "en")])
        parts = ((self.point, "điểm {}"), (self.clause, "khoản {}"), (self.article, "Điều {}"))
        places = [form.format(value) for value, form in parts if value]
        return " ".join([*places, document_label(self.document, "vi")])

    def to_dict(self) -> dict[str, str | None]:
        """JSON form with both labels; dates as ISO days."""
        return {
            "document": self.document,
            "article": self.article,
            "clause": self.clause,
            "point": self.point,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "label_vi": self.label("vi"),
            "label_en": self.label("en"),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, str | None]) -> LegalBasis:
        """Read back what `to_dict` wrote."""
        start, end = data.get("valid_from"), data.get("valid_to")
        return cls(
            document=data["document"] or "",
            article=data.get("article"),
            clause=data.get("clause"),
            point=data.get("point"),
            valid_from=date.fromisoformat(start) if start else None,
            valid_to=date.fromisoformat(end) if end else None,
        )


def law_ends_on(basis: Sequence[LegalBasis]) -> date | None:
    """The last day on which any of the places cited is law; None when one of them has no end (or none is cited)."""
    ends = [one.valid_to for one in basis]
    return None if not ends or None in ends else max(end for end in ends if end is not None)


def while_law(window: Window, basis: Sequence[LegalBasis]) -> Window:
    """The window of a value, ended with its law: no value outlives the last document that carries it."""
    end = law_ends_on(basis)
    if end is None or (window.valid_to is not None and window.valid_to <= end):
        return window
    return Window(window.valid_from, end)


@dataclass(frozen=True, slots=True)
class Document:
    """A legal document that fees rest on.

    `authority` is who issued it (QUOC_HOI, CHINH_PHU, BTC, HDND, KHAC); it bounds which fees the
    document may exempt or reduce. `date_basis` overrides which instant decides for values resting on it.
    """

    number: str
    authority: str
    title: Text
    window: Window
    date_basis: str | None = None
    note: str | None = None


def document_label(number: str, lang: str = "vi") -> str:
    """Like "Thông tư 281/2016/TT-BTC" or "Circular 281/2016/TT-BTC"; a law is named by its number."""
    for mark, kind in _KINDS:
        if mark in number:
            return f"{kind.in_language(lang)} {number}"
    return number


def day_in_vietnam(at: datetime) -> date:
    """The calendar day in Việt Nam of an instant: 31/12/2023 17:00 UTC is 01/01/2024.

    Raises ValueError for an instant without a time zone: it could be either day.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone to have a day in Việt Nam")
    return at.astimezone(VIETNAM).date()

"""How money, days and instants are written on pages. Times are Vietnam's (Asia/Ho_Chi_Minh)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup

from admin_ui.labels import label
from admin_ui.language import current_language
from engine.domain.article_html import clean_html
from engine.domain.forms import Form
from engine.domain.identifiers import spoken_phone
from engine.domain.text import Text
from rules.money import Money

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class TwoLanguages(Protocol):
    """Anything said in both languages: our texts and the connectors' labels."""

    @property
    def vi(self) -> str: ...  # noqa: D102 - the words themselves
    @property
    def en(self) -> str: ...  # noqa: D102 - the words themselves


def text(value: TwoLanguages | str | None) -> str:
    """A text in the page's language."""
    if value is None or isinstance(value, str):
        return value or ""
    language = current_language()
    if isinstance(value, Text):
        return value.in_(language)
    return value.en if language == "en" else value.vi


def money(value: Money | int | None) -> str:
    """1.660.000 đồng."""
    if value is None:
        return ""
    return (Money(value) if isinstance(value, int) else value).format(current_language())


def day(value: date | datetime | None) -> str:
    """19/04/2023."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return value.strftime("%d/%m/%Y")


def typed_day(value: str | None) -> str:
    """A day as people typed it or as the record keeps it: always 02/09/2003."""
    if value and len(value) == 10 and value[4] == "-":
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return value or ""


def moment(value: datetime | None) -> str:
    """16:09 ngày 19/04/2023 — for people; the exact instant stands in the `datetime` attribute."""
    if value is None:
        return ""
    local = value.astimezone(VIETNAM)
    if current_language() == "vi":
        return f"{local:%H:%M} ngày {local:%d/%m/%Y}"
    return f"{local:%d/%m/%Y} at {local:%H:%M}"


def iso(value: datetime | date | None) -> str:
    """For the `datetime` attribute of a time element."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if value else ""


def size(value: int) -> str:
    """1,4 MB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))} KB"
    number = f"{value / 1_000_000:.1f}"
    return f"{number.replace('.', ',') if current_language() == 'vi' else number} MB"


def remaining(due_at: datetime | None, now: datetime) -> tuple[str, str]:
    """How much time is left, as (kind, words). kind: none, late, soon or calm."""
    if due_at is None:
        return "none", _("Không tính hạn")
    left = due_at - now
    if left < timedelta(0):
        return "late", _("Quá hạn %(time)s", time=_span(-left))
    return ("soon" if left < timedelta(hours=24) else "calm"), _("Còn %(time)s", time=_span(left))


def answers(form: Form, typed: Mapping[str, str]) -> tuple[tuple[Text, str], ...]:
    """What was typed into a form, as labels and words to read. What cannot be read yet is left out."""
    clean, _errors = form.validate(typed, partial=True)
    return form.show(clean, current_language())


def _span(span: timedelta) -> str:
    if span >= timedelta(days=1):
        return str(_("1 ngày") if span.days == 1 else _("%(count)s ngày", count=span.days))
    if span >= timedelta(hours=1):
        return str(_("%(count)s giờ", count=int(span.total_seconds() // 3600)))
    return str(_("%(count)s phút", count=max(1, int(span.total_seconds() // 60))))


def says_if_any(label: str) -> bool:
    """Whether a field's own words say already that it may stay empty: "(nếu có)"."""
    return any(words in label for words in ("(nếu", "(if ", "(only if"))


def article_html(value: TwoLanguages) -> Markup:
    """The body of an article: the one text of a person that reaches a page as HTML, cleaned once more."""
    return Markup(clean_html(text(value)))  # noqa: S704 - cleaned on this line


def up_to(value: int | None, cap: int) -> str | None:
    """A count that is exact below the cap, then "1000+"."""
    return None if value is None else str(value) if value < cap else f"{cap}+"


FILTERS = {
    "money": money,
    "day": day,
    "moment": moment,
    "iso": iso,
    "filesize": size,
    "t": text,
    "telephone": spoken_phone,
    "typed_day": typed_day,
    "article_html": article_html,
    "says_if_any": says_if_any,
    "up_to": up_to,
    "label": label,
}

"""Yêu cầu bổ sung: what the office may ask for, until which day, and what the answer changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from engine.domain.deadlines import WorkCalendar
from engine.domain.errors import Invalid
from engine.domain.forms import Form, FormField, read_date
from engine.domain.text import Text

MISSING_PAPERS: Final = "missing_papers"  # what the desk ticks beside a form that can ask for a supplement
MISSING_FIELDS: Final = "missing_fields"
ANSWER_BY: Final = "answer_by"
FORM_FIELD: Final = "form."  # before the keys of the declaration on the page that answers
ASKED_BESIDE: Final = frozenset({MISSING_PAPERS, MISSING_FIELDS, ANSWER_BY})


@dataclass(frozen=True)
class Asked:
    """What an official ticked and wrote: codes of papers, keys of the declaration, the last day for the answer."""

    papers: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True)
class AnswerDays:
    """How long an applicant has to answer, in working days after the question: what is usual, and what is allowed."""

    usual: int
    most: int

    def usual_day(self, today: date, calendar: WorkCalendar) -> date:
        """The day that is proposed."""
        return calendar.add_working_days(today, self.usual)

    def day(self, stated: str, today: date, calendar: WorkCalendar) -> date:
        """The day an official stated, else the usual one. Raises Invalid for no day, one gone by, or one too far."""
        if not stated.strip():
            return self.usual_day(today, calendar)
        on, last = read_date(stated.strip()), calendar.add_working_days(today, self.most)
        if on is not None and today < on <= last:
            return on
        told = Text(
            f"Ngày phải trả lời cần ghi ngày/tháng/năm, sau hôm nay và không quá {last:%d/%m/%Y} "
            f"({self.most} ngày làm việc).",
            f"The day for the answer needs day/month/year, after today and not after {last:%d/%m/%Y} "
            f"({self.most} working days).",
        )
        raise Invalid({ANSWER_BY: told})


@dataclass(frozen=True)
class FieldChange:
    """A field of the declaration before and after, in words to read."""

    key: str
    label: Text
    before: Text
    after: Text


def ticked(words: str) -> tuple[str, ...]:
    """Several ticks of one name come as words between commas."""
    return tuple(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))


def fields_to_ask(form: Form) -> tuple[FormField, ...]:
    """What of a declaration may be asked for again: every field but the pledge that was given with it."""
    return tuple(entry for entry in form.fields if entry.type != "checkbox")


def full_label(form: Form, entry: FormField) -> Text:
    """What a field is called where it stands alone: two groups may both ask for a name."""
    group = next((one for one in form.components if entry in one.components), None)
    return (
        entry.label
        if group is None
        else Text(f"{group.label.vi}: {entry.label.vi}", f"{group.label.en}: {entry.label.en}")
    )


def open_keys(form: Form, asked: Collection[str]) -> frozenset[str]:
    """The fields a person may change: those asked for, and what hangs on their answers."""
    found = {entry.key for entry in fields_to_ask(form)} & set(asked)
    while more := {entry.key for entry in form.fields if entry.hide and entry.hide.names & found} - found:
        found |= more
    return frozenset(found)


def part_of(form: Form, keys: Collection[str], shown: Collection[str]) -> Form:
    """The same form with these fields only. One whose condition asks a field that is not there stands or does not."""
    entries = (entry for entry in form.fields if entry.key in keys)
    parts = (
        entry if entry.hide is None or entry.hide.names <= set(keys) else replace(entry, hide=None)
        for entry in entries
        if entry.key in shown or (entry.hide is not None and entry.hide.names <= set(keys))
    )
    return Form(form.key, form.title, tuple(parts))


def changed_fields(
    form: Form, before: Mapping[str, Any], after: Mapping[str, Any], keys: Collection[str]
) -> Iterator[FieldChange]:
    """What is not the same any more, in the order of the form."""
    for entry in form.fields:
        old, new = before.get(entry.key), after.get(entry.key)
        if entry.key in keys and old != new:
            yield FieldChange(entry.key, entry.label, _said(form, before, entry), _said(form, after, entry))


def _said(form: Form, values: Mapping[str, Any], entry: FormField) -> Text:
    alone = Form(form.key, form.title, (replace(entry, hide=None),))
    return next((words for _, words in alone.told(values)), _NOTHING)


_NOTHING: Final = Text("(để trống)", "(empty)")

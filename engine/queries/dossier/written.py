"""What each person wrote on the way, in the office's words: for officials only, never for the applicant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile
from typing import Any, Final

from engine.context import OfficeContext
from engine.domain.filing import changed_fields
from engine.domain.forms import WAY_ON, Form, FormField
from engine.domain.history import EventKind
from engine.domain.meanings import Meaning, Outcome
from engine.domain.text import Text
from engine.domain.texts import office_text
from engine.domain.vocabulary import Audience, TaskState
from engine.papers import form_of_step
from engine.queries.dossier.dossier_parts import FileView, SlotView
from engine.queries.dossier.dossier_rows import DossierRows
from engine.store.connection import Row
from engine.store.records import SupplementRow
from rules.money import Money

APPLICANT: Final = Audience.APPLICANT


class LineSort(StrEnum):
    """What a line is to its reader."""

    DECISION = "decision"
    WORDS = "words"  # a reason, a remark, an answer: what somebody says to the next
    INTERNAL = "internal"
    CONTENT = "content"  # what was drafted, found or entered


@dataclass(frozen=True)
class WrittenLine:
    """A field as it was filled in, in words to read."""

    label: Text
    words: Text
    sort: LineSort


@dataclass(frozen=True)
class WrittenStep:
    """A step somebody completed. `papers`: asked for by it; `files`: new with it; `returned`: it sent the work back."""

    element_id: str
    name: Text
    who: str
    role: str
    at: datetime
    lines: tuple[WrittenLine, ...] = ()
    returned: bool = False
    papers: tuple[Text, ...] = ()
    files: tuple[FileView, ...] = ()

    @property
    def by_applicant(self) -> bool:
        """Whether the citizen wrote it."""
        return self.role == APPLICANT

    @property
    def drafts(self) -> bool:
        """Whether it entered content, not only a decision and words."""
        return any(line.sort == LineSort.CONTENT for line in self.lines)

    @property
    def said(self) -> tuple[WrittenLine, ...]:
        """What was decided and why, without the content of a draft."""
        return tuple(line for line in self.lines if line.sort in (LineSort.DECISION, LineSort.WORDS))


def written_steps(rows: DossierRows, office: OfficeContext, slots: Sequence[SlotView]) -> tuple[WrittenStep, ...]:
    """Everything that was written so far, the newest first; `slots`: the dossier's papers."""
    steps = [_of_task(rows, office, row, slots) for row in rows.tasks if row["state"] == TaskState.COMPLETED]
    steps += [*_withdrawal(rows), *_silence(rows)]
    places = _places(rows)
    return tuple(reversed(sorted(steps, key=lambda step: (step.at, places.get((step.element_id, step.at), 0)))))


def _places(rows: DossierRows) -> dict[tuple[str, datetime], int]:
    """Where a step stands in the history, for what was completed at one instant."""
    told = [row for row in rows.history.links if row["cleared_at"] is None]
    done = {
        (row["data"]["element"], row["at"]): row["number"] for row in told if row["kind"] == EventKind.TASK_COMPLETED
    }
    asked = {(row["kind"], row["at"]): row["number"] for row in told if row["kind"] == EventKind.WITHDRAWAL_ASKED}
    return done | asked


def new_to(role: str, steps: Sequence[WrittenStep]) -> tuple[WrittenStep, ...]:
    """What was written since this role last had the dossier in its hands, of a step only its last round.

    At least the step before.
    """
    since = tuple(takewhile(lambda step: step.role != role, steps)) or tuple(steps[:1])
    newest = {step.element_id: step for step in reversed(since)}
    return tuple(step for step in since if newest[step.element_id] is step)


def _of_task(rows: DossierRows, office: OfficeContext, row: Row, slots: Sequence[SlotView]) -> WrittenStep:
    step = {"element_id": row["element_id"], "name": Text(row["name_vi"], row["name_en"]), "at": row["completed_at"]}
    by_applicant = row["audience"] == Audience.APPLICANT
    role = APPLICANT.value if by_applicant else row["role"]
    answered = [one for one in rows.requests if one["answered_at"] == row["completed_at"]] if by_applicant else []
    asked = [] if by_applicant else [one for one in rows.requests if one["asked_at"] == row["completed_at"]]
    told = _told(rows, office, row)
    return WrittenStep(
        **step,
        who=row["completed_by"] or "",
        role=role,
        lines=(*_changes(rows, office, answered), *(_line(entry, words, alone=alone) for entry, words, alone in told)),
        returned=any(_returns(entry, (row["outputs"] or {}).get(entry.key)) for entry, _, _ in told),
        papers=(
            *(slot.name for one in asked for slot in slots if slot.code in _codes(one)),
            *(
                entry.label
                for one in asked
                for entry in _declaration(rows, office).fields
                if entry.key in one["fields"]
            ),
        ),
        files=tuple(_new_files(answered, slots)),
    )


def _declaration(rows: DossierRows, office: OfficeContext) -> Form:
    return office.procedure_cache.procedure(rows.tx, rows.dossier["procedure_version_id"]).declaration


def _changes(rows: DossierRows, office: OfficeContext, answered: Sequence[SupplementRow]) -> Iterator[WrittenLine]:
    """What the applicant's answer changed in the declaration, old and new, and in the fee."""
    for changes in (one["changes"] for one in answered if one["changes"]):
        before = {one["key"]: one["before"] for one in changes["answers"]}
        after = {one["key"]: one["after"] for one in changes["answers"]}
        for one in changed_fields(_declaration(rows, office), before, after, before):
            words = Text(f"{one.before.vi} → {one.after.vi}", f"{one.before.en} → {one.after.en}")
            yield WrittenLine(one.label, words, LineSort.WORDS)
        if changes["fee_vnd"]:
            old, new = (Money(amount) for amount in changes["fee_vnd"])
            words = Text(f"{old.format()} → {new.format()}", f"{old.format('en')} → {new.format('en')}")
            yield WrittenLine(office_text("page.written.fee"), words, LineSort.DECISION)


def _told(rows: DossierRows, office: OfficeContext, row: Row) -> list[tuple[FormField, Text, bool]]:
    """The fields that say something, and whether each stands by itself rather than in a group."""
    versions = (_course(rows), rows.dossier["procedure_version_id"])
    form = form_of_step(rows.tx, office, versions, row["element_id"]) if row["outputs"] else None
    if form is None:
        return []
    outputs = {name: value for name, value in row["outputs"].items() if value is not False}
    return [(entry, words, entry in form.components) for entry, words in form.told(outputs)]


def _course(rows: DossierRows) -> str:
    instance = rows.instance
    return str(instance["procedure_version_id"] if instance else rows.dossier["procedure_version_id"])


_SORTS: Final = {
    Meaning.DECISION: LineSort.DECISION,
    Meaning.DRAFT_ANSWER: LineSort.DECISION,
    Meaning.INTERNAL_NOTE: LineSort.INTERNAL,
    Meaning.REASON: LineSort.WORDS,
    Meaning.REFUSAL_REASON: LineSort.WORDS,
    Meaning.CORRECTION: LineSort.WORDS,
    Meaning.SUPPLEMENT_NOTE: LineSort.WORDS,
}


def _line(entry: FormField, words: Text, *, alone: bool) -> WrittenLine:
    """By what was declared; free words that stand by themselves are a remark to whoever comes next."""
    sort = next((sort for meaning, sort in _SORTS.items() if entry.meaning == meaning), None)
    if sort is None and entry.key.partition(".")[0] == WAY_ON:
        sort = LineSort.DECISION
    if sort is None:
        sort = LineSort.WORDS if alone and entry.type == "textarea" else LineSort.CONTENT
    return WrittenLine(entry.label, words, sort)


def _returns(entry: FormField, value: Any) -> bool:
    return entry.meaning == Meaning.DECISION and entry.outcome_of(value) == Outcome.RETURN


def _codes(request: SupplementRow) -> set[str]:
    return {one["component_code"] for one in request["components"]}


def _new_files(answered: Sequence[SupplementRow], slots: Sequence[SlotView]) -> Iterator[FileView]:
    """The papers that came between a request and its answer."""
    for one in answered:
        for file in (file for slot in slots for file in slot.files):
            if one["answered_at"] is not None and one["asked_at"] < file.attached_at <= one["answered_at"]:
                yield file


def _silence(rows: DossierRows) -> Iterator[WrittenStep]:
    """Where the applicant was asked and the time ran out: the process went on by itself."""
    ran_out = {row["at"] for row in rows.history.links if row["kind"] == EventKind.TIMER_FIRED}
    for row in rows.tasks:
        asked = row["audience"] == Audience.APPLICANT and row["state"] == TaskState.CANCELLED
        if asked and row["completed_at"] in ran_out:
            told = WrittenLine(office_text("page.written.answer"), office_text("page.written.none"), LineSort.DECISION)
            yield WrittenStep(
                element_id=row["element_id"],
                name=Text(row["name_vi"], row["name_en"]),
                who=str(rows.dossier["applicant"].get("full_name") or ""),
                role=APPLICANT,
                at=row["completed_at"],
                lines=(told,),
            )


def _withdrawal(rows: DossierRows) -> Iterator[WrittenStep]:
    """The applicant's wish to withdraw is no step of the diagram, but an official has to read it."""
    for row in rows.history.links:
        if row["kind"] == EventKind.WITHDRAWAL_ASKED and row["cleared_at"] is None:
            reason = str(row["data"].get("reason") or "")
            told = WrittenLine(office_text("page.written.reason"), Text(reason, reason), LineSort.WORDS)
            yield WrittenStep(
                element_id=EventKind.WITHDRAWAL_ASKED,
                name=office_text(f"event.{EventKind.WITHDRAWAL_ASKED}"),
                who=row["actor_name"],
                role=APPLICANT,
                at=row["at"],
                lines=(told,) if reason else (),
            )

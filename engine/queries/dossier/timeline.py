"""The history in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.domain.actor import ActorKind
from engine.domain.dossier import DossierState, plain_words
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.texts import installed, office_text
from engine.papers import title_of
from engine.store.connection import Row


@dataclass(frozen=True)
class TimelineEntry:
    """One event in plain words. `kind` is the event's kind, for an icon."""

    at: datetime
    kind: str
    who: Text
    text: Text
    detail: str


_DETAILS: Final = ("reason", "ground", "note", "tracking_number", "reference", "number", "code")
# Changes of state that an event of their own tells better; the citizen reads each thing once.
_TOLD_ELSEWHERE: Final = frozenset({"submitted", "supplement_asked", "accepted", "refused", "delivered", "delivering"})


def timeline(rows: Iterable[Row]) -> tuple[TimelineEntry, ...]:
    """What the citizen should read, in order, oldest first."""
    return tuple(
        TimelineEntry(
            row["at"], row["kind"], office_text(f"timeline.who.{row['actor_kind']}"), sentence(row), detail(row["data"])
        )
        for row in rows
        if not _is_noise(row)
    )


def _is_noise(row: Row) -> bool:
    if row["cleared_at"] is not None:
        return False  # nothing is left by which it could be told apart
    if row["kind"] == EventKind.STATE_CHANGED:
        return row["data"]["to"] in _TOLD_ELSEWHERE
    return bool(row["kind"] == EventKind.TASK_COMPLETED and row["actor_kind"] == ActorKind.CITIZEN)


def sentence(row: Row) -> Text:
    """What happened, in both languages."""
    kind = EventKind.of(row["kind"])
    if kind is None:
        return office_text("timeline.newer", kind=row["kind"])
    if row["cleared_at"] is None:
        return _told(kind, row["data"])
    needs = installed().placeholders(f"event.{kind}")
    return office_text("timeline.cleared") if needs else office_text(f"event.{kind}")


def _told(kind: EventKind, data: Mapping[str, Any]) -> Text:
    """The words of the kind, with what the event carries where they depend on it."""
    match kind:
        case EventKind.STATE_CHANGED:
            return plain_words(DossierState(data["to"]))
        case EventKind.TASK_COMPLETED:
            return office_text("event.task.completed", name=Text(data["name_vi"], data["name_en"]))
        case EventKind.DOCUMENT_ISSUED:
            return office_text("event.document.issued", title=title_of(data))
        case EventKind.JOB_DONE if f"timeline.done.{data['kind']}" in installed():
            return office_text(f"timeline.done.{data['kind']}")
        case EventKind.JOB_DONE:
            return office_text("event.job.done", kind=data["kind"])
        case _:
            return office_text(f"event.{kind}")


def detail(data: Mapping[str, Any]) -> str:
    """The one word or sentence worth showing beside it."""
    return next((str(data[name]) for name in _DETAILS if data.get(name)), "")

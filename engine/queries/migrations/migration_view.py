"""A migration run as its operator sees it: how far, what was refused and why, what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.domain.actor import Actor, Role
from engine.domain.errors import NotFound
from engine.domain.migration import AT_WORK, STATE_WORDS, UNDER_WAY, MoveState, RunState, Selection
from engine.domain.text import Text
from engine.store.catalogue import procedures
from engine.store.connection import Row, Tx
from engine.store.process import migration_runs

_NOTHING: Final = Text("", "")


@dataclass(frozen=True)
class MoveRow:
    """One dossier of a run."""

    instance_id: str
    dossier_id: str
    dossier_code: str
    state: str
    canary: bool
    reasons: tuple[Text, ...]
    at: datetime | None


@dataclass(frozen=True)
class ReasonRow:
    """A reason, how many dossiers have it, and one of them."""

    code: str
    element_id: str
    message: Text
    number: int
    example_id: str
    example_code: str


@dataclass(frozen=True)
class RunView:
    """`can`: continue, stop, revert. `counts` by the rows' state."""

    id: str
    procedure_code: str
    to_number: int
    ground: str
    who: str
    state: str
    state_words: Text
    note: Text
    canary: int
    criterion: str
    watch_minutes: int
    watched_until: datetime | None
    mapping: Mapping[str, str]
    selection: Selection
    counts: Mapping[str, int]
    total: int
    reasons: tuple[ReasonRow, ...]
    created_at: datetime
    ended_at: datetime | None
    can: frozenset[str]

    @property
    def at_work(self) -> bool:
        """Whether a worker has something to do for it."""
        return self.state in AT_WORK

    @property
    def left_behind(self) -> bool:
        """Whether dossiers stay on the old version; else the reasons tell why some were not put back."""
        return bool(self.counts.get("refused"))

    @property
    def settled(self) -> int:
        """How many dossiers have been dealt with."""
        return self.total - self.counts.get(MoveState.PLANNED, 0) - self.counts.get(MoveState.REVERTING, 0)


def migration_runs_list(tx: Tx, actor: Actor, code: str | None = None, limit: int = 50) -> tuple[RunView, ...]:
    """The newest runs."""
    actor.must_have_role(Role.ADMIN)
    return tuple(_view(tx, row) for row in migration_runs.newest(tx, code, limit))


def migration_view(tx: Tx, actor: Actor, run_id: str) -> RunView:
    """One run; raises NotFound."""
    actor.must_have_role(Role.ADMIN)
    run = migration_runs.get(tx, run_id)
    if run is None:
        raise NotFound(Text("Không có đợt chuyển phiên bản này.", "There is no such migration."))
    return _view(tx, run)


def migration_moves(
    tx: Tx, actor: Actor, run_id: str, state: str = "", after: str = "", size: int = 50
) -> tuple[tuple[MoveRow, ...], str | None]:
    """One page of a run's dossiers, and behind which instance the next page begins (None: there is none)."""
    actor.must_have_role(Role.ADMIN)
    found = migration_runs.moves(tx, run_id, state, after, size + 1)
    page = tuple(
        MoveRow(
            instance_id=row["instance_id"],
            dossier_id=row["dossier_id"],
            dossier_code=row["code"],
            state=row["state"],
            canary=bool(row["canary"]),
            reasons=tuple(Text(one["vi"], one["en"]) for one in row["reasons"] or ()),
            at=row["at"],
        )
        for row in found[:size]
    )
    return page, found[size - 1]["instance_id"] if len(found) > size else None


def _view(tx: Tx, run: Row) -> RunView:
    counts = migration_runs.counts(tx, run["id"])
    target = procedures.card(tx, run["target_id"])
    return RunView(
        id=run["id"],
        procedure_code=run["procedure_code"],
        to_number=target["number"] if target else 0,
        ground=run["ground"],
        who=run["actor_name"],
        state=run["state"],
        state_words=STATE_WORDS[run["state"]],
        note=Text(run["note_vi"], run["note_en"]),
        canary=run["canary"],
        criterion=run["criterion"],
        watch_minutes=run["watch_minutes"],
        watched_until=run["due_at"] if run["state"] == RunState.WATCHING else None,
        mapping=run["mapping"],
        selection=Selection.from_dict(run["selection"]),
        counts=counts,
        total=sum(counts.values()),
        reasons=tuple(_reason(row) for row in migration_runs.reasons(tx, run["id"])),
        created_at=run["created_at"],
        ended_at=run["ended_at"],
        can=_can(run["state"], counts),
    )


def _can(state: str, counts: Mapping[str, int]) -> frozenset[str]:
    verbs = set()
    left = counts.get(MoveState.PLANNED, 0) + counts.get(MoveState.REVERTING, 0)
    if state in (RunState.WAITING, RunState.STOPPED, RunState.WATCHING) and left:
        verbs.add("continue")
    if state in UNDER_WAY:
        verbs.add("stop")
    if counts.get(MoveState.MOVED) and state != RunState.REVERTING:
        verbs.add("revert")
    return frozenset(verbs)


def _reason(row: Row) -> ReasonRow:
    told = next(iter(row["reasons"] or ()), None)
    code, _, element = row["reason"].partition(":")
    message = Text(told["vi"], told["en"]) if told else _NOTHING
    return ReasonRow(code, element, message, row["number"], row["dossier_id"], row["code"])

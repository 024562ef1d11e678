"""Moving running instances to another version of their procedure: which ones, how carefully, how far along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from engine.domain.text import Text


class Criterion(StrEnum):
    """What has to hold of those that went first, so that the rest follow."""

    ASK = "ask"
    NO_INCIDENT = "no_incident"
    ALL_MOVED = "all_moved"


class RunState(StrEnum):
    """Where a migration stands. `waiting`: the first ones have moved, a person has to say whether to go on."""

    CANARY = "canary"
    WATCHING = "watching"
    WAITING = "waiting"
    MOVING = "moving"
    STOPPED = "stopped"
    REVERTING = "reverting"
    DONE = "done"


AT_WORK: Final = frozenset({RunState.CANARY, RunState.WATCHING, RunState.MOVING, RunState.REVERTING})
UNDER_WAY: Final = AT_WORK | {RunState.WAITING}  # no second run of the same procedure begins meanwhile


class MoveState(StrEnum):
    """What became of one instance of a run."""

    PLANNED = "planned"
    MOVED = "moved"
    REFUSED = "refused"
    REVERTING = "reverting"
    REVERTED = "reverted"


STATE_WORDS: Final[Mapping[str, Text]] = {
    RunState.CANARY: Text("Đang chuyển nhóm đi trước", "The first ones are being moved"),
    RunState.WATCHING: Text("Đang theo dõi nhóm đi trước", "The first ones are being watched"),
    RunState.WAITING: Text("Chờ quyết định đi tiếp", "Waiting for a decision to go on"),
    RunState.MOVING: Text("Đang chuyển", "Moving"),
    RunState.STOPPED: Text("Đã dừng", "Stopped"),
    RunState.REVERTING: Text("Đang chuyển trở lại", "Moving back"),
    RunState.DONE: Text("Đã xong", "Done"),
}


@dataclass(frozen=True)
class Selection:
    """Which running instances; everything left empty means all. Days are those of sending, both included."""

    codes: tuple[str, ...] = ()  # dossier codes
    element: str = ""  # with an open step, a running timer or an incident there
    unit_id: str = ""
    from_on: date | None = None
    until_on: date | None = None

    def to_dict(self) -> dict[str, Any]:
        """For the record; days as ISO text."""
        days = {"from_on": self.from_on, "until_on": self.until_on}
        told = {name: value.isoformat() if value else None for name, value in days.items()}
        return {"codes": list(self.codes), "element": self.element, "unit_id": self.unit_id, **told}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Selection:
        """As kept by `to_dict`."""
        days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("from_on", "until_on")}
        return cls(tuple(kept["codes"]), kept["element"], kept["unit_id"], **days)

"""Faults on demand: what a trainer or a test orders the sandbox to do wrong next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from connectors.port import Label
from connectors.training.sandbox.state import SandboxState

FAULT_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS fault (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, times_left INTEGER, delay_s REAL NOT NULL, path TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS effect (id INTEGER PRIMARY KEY, key TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS effect_key ON effect (key);
"""
WORKS: Final = "works"
COMMON_FAULTS: Final[Mapping[str, Label]] = {
    WORKS: Label("Hoạt động bình thường (bỏ mọi sự cố)", "Works (clears all faults)"),
    "refuse": Label("Từ chối yêu cầu", "Refuses the request"),
    "busy": Label("Báo bận, chưa làm gì (503)", "Says it is busy, does nothing (503)"),
    "error": Label("Hỏng giữa chừng (500)", "Blows up (500)"),
    "slow": Label("Trả lời chậm", "Answers slowly"),
    "lost_reply": Label("Làm xong nhưng mất câu trả lời", "Does it, then the reply is lost"),
}
_OTHER_NAMES: Final = {"delay": "slow", "lost": "not_delivered"}
_LONGEST_DELAY_S: Final = 120.0


class BadFault(ValueError):  # noqa: N818 - said like the other refusals
    """The order for a fault cannot be understood."""


@dataclass(frozen=True)
class Fault:
    """One ordered fault. `times_left` None: until it is cleared. `path`: only for addresses that start so."""

    kind: str
    times_left: int | None
    delay_s: float
    path: str


class FaultBook:
    """Keeps the ordered faults in the sandbox's state, so that every thread and process obeys them."""

    def __init__(self, state: SandboxState, own_faults: Mapping[str, Label]) -> None:
        self._state = state
        self.kinds: Mapping[str, Label] = {**COMMON_FAULTS, **own_faults}

    def order(self, wish: Mapping[str, object]) -> None:
        """Take an order {"kind", "times", "delay_s", "path"}; "works" clears everything. Raises BadFault."""
        fault = self._understand(wish)
        with self._state.writing() as db:
            if fault.kind == WORKS:
                db.execute("DELETE FROM fault")
                return
            db.execute(
                "INSERT INTO fault (kind, times_left, delay_s, path) VALUES (?, ?, ?, ?)",
                (fault.kind, fault.times_left, fault.delay_s, fault.path),
            )

    def take(self, path: str, kinds: frozenset[str]) -> Fault | None:
        """The oldest waiting fault of these kinds for this address; used up by one."""
        marks = ",".join("?" * len(kinds))
        waiting = (
            f"SELECT * FROM fault WHERE kind IN ({marks}) AND substr(?, 1, length(path)) = path "  # noqa: S608 - only question marks are put in
            "ORDER BY id LIMIT 1"
        )
        with self._state.reading() as db:
            if db.execute(waiting, (*kinds, path)).fetchone() is None:
                return None
        with self._state.writing() as db:
            row = db.execute(waiting, (*kinds, path)).fetchone()
            if row is None:
                return None
            if row["times_left"] is not None:
                db.execute("UPDATE fault SET times_left = times_left - 1 WHERE id = ?", (row["id"],))
                db.execute("DELETE FROM fault WHERE times_left <= 0")
        return Fault(row["kind"], row["times_left"], row["delay_s"], row["path"])

    def waiting(self) -> list[Fault]:
        """Every fault that is still to come, oldest first."""
        with self._state.reading() as db:
            rows = db.execute("SELECT * FROM fault ORDER BY id").fetchall()
        return [Fault(row["kind"], row["times_left"], row["delay_s"], row["path"]) for row in rows]

    def _understand(self, wish: Mapping[str, object]) -> Fault:
        kind = str(wish.get("kind") or "")
        kind = kind if kind in self.kinds else _OTHER_NAMES.get(kind, kind)
        if kind not in self.kinds:
            raise BadFault(f"kind: {', '.join(self.kinds)}")
        try:
            times = None if wish.get("times") in (None, "") else int(str(wish["times"]))
            delay_s = float(str(wish.get("delay_s") or 2.0))
        except ValueError as error:
            raise BadFault("times, delay_s: số / numbers") from error
        if (times is not None and times < 1) or not 0 <= delay_s <= _LONGEST_DELAY_S:
            raise BadFault(f"times ≥ 1; 0 ≤ delay_s ≤ {_LONGEST_DELAY_S:.0f}")
        return Fault(kind, times, delay_s, str(wish.get("path") or "/"))


def effects_by_key(state: SandboxState) -> dict[str, int]:
    """How often each key took effect: the measure of "exactly once"."""
    with state.reading() as db:
        rows = db.execute("SELECT key, count(*) AS times FROM effect GROUP BY key ORDER BY key").fetchall()
    return {row["key"]: row["times"] for row in rows}

"""The lines to the other sides, as all workers know them: how often one failed in a row, and until when it rests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.connection import Row, Tx, rows
from engine.store.schema.work import connector_circuit

TROUBLES_UNTIL_CUT: Final = 5
_FIRST_REST_S: Final = 5
_LONGEST_REST_S: Final = 60
_CIRCUIT: Final = connector_circuit.c


def is_open(circuit: Row, now: datetime) -> bool:
    """Whether a line rests now: nothing of its kind is called until its time is over."""
    return bool(circuit["open_until"] is not None and circuit["open_until"] > now)


def half_open(tx: Tx, kind: str, until: datetime) -> None:
    """After its rest a cut line is tried with one call; the others wait until that one is answered."""
    cut = update(connector_circuit).where(_CIRCUIT.kind == kind, _CIRCUIT.failures >= TROUBLES_UNTIL_CUT)
    tx.execute(cut.values(open_until=until))


def record_success(tx: Tx, kind: str) -> None:
    """The other side answered: all is well again."""
    failing = update(connector_circuit).where(_CIRCUIT.kind == kind, _CIRCUIT.failures > 0)
    tx.execute(failing.values(failures=0, open_until=None, reason=None, changed_at=tx.now))


def record_failure(tx: Tx, kind: str, reason: str, rest_s: float | None = None) -> None:
    """No usable answer came. The fifth time in a row cuts the line, each time for longer, up to a minute.

    `rest_s`: the other side itself asked for a pause (Retry-After); the line rests at once, for so long.
    """
    insert = (postgresql.insert if tx.on_postgresql else sqlite.insert)(connector_circuit)
    well = insert.values(kind=kind, failures=0, changed_at=tx.now)
    tx.execute(well.on_conflict_do_nothing(index_elements=["kind"]))
    circuit = tx.execute(select(connector_circuit).where(_CIRCUIT.kind == kind).with_for_update()).mappings().one()
    failures = circuit["failures"] + 1
    rest = rest_s if rest_s is not None else _rest(failures)
    tx.execute(
        update(connector_circuit)
        .where(_CIRCUIT.kind == kind)
        .values(
            failures=failures,
            reason=reason[:200],
            open_until=circuit["open_until"] if rest is None else tx.now + timedelta(seconds=rest),
            changed_at=tx.now,
        )
    )


def _rest(failures: int) -> float | None:
    """5, 10, 20, 40, then 60 seconds; none while it may still be chance."""
    times = failures - TROUBLES_UNTIL_CUT
    return None if times < 0 else min(_FIRST_REST_S * 2.0 ** min(times, 10), _LONGEST_REST_S)


def failing(tx: Tx) -> list[Row]:
    """The lines that do not work just now, for those who keep the platform running."""
    return rows.every(tx, select(connector_circuit).where(_CIRCUIT.failures > 0).order_by(_CIRCUIT.kind))

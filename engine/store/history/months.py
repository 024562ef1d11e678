"""The history's partitions on PostgreSQL: one per month (UTC), made before the month comes.

No insert ever depends on it: what has no month yet lies in `event_other`, and is moved to a month of its own here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import column, func, select, table, text

from engine.store.connection import Tx

AHEAD: Final = 3
_LOCK: Final = 7_305_418
_OTHER: Final = "event_other"
_NAME: Final = re.compile(r"event_(\d{4})_(\d{2})\Z")
_WAIT: Final = "1s"  # asking for the table's lock holds up writers behind us: better to come again later


def keep_ahead(tx: Tx) -> list[str]:
    """Make the missing months up to `AHEAD` from now, and those that lie in the rest; gives the names made.

    Only one at a time; who comes second has nothing to do. Nothing on SQLite. Never waits long for a lock: raises
    Unreachable then, and the next round tries again.
    """
    if not tx.on_postgresql or not tx.execute(select(func.pg_try_advisory_xact_lock(_LOCK))).scalar_one():
        return []
    tx.execute(text(f"SET LOCAL lock_timeout = '{_WAIT}'"))
    waiting = _months_in_the_rest(tx)
    wanted = {_later(tx.now, months) for months in range(AHEAD + 1)} | waiting
    missing = sorted(wanted - months(tx))
    if any(month <= tx.now or month in waiting for month in missing):
        # Somebody may be writing into this very month: without the lock their row, already on its way to the rest,
        # would find the rest closed to it. Months to come are made without holding anybody up.
        tx.execute(text("LOCK TABLE event IN ACCESS EXCLUSIVE MODE"))
        waiting = _months_in_the_rest(tx)
    for month in missing:
        _make(tx, month, moved=month in waiting)
    return [_name(month) for month in missing]


def months(tx: Tx) -> set[datetime]:
    """The first instants of the months that have a partition."""
    inherits = table("pg_inherits", column("inhrelid"), column("inhparent"))
    statement = select(text("inhrelid::regclass::text")).select_from(inherits)
    names = tx.execute(statement.where(text("inhparent = 'event'::regclass"))).scalars()
    found = (_NAME.match(str(name)) for name in names)
    return {datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC) for match in found if match}


def _months_in_the_rest(tx: Tx) -> set[datetime]:
    months_there = text(f"SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') FROM {_OTHER}")  # noqa: S608 - our own names
    return {month.replace(tzinfo=UTC) for month in tx.execute(months_there).scalars()}


def _make(tx: Tx, month: datetime, *, moved: bool) -> None:
    name, start, end = _name(month), month.isoformat(), _later(month, 1).isoformat()
    tx.execute(text(f"CREATE TABLE {name} (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"))
    if moved:
        within = f"at >= '{start}' AND at < '{end}'"
        # The rows move from one partition to another as they are: the guards against deletion are off meanwhile, in
        # this transaction and for this table alone.
        tx.execute(text(f"ALTER TABLE {_OTHER} DISABLE TRIGGER USER"))
        taken = f"WITH taken AS (DELETE FROM {_OTHER} WHERE {within} RETURNING *)"  # noqa: S608 - our own names
        tx.execute(text(f"{taken} INSERT INTO {name} SELECT * FROM taken"))  # noqa: S608 - our own words only
        tx.execute(text(f"ALTER TABLE {_OTHER} ENABLE TRIGGER USER"))
    tx.execute(text(f"ALTER TABLE event ATTACH PARTITION {name} FOR VALUES FROM ('{start}') TO ('{end}')"))
    guard = f"CREATE TRIGGER event_keep_all BEFORE TRUNCATE ON {name} FOR EACH STATEMENT"
    tx.execute(text(f"{guard} EXECUTE FUNCTION event_refuse()"))


def _name(month: datetime) -> str:
    return f"event_{month:%Y_%m}"


def _later(at: datetime, months_on: int) -> datetime:
    """The first instant of the month so many months on."""
    years, month = divmod(at.astimezone(UTC).month - 1 + months_on, 12)
    return datetime(at.astimezone(UTC).year + years, month + 1, 1, tzinfo=UTC)

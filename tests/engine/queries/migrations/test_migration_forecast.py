"""A dry run over thousands of dossiers: few statements, and those that stand alike are tried once."""

from __future__ import annotations

import sys
import time

from factories.fixtures import SetClock
from factories.new_version import CODE, publish_second, target
from factories.office_life import OfficeLife
from sqlalchemy import event, insert, select

from engine.domain.identifiers import new_id
from engine.queries.migrations import Question, forecast
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import process_instance

MANY = 2000


def multiply(life: OfficeLife, ids: list[str], many: int) -> None:
    """Copies of these dossiers with their processes, as rows."""
    with life.platform.database.begin() as tx:
        for number in range(many):
            source = ids[number % len(ids)]
            row = dict(tx.execute(select(dossier).where(dossier.c.id == source)).mappings().one())
            process = process_instance.c.dossier_id == source
            instance = dict(tx.execute(select(process_instance).where(process)).mappings().one())
            copy = {"id": new_id(tx.now), "code": f"{row['code']}-{number}", "submit_key": None}
            tx.execute(insert(dossier).values({**row, **copy}))
            own = {"id": new_id(tx.now), "dossier_id": copy["id"]}
            tx.execute(insert(process_instance).values({**instance, **own}))


def test_a_dry_run_of_thousands(platform, clock: SetClock):
    life = OfficeLife.founded(platform, (CODE,))
    citizen = life.citizen()
    ids = [life.sent(citizen), life.to_confirmation(citizen), life.sent(citizen)]
    life.complete(ids[2], "check_dossier", {"decision": "accept"})
    multiply(life, ids, MANY - len(ids))
    publish_second(life)
    asked = Question(CODE, target(life)["id"])
    statements: list[str] = []
    listen = lambda *given: statements.append(given[2])  # noqa: E731 - a listener, taken off below
    with platform.database.read() as tx:
        engine = tx.connection.engine
        event.listen(engine, "before_cursor_execute", listen)
        began, cpu = time.monotonic(), time.process_time()
        found = forecast(tx, platform.office, life.officials["admin"], asked)
        seconds, cpu = time.monotonic() - began, time.process_time() - cpu
        event.remove(engine, "before_cursor_execute", listen)
    assert (found.total, found.looked_at) == (MANY, MANY)
    assert found.movable + sum(group.number for group in found.groups.values()) == MANY
    assert len(statements) <= MANY / 500 + 6
    sys.stdout.write(
        f"\ndry run of {MANY} on {tx.connection.dialect.name}: {len(statements)} statements, "
        f"{seconds:.2f} s, {cpu * 1e6 / MANY:.0f} µs CPU a dossier\n"
    )

"""The statements a worker and a queue run every second must find their rows by the partial indexes."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from engine.store import jobs, tasks, timers
from engine.store.database import Database

QUESTIONS = {
    "ix_connector_job_due": [lambda tx: jobs.next_due(tx), lambda tx: jobs.claim(tx, "a:1:1", 60, 1)],
    "ix_timer_due": [lambda tx: timers.due(tx, 10)],
}


@pytest.mark.parametrize("index", QUESTIONS)
def test_sqlite_uses_the_partial_index(index: str, database: Database):
    if database.writer.dialect.name != "sqlite":
        return  # PostgreSQL proves the implication itself; on an empty table it would rather scan
    asked: list[tuple[str, object]] = []
    for question in QUESTIONS[index]:
        with database.begin() as tx:
            event.listen(tx.connection, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
            question(tx)
    with database.begin() as tx:
        for statement, params in asked:
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", params).fetchall()
            assert any(index in str(row) for row in plan), (statement, plan)


def test_open_task_queries_name_the_state_as_a_word(database: Database):
    with database.begin() as tx:
        statements: list[str] = []
        event.listen(tx.connection, "before_cursor_execute", lambda *a: statements.append(a[2]))
        tasks.claim(tx, "nobody", "nobody")
        tx.execute(text("SELECT 1"))
    assert "state = 'open'" in statements[0]

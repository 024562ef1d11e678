"""The statements a worker and a queue run every second must find their rows by the partial indexes."""

from __future__ import annotations

import pytest
from sqlalchemy import event, text

from engine.domain.actor import Actor
from engine.queries.tasks import work_queue
from engine.store.connection import Database
from engine.store.process import jobs, tasks, timers

QUESTIONS = {
    "ix_connector_job_due": [lambda tx: jobs.next_due(tx), lambda tx: jobs.claim(tx, "a:1:1", 60, 1)],
    "ix_timer_due": [lambda tx: timers.due(tx, 10)],
}


# PostgreSQL proves the implication itself; on an empty table it would rather scan.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
@pytest.mark.parametrize("index", QUESTIONS)
def test_sqlite_uses_the_partial_index(index: str, database: Database):
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


@on_sqlite
def test_a_queue_does_not_read_all_calls_that_ever_were(database: Database):
    clerk = Actor("staff", "s", "Lê Thị Tiếp", frozenset({"reception"}), "u")
    with database.begin() as tx:
        asked: list[tuple[str, object]] = []
        event.listen(tx.connection, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
        work_queue(tx, clerk, "failed_jobs")
        about_calls = [one for one in asked if "connector_job" in one[0]]
        assert len(about_calls) == 2, "the list and its count"
        for statement, params in about_calls:
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", params).fetchall()
            assert any("ix_connector_job_failed" in str(row) for row in plan), (statement, plan)

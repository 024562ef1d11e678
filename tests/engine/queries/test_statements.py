"""What a page asks of the database: each kind of row once, whatever the page shows twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from factories.new_version import at_search, plan, publish_second, run_view, work_off
from factories.office_life import OfficeLife

from engine.actions.tasks import ClaimTask, claim_task
from engine.queries.migrations import migration_view
from engine.queries.operations import instance_page
from engine.queries.tasks import task_view, work_queue
from engine.store.measuring import recorded


def sent(life: OfficeLife, look: Callable[[Any], Any]) -> list[str]:
    """The statements of a reading, each in one line; the procedures are read before it counts."""
    life.see(look)
    # Recorded is what writers send: the page is read in a transaction that could write.
    with recorded(life.platform.database) as recording, life.platform.database.begin() as tx:
        look(tx)
    return [" ".join(text.split()) for text in recording.texts]


@pytest.fixture
def at_desk(life: OfficeLife) -> tuple[OfficeLife, Any]:
    dossier_id = life.sent(life.citizen())
    task = life.open_task(dossier_id)
    life.do(claim_task, ClaimTask(life.officials["reception"], task["id"]))
    return life, life.open_task(dossier_id)


def test_a_page_of_the_queue_is_two_statements(at_desk):
    life, _ = at_desk
    head = life.officials["unit_head"]
    assert len(sent(life, lambda tx: work_queue(tx, head))) == 2
    counts = life.see(work_queue, life.officials["reception"]).counts
    assert counts == {"mine": 1, "unit": 0, "waiting": 0, "due_soon": 1, "failed_jobs": 0}


def test_a_task_reads_the_dossiers_tasks_and_history_once(at_desk):
    life, task = at_desk
    official = life.officials["reception"]
    texts = sent(life, lambda tx: task_view(tx, life.platform.office, official, task["id"]))
    assert sum(" FROM task " in text and "task.dossier_id =" in text for text in texts) == 1
    assert sum(" FROM event " in text for text in texts) == 1
    assert not [text for text in texts if " FROM staff " in text]
    view = life.see(task_view, life.platform.office, official, task["id"])
    assert view.assignee_name == official.name
    assert [one.assignee_name for one in view.instance.tasks] == [official.name]


def test_the_page_of_an_instance_reads_the_history_once(at_desk):
    life, task = at_desk
    admin = life.officials["admin"]
    texts = sent(life, lambda tx: instance_page(tx, life.platform.office, admin, task["dossier_id"]))
    assert sum(" FROM event " in text for text in texts) == 1
    page = life.see(instance_page, life.platform.office, admin, task["dossier_id"])
    assert (page.links, page.broken) == (len(page.view.history), 0)


def test_the_reasons_of_a_migration_are_one_statement(life: OfficeLife):
    dossier_id = at_search(life, life.citizen())
    life.sent(life.citizen(name="Trần Thị Bình", number="038303000456"))
    publish_second(life)
    run_id = plan(life)
    work_off(life, threading.Event())
    (reason,) = run_view(life, run_id).reasons
    assert (reason.number, reason.example_id) == (1, dossier_id)
    texts = sent(life, lambda tx: migration_view(tx, life.officials["admin"], run_id))
    assert sum("migration_move" in text for text in texts) == 2

"""What a completed task sends to the database: counted where it leaves us, on both databases."""

from __future__ import annotations

from itertools import pairwise

import pytest
from factories.office_life import ISSUED, OfficeLife

from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.actions.tasks import ClaimTask, CompleteTask, claim_task, complete_task
from engine.bench.model import WALK
from engine.bench.office import BenchOffice, found_office, opened
from engine.store.dossiers import dossiers, notices
from engine.store.history import events
from engine.store.measuring import Recording, recorded
from engine.store.process import jobs, tasks

# The most a step of 2.000635 may send: each paper reads what is printed on it, each kind of effect is one statement.
MOST = {"check_dossier": 13, "search_register": 9, "sign": 7, "issue": 15}


@pytest.fixture
def office(settings, tmp_path):
    """A dossier on the measured diagram: eight tasks, a loop with a message to the citizen."""
    other, first = found_office(settings, settings.database_url, tmp_path / "var", 2)
    with opened(settings, settings.database_url, tmp_path / "var") as at_work:
        at_work.complete(other, *WALK[0])  # the procedure is read once in the life of a process
        yield at_work, first


def tables_written(recording: Recording) -> list[str]:
    """Verb and table of each statement, in order."""
    words = [text.replace('"', "").split() for text in recording.texts]
    names = {"INSERT": 2, "UPDATE": 1}
    return [f"{word[0]} {word[names[word[0]]]}" if word[0] in names else word[0] for word in words]


def test_a_plain_step_sends_at_most_seven_statements_and_one_commit(office: tuple[BenchOffice, str]):
    at_work, task_id = office
    told = {}
    for number, (element, outputs) in enumerate(WALK):
        with recorded(at_work.platform.database) as recording:
            task_id = at_work.complete(task_id, element, outputs)
        told[number] = tables_written(recording)
        assert recording.commits == 1
    # One task done, the next open.
    plain = ["SELECT", "UPDATE process_instance", "UPDATE task", "INSERT task", "INSERT event"]
    with_job = [*plain[:4], "INSERT connector_job", "INSERT event"]
    assert told[0] == plain
    assert told[1] == with_job  # the supplement is asked for: task, queue, message, history
    assert all(len(one) <= 7 for one in told.values()), told
    # Signing changes what the citizen is shown: the dossier and a notice to the citizen are written too.
    assert told[7] == [*plain[:2], "UPDATE dossier", *plain[2:4], "INSERT notice", "INSERT event"]


def test_what_a_step_leaves_is_what_it_left_before(office: tuple[BenchOffice, str]):
    at_work, first = office
    task_id = first
    for element, outputs in WALK:
        task_id = at_work.complete(task_id, element, outputs)
    with at_work.platform.database.read() as tx:
        held = tasks.get(tx, first)
        history = events.of_chain(tx, held["dossier_id"])
        assert [row["state"] for row in tasks.of_dossier(tx, held["dossier_id"])] == ["completed"] * len(WALK)
        assert [row["kind"] for row in jobs.of_dossier(tx, held["dossier_id"])] == ["sms.send"] * 2
        assert "state.processing" in [row["kind"] for row in notices.of_dossier(tx, held["dossier_id"])]
        assert list(events.broken_links(tx)) == []
        assert dossiers.get(tx, held["dossier_id"])["state"] == "processing"
    assert all(after["number"] == before["number"] + 1 for before, after in pairwise(history))
    assert [row["kind"] for row in history].count("task.completed") == len(WALK)


def test_steps_that_write_papers_stay_low(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    for element_id, outputs in ISSUED:
        task = life.open_task(dossier_id)
        if task["audience"] == "applicant":
            life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
            continue
        official = life.officials[task["role"]]
        life.do(claim_task, ClaimTask(official, task["id"]))
        with recorded(life.platform.database) as recording:
            life.do(complete_task, CompleteTask(official, task["id"], outputs))
        assert len(recording.texts) <= MOST[element_id], (element_id, recording.texts)
        assert recording.commits == 1

"""A migration among people: two operators, an official at the same dossier, two workers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from factories.new_version import plan, publish_second, work_off
from factories.office_life import OfficeLife

from engine.actions.migrations import MoveInstance, move_instance
from engine.actions.tasks import CompleteTask, complete_task
from engine.domain.errors import Conflict, MotcuaError
from engine.domain.migration import Selection
from engine.jobs.migration_runner import MigrationRunner
from engine.queries.migrations import migration_view
from engine.store.history import events
from engine.store.process import tasks

NEVER = threading.Event()


def at_once(*acts):
    """Run the acts in threads that start together; an error for the person is an answer too."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act()
        except MotcuaError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_operators_start_the_same_migration(life: OfficeLife):
    life.sent(life.citizen())
    publish_second(life)
    first, second = life.officials["admin"], life.second("admin")
    answers = at_once(lambda: plan(life, actor=first), lambda: plan(life, actor=second))
    (lost,) = [answer for answer in answers if isinstance(answer, MotcuaError)]
    assert isinstance(lost, Conflict)
    winner = first if isinstance(answers[0], str) else second
    assert winner.name in lost.message.vi


def test_an_official_completes_a_task_while_it_is_moved(life: OfficeLife):
    """Whoever is second works on what the first left: nothing is lost and nothing happens twice."""
    citizen, reception = life.citizen(), life.officials["reception"]
    publish_second(life)
    for _ in range(4):
        dossier_id = _sent_under_first(life, citizen)
        run_id = plan(life, selection=Selection(codes=(life.dossier(dossier_id)["code"],)))
        task, instance = life.open_task(dossier_id), life.instance(dossier_id)
        accept = CompleteTask(reception, task["id"], {"decision": "accept"})
        move = MoveInstance(run_id, instance["id"])
        answers = at_once(lambda c=accept: life.do(complete_task, c), lambda m=move: life.do(move_instance, m))
        assert not [one for one in answers if isinstance(one, MotcuaError) and not isinstance(one, Conflict)], answers
        work_off(life, NEVER)
        rows = life.see(tasks.of_dossier, dossier_id)
        assert [row["state"] for row in rows] == ["completed", "open"]
        counts = life.see(migration_view, life.officials["admin"], run_id).counts
        # Moved first: the next step is the new diagram's. Completed first: it stands where nothing was mapped.
        expected = {"moved": "look_up", "refused": "search_register"}
        ((state, number),) = counts.items()
        assert (number, rows[1]["element_id"]) == (1, expected[state])
        assert life.see(lambda tx, one=dossier_id: list(events.broken_links(tx, one))) == []


def _sent_under_first(life: OfficeLife, citizen) -> str:
    """A dossier filed before the second version held."""
    now = life.platform.clock.now()
    life.platform.clock.set(now.replace(day=now.day - 1))
    dossier_id = life.sent(citizen)
    life.platform.clock.set(now)
    return dossier_id


def test_two_workers_move_each_dossier_once(life: OfficeLife):
    citizen = life.citizen()
    ids = [life.sent(citizen) for _ in range(12)]
    publish_second(life)
    run_id = plan(life, canary=5)
    hands = [MigrationRunner(life.platform) for _ in range(3)]
    for _ in range(4):
        at_once(*[lambda hand=hand: hand.work_off(NEVER) for hand in hands])
    assert life.see(migration_view, life.officials["admin"], run_id).counts == {"moved": 5, "planned": 7}
    moved = [
        sum(1 for one in life.see(events.of_chain, dossier_id) if one["kind"] == "process.migrated")
        for dossier_id in ids
    ]
    assert sorted(moved) == [0] * 7 + [1] * 5

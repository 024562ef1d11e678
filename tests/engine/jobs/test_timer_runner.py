"""Many timers due at once: each fires once, one that breaks holds up nobody, and people are not waited for."""

from __future__ import annotations

import sys
import threading
from datetime import timedelta

import pytest
from factories.office_life import OfficeLife
from sqlalchemy import select, update

from engine.actions.dossier import load_work
from engine.bootstrap import Platform
from engine.domain.actor import SYSTEM
from engine.jobs.timer_runner import TimerRunner
from engine.store.history import events
from engine.store.process import instances, timers
from engine.store.schema.work import process_instance

NEVER = threading.Event()


@pytest.fixture
def life(platform: Platform) -> OfficeLife:
    return OfficeLife.founded(platform, ("2.000635",))


@pytest.fixture
def due(life: OfficeLife) -> list[str]:
    """Five dossiers whose citizens stayed silent for more than a day."""
    citizen = life.citizen()
    waiting = [life.to_confirmation(citizen) for _ in range(5)]
    life.platform.clock.advance(days=1, minutes=1)
    return waiting


def steps(life: OfficeLife, dossiers: list[str]) -> list[str]:
    return [life.open_task(dossier_id)["element_id"] for dossier_id in dossiers]


def test_several_hands_fire_each_timer_once(life: OfficeLife, due: list[str]):
    hands = [threading.Thread(target=TimerRunner(life.platform).fire_due, args=(NEVER,)) for _ in range(3)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    TimerRunner(life.platform).fire_due(NEVER)  # what a rival held just then
    assert steps(life, due) == ["sign"] * 5
    fired = [
        life.see(lambda tx, one=one: [e.kind for e in events.of_chain(tx, one)].count("timer.fired")) for one in due
    ]
    assert fired == [1] * 5


def test_one_that_breaks_does_not_take_the_others_back(life: OfficeLife, due: list[str]):
    broken = process_instance.c.dossier_id == due[2]
    with life.platform.database.begin() as tx:
        tx.execute(update(process_instance).where(broken).values(snapshot=b"not a snapshot"))
    hand = TimerRunner(life.platform)
    while hand.fire_due(NEVER):
        pass
    assert steps(life, due) == ["sign", "sign", "confirm_draft", "sign", "sign"]
    instance_id = life.see(lambda tx: tx.execute(select(process_instance.c.id).where(broken)).scalar_one())
    assert [one["code"] for one in life.see(instances.open_incidents, instance_id)] == ["timer_failed"]
    assert len(life.see(timers.due, 10)) == 1  # it stays due, and is tried again in some minutes
    assert hand.fire_due(NEVER) == 0


# SQLite has a single write lock: nobody holds a dossier while another one writes.
@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_dossier_in_somebodys_hands_is_passed_over(life: OfficeLife, due: list[str]):
    with life.platform.database.begin() as tx:
        load_work(tx, life.platform.office, SYSTEM, due[0])
        assert TimerRunner(life.platform).fire_due(NEVER) == 4
    assert steps(life, due) == ["confirm_draft", "sign", "sign", "sign", "sign"]
    assert TimerRunner(life.platform).fire_due(NEVER) == 1


def test_two_timers_of_one_dossier_fire_one_after_the_other(life: OfficeLife, due: list[str]):
    """The second, of a token that is no more, is refused by itself and leaves the dossier as the first put it."""
    with life.platform.database.begin() as tx:
        row = instances.of_dossier(tx, due[0])
        timers.set_all(
            tx, [{"instance_id": row["id"], "token": "gone", "element_id": "draft_silence", "due_at": tx.now}]
        )
    TimerRunner(life.platform).fire_due(NEVER)
    assert steps(life, due) == ["sign"] * 5


def test_a_dossier_that_rings_without_end_lets_the_others_go_first(life: OfficeLife, due: list[str], monkeypatch):
    """Each ring of the first dossier leaves the next one due at once, as a loop through a timer of no length does."""
    order: list[str] = []
    row = life.see(instances.of_dossier, due[0])

    def ring(work, element_id, token):
        order.append(work.id)
        if work.id == due[0]:
            again = {"token": f"x{len(order)}", "element_id": "x", "due_at": work.at - timedelta(days=9)}
            timers.set_all(work.tx, [{"instance_id": row["id"], **again}])

    monkeypatch.setattr(sys.modules["engine.actions.process.fire_due_timers"], "let_fire", ring)
    hand = TimerRunner(life.platform)
    hand._most = 1
    hand.fire_due(NEVER)
    assert order.count(due[0]) == 3  # its turns of this round; the rest waits for the next one
    assert sorted(order[:6]) == sorted([due[0], due[0], *due[1:]])
    hand.fire_due(NEVER)
    assert order.count(due[0]) == 6

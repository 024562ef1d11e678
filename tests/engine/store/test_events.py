from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, select, update

from engine.domain.actor import SYSTEM, Actor
from engine.store import events
from engine.store.database import Database
from engine.store.schema.work import event

CLERK = Actor(kind="staff", id="01", name="Lê Thị Hoa")


@pytest.fixture
def history(database: Database, clock):
    """Two chains of six events with data that likes to come back changed."""
    awkward = {"đ": "ớ \U0001f600", "typename": 1.1, "list": [True, None, 10**15], 7: "a key that is no text", "10": ""}
    for number in range(6):
        with database.begin() as tx:
            clock.advance(microseconds=1)
            events.append(
                tx, "dossier-a", CLERK, "task_completed", {"number": number, **awkward}, public=number % 2 == 0
            )
            events.append_all(tx, "dossier-b", SYSTEM, [events.NewEvent("timer_fired", {"n": number})])
    return database


def _broken(database: Database):
    with database.read() as tx:
        return list(events.broken_links(tx))


def test_an_untouched_history_holds(history: Database):
    assert _broken(history) == []
    with history.read() as tx:
        assert [row["number"] for row in events.of_chain(tx, "dossier-a")] == [1, 2, 3, 4, 5, 6]
        assert [row["number"] for row in events.of_chain(tx, "dossier-a", public_only=True)] == [1, 3, 5]
        assert [(chain, number) for chain, number, _ in events.heads(tx)] == [("dossier-a", 6), ("dossier-b", 6)]


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"number": 99}},
        {"actor_name": "Người khác"},
        {"actor_id": "02"},
        {"actor_kind": "system"},
        {"kind": "task_claimed"},
        {"public": 1},
        {"hash": "f" * 64},
        {"chain": "dossier-c"},
        {"number": 60},
    ],
)
def test_any_changed_column_is_found(history: Database, change):
    with history.begin() as tx:
        tx.execute(update(event).where(event.c.chain == "dossier-a", event.c.number == 4).values(change))
    assert _broken(history)


def test_a_changed_instant_is_found(history: Database, clock):
    with history.begin() as tx:
        tx.execute(
            update(event).where(event.c.chain == "dossier-a", event.c.number == 4).values(at=clock.advance(days=-1))
        )
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-a", 4)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_deleted_row_is_found(history: Database, number: int):
    with history.begin() as tx:
        tx.execute(delete(event).where(event.c.chain == "dossier-a", event.c.number == number))
    assert _broken(history)[0].number == number


def test_two_swapped_rows_are_found(history: Database):
    with history.begin() as tx:
        for old, new in ((2, -1), (3, 2), (-1, 3)):
            tx.execute(update(event).where(event.c.chain == "dossier-a", event.c.number == old).values(number=new))
    assert _broken(history)


def test_a_row_added_by_hand_is_found(history: Database):
    with history.begin() as tx:
        last = dict(tx.execute(select(event).where(event.c.chain == "dossier-a", event.c.number == 6)).mappings().one())
        del last["id"]
        tx.execute(insert(event).values({**last, "number": 7}))
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-a", 7)]

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import pytest
from factories.tamper import behind_its_back
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.domain.actor import SYSTEM, Actor
from engine.domain.errors import Conflict
from engine.domain.history import CLEARED, EventKind
from engine.store.connection import Database
from engine.store.history import events
from engine.store.schema.work import event, event_head

CLERK = Actor(kind="staff", id="01", name="Lê Thị Hoa")


@pytest.fixture
def history(database: Database, clock):
    """Two chains of six events with data that likes to come back changed."""
    awkward = {"đ": "ớ \U0001f600", "typename": 1.1, "list": [True, None, 10**15], 7: "a key that is no text", "10": ""}
    for number in range(6):
        with database.begin() as tx:
            clock.advance(microseconds=1)
            kind = EventKind.TASK_CLAIMED if number % 2 else EventKind.TASK_COMPLETED  # only the second is public
            events.append(tx, "dossier-a", CLERK, kind, {"number": number, **awkward})
            events.append_all(tx, "dossier-b", SYSTEM, [events.NewEvent(EventKind.TASK_OPENED, {"n": number})])
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
        {"salt": "0" * 32},
        {"salt": None, "body": None},
        {"body": "f" * 64},
        {"data": {}, "salt": None, "cleared_at": datetime(2026, 3, 10, tzinfo=UTC)},
        {"chain": "dossier-c"},
        {"number": 60},
    ],
)
def test_any_changed_column_is_found(history: Database, change):
    with behind_its_back(history) as tx:
        tx.execute(update(event).where(event.c.chain == "dossier-a", event.c.number == 4).values(change))
    assert _broken(history)


def test_a_changed_instant_is_found(history: Database, clock):
    with behind_its_back(history) as tx:
        tx.execute(
            update(event).where(event.c.chain == "dossier-a", event.c.number == 4).values(at=clock.advance(days=-1))
        )
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-a", 4)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_deleted_row_is_found(history: Database, number: int):
    with behind_its_back(history) as tx:
        tx.execute(delete(event).where(event.c.chain == "dossier-a", event.c.number == number))
    assert _broken(history)[0].number == number


def test_two_swapped_rows_are_found(history: Database):
    with behind_its_back(history) as tx:
        for old, new in ((2, -1), (3, 2), (-1, 3)):
            tx.execute(update(event).where(event.c.chain == "dossier-a", event.c.number == old).values(number=new))
    assert _broken(history)


def test_a_row_added_by_hand_is_found(history: Database):
    with behind_its_back(history) as tx:
        last = dict(tx.execute(select(event).where(event.c.chain == "dossier-a", event.c.number == 6)).mappings().one())
        tx.execute(insert(event).values({**last, "number": 7}))
    assert ("dossier-a", 7) in [(link.chain, link.number) for link in _broken(history)]


def test_a_chain_cut_off_at_its_end_is_found_by_its_head(history: Database):
    with behind_its_back(history) as tx:
        tx.execute(delete(event).where(event.c.chain == "dossier-a", event.c.number > 4))
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-a", 6)]


def test_a_chain_that_is_gone_is_found_by_its_head(history: Database):
    with behind_its_back(history) as tx:
        tx.execute(delete(event).where(event.c.chain == "dossier-b"))
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-b", 6)]


OF_A = event.c.chain == "dossier-a"
FORBIDDEN = {
    "a row changed": update(event).where(OF_A, event.c.number == 2).values(kind="other"),
    "a row emptied without retention": update(event).where(OF_A).values(data={}, salt=None, cleared_at=event.c.at),
    "a row deleted": delete(event).where(OF_A, event.c.number == 6),
    "everything deleted": delete(event),
    "a head put back": update(event_head).where(event_head.c.chain == "dossier-a").values(number=3),
    "a head given another hash": update(event_head).values(hash="f" * 64),
    "a head deleted": delete(event_head),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_database_itself_refuses(history: Database, what: str):
    with pytest.raises(DBAPIError, match="append only"), history.begin() as tx:
        tx.execute(FORBIDDEN[what])
    assert _broken(history) == []


def test_postgresql_refuses_to_truncate_the_whole_and_a_single_month(history: Database):
    if history.writer.dialect.name != "postgresql":
        return  # SQLite has no TRUNCATE
    for table in ("event", "event_other", "event_head"):
        with pytest.raises(DBAPIError, match="append only"), history.begin() as tx:
            tx.connection.exec_driver_sql(f"TRUNCATE {table}")


@pytest.mark.parametrize("number", [1, 6, 8])
def test_a_number_cannot_be_given_twice_nor_left_out(history: Database, number: int, clock):
    with history.read() as tx:
        row = dict(tx.execute(select(event).where(OF_A, event.c.number == 6)).mappings().one())
    with pytest.raises(IntegrityError), history.begin() as tx:
        tx.execute(insert(event).values({**row, "number": number, "at": clock.advance(days=40)}))


def test_two_writers_on_one_chain_cannot_both_win(history: Database):
    """Without the lock on a dossier's row: of many at once on one chain, each number is given once."""
    won, lost = [], []

    def write(writer: int) -> None:
        for turn in range(20):
            try:
                with history.begin() as tx:
                    events.append(tx, "dossier-a", SYSTEM, EventKind.TIMER_FIRED, {"writer": writer, "turn": turn})
                won.append((writer, turn))
            except Conflict:
                lost.append((writer, turn))

    writers = [Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with history.read() as tx:
        chain = events.of_chain(tx, "dossier-a")
    assert [row["number"] for row in chain] == list(range(1, 7 + len(won)))
    assert len(won) + len(lost) == 80
    assert _broken(history) == []


def test_retention_empties_links_and_the_chain_holds(history: Database, clock):
    citizen = Actor(kind="citizen", id="p1", name="Nguyễn Văn An")
    with history.begin() as tx:
        events.append(tx, "dossier-a", citizen, EventKind.SUPPLEMENT_ANSWERED, {"note": "số 12 Lê Lợi"})
    with history.read() as tx:
        before = list(events.heads(tx))
    with history.begin() as tx:
        events.append(tx, "dossier-a", SYSTEM, CLEARED, {"up_to": 7})
        assert events.clear(tx, {"dossier-a": 7}) == 7
    with history.read() as tx:
        rows = events.of_chain(tx, "dossier-a")
        assert [row["data"] for row in rows[:7]] == [{}] * 7
        assert (rows[6]["actor_id"], rows[6]["actor_name"], rows[0]["actor_name"]) == (None, "", CLERK.name)
        assert rows[6]["hash"] == before[0][2]
    assert _broken(history) == []


def test_emptied_links_without_a_record_in_the_chain_are_found(history: Database):
    with history.begin() as tx:
        events.clear(tx, {"dossier-a": 3})
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-a", 3)]


def test_a_changed_emptied_link_is_found(history: Database):
    with history.begin() as tx:
        events.append(tx, "dossier-a", SYSTEM, CLEARED, {"up_to": 6})
        events.clear(tx, {"dossier-a": 6})
    with behind_its_back(history) as tx:
        tx.execute(update(event).where(OF_A, event.c.number == 5).values(kind="other"))
    assert [(link.chain, link.number) for link in _broken(history)] == [("dossier-a", 5)]

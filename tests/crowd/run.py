"""How the screens read when the office is full. A script, not a test: it fills a database and prints figures.

    PYTHONPATH=.:tests .venv/bin/python tests/crowd/run.py [--dossiers 100000] [--mine 500] [--url postgresql+psycopg://…]

One genuine dossier is filed through the actions and copied with Core; the last column is the time in milliseconds, the
best of five, beside it the rows the database says it looked through where it tells. SQLite in a new folder by default;
a database named by --url must be new and empty.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from factories.fixtures import SetClock
from factories.office_life import OfficeLife
from sqlalchemy import event, insert, select

from engine.bootstrap import Platform, build
from engine.domain.search_words import words_of_dossier
from engine.queries.dossier import dossier_view, my_dossiers
from engine.queries.operations import job_board
from engine.queries.portal import catalogue
from engine.queries.portal.notices import my_notices
from engine.queries.tasks import find_dossiers, work_queue
from engine.settings import Settings
from engine.store.connection import Tx, open_database
from engine.store.schema.dossiers import dossier, dossier_word, notice
from engine.store.schema.work import connector_job, process_instance, task

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
GIVEN = ("An", "Bình", "Châu", "Dung", "Đức", "Giang", "Hạnh", "Khánh", "Linh", "Minh", "Ngọc", "Phúc", "Quân")
SEARCHES = {
    "nothing typed": "",
    "code": "000.00.00.H56-260310-0050010",
    "short code": "-0050010",
    "name of many": "van",
    "rare among many": "dang van duc",
    "name and procedure": "trich luc dang duc",
    "telephone": "+84 900 050 000",
    "personal number": "038200050000",
    "procedure": "2.000635",
    "nobody": "khong co ai",
}
BATCH = 1000
ROUNDS = 5


def fill(life: OfficeLife, count: int, mine: int) -> tuple[Any, str]:
    """File one dossier, copy it `count` times; `mine` of the copies belong to its own citizen."""
    citizen, other = life.citizen(), life.citizen(name="Trần Thị Bình", number="038303000123")
    original = life.sent(citizen)
    with life.platform.database.begin() as tx:
        models = {
            table: _model(tx, table, original) for table in (dossier, process_instance, task, notice, connector_job)
        }
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            for table, model in models.items():
                if model:
                    rows = [
                        _copy(table, model, number, citizen.id if number < mine else other.id) for number in numbers
                    ]
                    tx.execute(insert(table), rows)
            tx.execute(insert(dossier_word), [word for number in numbers for word in _words(number)])
    return citizen, original


def _model(tx: Tx, table: Any, dossier_id: str) -> dict[str, Any]:
    column = table.c.id if table is dossier else table.c.dossier_id
    row = tx.execute(select(table).where(column == dossier_id)).mappings().first()
    return dict(row) if row else {}


def _copy(table: Any, model: dict[str, Any], number: int, person: str) -> dict[str, Any]:
    """The same row of another dossier: other keys, another owner, another minute, another step of its life."""
    own = f"{number:026d}"
    later = timedelta(minutes=number % 200_000)
    name = f"{FAMILY[number % len(FAMILY)]} Văn {GIVEN[number % len(GIVEN)]}"
    row = {**model, "id": own}
    row |= {key: own for key in ("dossier_id", "instance_id") if row.get(key)}
    row |= {
        key: row[key] + later for key in ("created_at", "updated_at", "sort_at", "due_at", "opened_at") if row.get(key)
    }
    if table is dossier:
        row |= {"code": f"000.00.00.H56-260310-{number + 10:07d}", "submit_key": f"key-{number}", "person_id": person}
        row |= {"owner": {**row["owner"], "full_name": name}, "state": "delivered" if number % 3 else "submitted"}
    if table is task:
        row["state"] = "completed" if number % 3 else "open"
    if table is connector_job:
        row |= {"key": f"copy-{number}", "state": "done"}
    if table is notice:
        row["person_id"] = person
    return row


def _words(number: int) -> list[dict[str, str]]:
    """By what a copy is found: its own code, name and numbers."""
    code = f"000.00.00.H56-260310-{number + 10:07d}"
    name = f"{FAMILY[number % len(FAMILY)]} Văn {GIVEN[number % len(GIVEN)]}"
    owner = {"full_name": name, "national_id": f"0382{number:08d}", "phone": f"09{number:08d}"}
    return [{"word": word, "dossier_id": f"{number:026d}"} for word in sorted(words_of_dossier(code, (owner,)))]


def questions(life: OfficeLife, citizen: Any, original: str) -> Iterator[tuple[str, Callable[[Tx], Any]]]:
    """What people ask most, by the screen they ask it on."""
    office, clerk, admin = life.platform.office, life.officials["reception"], life.officials["admin"]
    deep = _deep_cursor(life, clerk)
    yield "queue, unit", lambda tx: work_queue(tx, clerk, "unit")
    yield "queue, page 200", lambda tx: work_queue(tx, clerk, "unit", cursor=deep)
    yield "queue, due soon", lambda tx: work_queue(tx, clerk, "due_soon")
    yield "queue, by code", lambda tx: work_queue(tx, clerk, "unit", "0099999")
    yield "queue, by name", lambda tx: work_queue(tx, clerk, "unit", "dang van duc")
    yield "queue, nothing found", lambda tx: work_queue(tx, clerk, "unit", "khong co ai")
    for name, text in SEARCHES.items():
        yield f"find, {name}", lambda tx, text=text: find_dossiers(tx, clerk, text)
    yield "find, finished", lambda tx: find_dossiers(tx, clerk, "", "given")
    yield "find, everywhere", lambda tx: find_dossiers(tx, admin, "dang van duc")
    yield "my dossiers", lambda tx: my_dossiers(tx, citizen)
    yield "my dossiers, last page", lambda tx: my_dossiers(tx, citizen, 9999)
    yield "my dossiers, search", lambda tx: my_dossiers(tx, citizen, 1, "all", "binh")
    yield "my notices", lambda tx: my_notices(tx, citizen)
    yield "one dossier", lambda tx: dossier_view(tx, office, citizen, original)
    yield "catalogue, search", lambda tx: catalogue.search(tx, "trich luk ho tich")
    yield "jobs, open", lambda tx: job_board(tx, admin)
    yield "jobs, all", lambda tx: job_board(tx, admin, "all")


def _deep_cursor(life: OfficeLife, clerk: Any) -> str | None:
    cursor = None
    with life.platform.database.begin() as tx:
        for _page in range(200):
            cursor = work_queue(tx, clerk, "unit", cursor=cursor).next_cursor or cursor
    return cursor


def measure(platform: Platform, ask: Callable[[Tx], Any]) -> tuple[float, list[str]]:
    """The best of some rounds in milliseconds, and the statements that were asked."""
    asked: list[tuple[str, Any]] = []
    best = float("inf")
    with platform.database.begin() as tx:
        listen = lambda *told: asked.append((told[2], told[3]))  # noqa: E731 - SQLAlchemy wants one object to remove
        event.listen(tx.connection, "before_cursor_execute", listen)
        ask(tx)
        event.remove(tx.connection, "before_cursor_execute", listen)
        for _round in range(ROUNDS):
            began = time.perf_counter()
            ask(tx)
            best = min(best, time.perf_counter() - began)
        return best * 1000, scans(tx, asked)


def scans(tx: Tx, asked: list[tuple[str, Any]]) -> list[str]:
    """What the database reads from end to end to answer; short tables are told too."""
    word = "EXPLAIN QUERY PLAN" if tx.connection.dialect.name == "sqlite" else "EXPLAIN"
    mark = "SCAN " if word.endswith("PLAN") else "Seq Scan on "
    found: list[str] = []
    for statement, params in asked:
        for row in tx.connection.exec_driver_sql(f"{word} {statement}", params).fetchall():
            line = str(row[-1])
            if mark in line and "USING" not in line:
                found.append(line[line.index(mark) + len(mark) :].split(" ")[0])
    return sorted(set(found))


def say(line: str) -> None:
    """Show a figure as soon as it is known."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Fill, ask, print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--dossiers", type=int, default=100_000)
    reader.add_argument("--mine", type=int, default=500)
    reader.add_argument("--url")
    args = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = args.url or f"sqlite:///{folder}/crowd.db"
        clock = SetClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))
        database = open_database(url, clock)
        database.migrate()
        database.close()
        platform = build(
            Settings.from_env({"MOTCUA_VAR": f"{folder}/var", "MOTCUA_DATABASE_URL": url, "MOTCUA_INFERENCE": "off"}),
            clock,
        )
        life = OfficeLife.founded(platform)
        began = time.perf_counter()
        citizen, original = fill(life, args.dossiers, args.mine)
        say(f"{url.split(':')[0]}: {args.dossiers} dossiers in {time.perf_counter() - began:.0f} s")
        if not url.startswith("sqlite"):
            with platform.database.begin() as tx:
                tx.connection.exec_driver_sql("ANALYZE")
        for name, ask in questions(life, citizen, original):
            took, read = measure(platform, ask)
            say(f"{name:24} {took:9.1f} ms   {'reads all of ' + ', '.join(read) if read else ''}")
        platform.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

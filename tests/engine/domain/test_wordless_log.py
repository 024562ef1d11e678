"""No name or number of anybody in any log: web, worker and commands, while the record refuses what they write."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from factories.office_life import OfficeLife, open_session
from factories.web_house import Browser
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from admin_ui.app import create_app
from admin_ui.dispatch import COOKIES
from engine.actions.filing import SaveDraft, save_draft
from engine.bootstrap import Platform
from engine.domain import wordless_log
from engine.jobs.housekeeping import Housekeeper
from engine.store.connection import Database

NAME, NUMBER, PHONE = "Hoàng Canh Yến", "038203912345", "0977665544"
CANARIES = (NAME, NUMBER, PHONE, "+84977665544", "Canh Y", "977665544")
ADD_OFFICIAL = ["-m", "engine.cli", "staff", "add", "canary", "--role", "reception", "--unit", "H56.MC", "--name"]


@pytest.fixture
def life(platform: Platform) -> OfficeLife:
    return OfficeLife.founded(platform)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What every logger of this process writes, as `motcua worker` and gunicorn set theirs up."""
    written = io.StringIO()
    handlers = {name: logging.StreamHandler(written) for name in ("", "gunicorn.error", "rq.worker")}
    before = logging.getLogRecordFactory(), sys.excepthook, threading.excepthook
    wordless_log.install()
    for name, handler in handlers.items():
        handler.setFormatter(logging.Formatter("%(asctime)s [%(process)d] [%(levelname)s] %(message)s"))
        logging.getLogger(name).addHandler(handler)
    yield written
    for name, handler in handlers.items():
        logging.getLogger(name).removeHandler(handler)
    logging.setLogRecordFactory(before[0])
    sys.excepthook, threading.excepthook = before[1:]


def refuse(database: Database, table: str, column: str, value: str) -> None:
    """From now on the record refuses this value, and quotes the row while it does."""
    with database.begin() as tx:
        if tx.on_postgresql:
            tx.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT canary CHECK ({column} <> '{value}') NOT VALID"))
            return
        for when in ("INSERT", "UPDATE"):
            tx.execute(
                text(
                    f"CREATE TRIGGER canary_{when} BEFORE {when} ON {table} WHEN NEW.{column} = '{value}' "
                    f"BEGIN SELECT RAISE(ABORT, 'Failing row contains ({NAME}, {NUMBER}, {PHONE})'); END"
                )
            )


@pytest.fixture
def allow(database: Database) -> Iterator[None]:
    """The shared test database forgets the refusal afterwards."""
    yield
    with database.begin() as tx:
        if tx.on_postgresql:
            for table in ("dossier", "staff"):
                tx.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS canary"))


def the_error(database: Database) -> DBAPIError:
    """The database's own words about a row it refuses."""
    try:
        with database.begin() as tx:
            tx.execute(text("UPDATE dossier SET state = 'canary'"))
    except DBAPIError as error:
        return error
    raise AssertionError("the record took it")


def test_the_worker_and_its_libraries(life: OfficeLife, database: Database, log: io.StringIO, allow: None) -> None:
    citizen = life.citizen(name=NAME, number=NUMBER, phone="+84977665544")
    dossier_id = life.draft(citizen)
    life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {"phone": PHONE}))
    refuse(database, "dossier", "state", "canary")
    error = the_error(database)
    assert NAME in str(error.orig), "the database quotes the row: there is something to hide"
    for name in ("motcua.jobs", "gunicorn.error", "rq.worker", "sqlalchemy.pool", "alembic"):
        logger = logging.getLogger(name)
        try:
            raise RuntimeError(f"job of {NAME}") from error
        except RuntimeError as outer:
            logger.exception("a chore")
            logger.error("it said %s", outer.__cause__)
            logger.error(f"it said {outer.__cause__}")
    told = log.getvalue()
    assert told.count("a chore") >= 5
    assert "sqlalchemy.exc.IntegrityError" in told, "the kind is told"
    assert "test_wordless_log.py" in told, "and the place"
    assert [word for word in CANARIES if word in told] == []


def test_a_round_of_housekeeping_that_fails(
    life: OfficeLife, database: Database, clock: Any, log: io.StringIO, allow: None
) -> None:
    citizen = life.citizen(name=NAME, number=NUMBER, phone="+84977665544")
    life.draft(citizen)
    refuse(database, "dossier", "state", "withdrawn")
    clock.advance(days=life.platform.settings.draft_days + 1)
    Housekeeper(life.platform).tidy(threading.Event())
    told = log.getvalue()
    assert "a chore of housekeeping" in told
    assert [word for word in CANARIES if word in told] == []


def test_a_thread_that_dies(database: Database, life: OfficeLife, capfd: Any, log: io.StringIO, allow: None) -> None:
    life.draft(life.citizen(name=NAME, number=NUMBER, phone="+84977665544"))
    refuse(database, "dossier", "state", "canary")

    def die() -> None:
        with database.begin() as tx:
            tx.execute(text("UPDATE dossier SET state = 'canary'"))

    hook = threading.excepthook
    thread = threading.Thread(target=die)
    wordless_log.install()
    thread.start()
    thread.join()
    threading.excepthook = hook
    told = capfd.readouterr().err + log.getvalue()
    assert "IntegrityError" in told
    assert [word for word in CANARIES if word in told] == []


def test_a_page_over_a_record_that_refuses(
    life: OfficeLife, database: Database, capfd: Any, log: io.StringIO, allow: None
) -> None:
    citizen = life.citizen(name=NAME, number=NUMBER, phone="+84977665544")
    dossier_id = life.draft(citizen)
    app = create_app(life.platform)
    signed = app.test_client()
    with database.begin() as tx:
        open_session(tx, citizen, "raw-token-of-the-canary")
    signed.set_cookie(COOKIES["citizen"], "raw-token-of-the-canary")
    browser = Browser(signed)
    refuse(database, "dossier", "state", "withdrawn")
    answer = browser.post(f"/dossiers/{dossier_id}/discard")
    assert answer.status_code == 500
    assert NAME not in answer.text
    browser.post(f"/dossiers/{dossier_id}/draft/applicant", {"full_name": f"{NAME}\x00", "phone": PHONE})
    told = capfd.readouterr()
    everything = told.out + told.err + log.getvalue()
    assert "IntegrityError" in everything
    assert [word for word in CANARIES if word in everything] == []


def test_a_command_over_a_record_that_refuses(
    life: OfficeLife, database: Database, database_url: str, tmp_path: Path, allow: None
) -> None:
    refuse(database, "staff", "full_name", NAME)
    environment = {**os.environ, "MOTCUA_DATABASE_URL": database_url, "MOTCUA_VAR": str(tmp_path / "var")}
    for level in ("info", "debug"):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "engine.cli",
                *["staff", "add", "canary", "--role", "reception", "--unit", "H56.MC", "--name"],
                NAME,
            ],
            env=environment | {"MOTCUA_LOG_LEVEL": level},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "IntegrityError" in done.stderr
        assert [word for word in CANARIES if word in done.stdout + done.stderr] == []

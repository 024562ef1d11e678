from __future__ import annotations

import json
from pathlib import Path

import pytest
from factories.tamper import behind_its_back
from sqlalchemy import update

from engine.cli import main
from engine.domain.actor import SYSTEM
from engine.domain.clock import SystemClock
from engine.domain.history import EventKind
from engine.store.accounts import staff
from engine.store.connection import open_database
from engine.store.history import events
from engine.store.schema.work import event


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An own folder and an empty record for the command."""
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    url = f"sqlite:///{tmp_path / 'var' / 'motcua.db'}"
    monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
    return url


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["feel"],
        ["feel", "1 +"],
        ["feel", "x", "--context", "[]"],
        ["quote", "copies=2"],
        ["deadline", "2026-03-10T16:00", "3 weeks"],
        ["deadline", "10/03/2026", "3wd"],
        ["play", "/nowhere/x.bpmn"],
        ["check", "/nowhere-at-all.bpmn/"],
        ["dmn", "run", "/nowhere/x.dmn", "--decision", "d"],
        ["dmn", "tck", "/nowhere"],
        ["sandbox", "fax"],
        ["staff", "add", "a", "--name", "A", "--role", "king", "--unit", "x"],
        ["run", "--role", "king"],
    ],
)
def test_a_wrong_word_is_one_clear_sentence(words: list[str], capsys: pytest.CaptureFixture[str]):
    try:
        code = main(words)
    except SystemExit as stop:  # argparse ends the program itself
        code = int(stop.code or 0)
    said = capsys.readouterr()
    assert code in ({1, 2} if words[:1] == ["check"] else {2})
    assert "Traceback" not in said.err + said.out
    assert (said.err + said.out).strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_PORT", "many"),
        ("MOTCUA_PORT", "70000"),
        ("MOTCUA_DATABASE_URL", "mysql://x"),
        ("MOTCUA_ROOMS", "kitchen"),
        ("MOTCUA_SANDBOX", "perhaps"),
        ("MOTCUA_BASE_URL", "motcua.vn"),
        ("MOTCUA_INFERENCE", "maybe"),
    ],
)
def test_a_wrong_setting_is_named(name, value, url, monkeypatch, capsys):
    monkeypatch.setenv(name, value)
    assert main(["db", "migrate"]) == 2
    assert name in capsys.readouterr().err


def test_feel_and_deadline_answer(url, capsys):
    assert main(["feel", "if n > 1 then n * 0.1 else 0", "--context", '{"n": 3}']) == 0
    assert json.loads(capsys.readouterr().out) == 0.3
    assert main(["deadline", "2026-03-10T09:00", "3wd"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "13/03/2026 17:00"


def test_check_judges_the_shipped_diagrams_and_exits_1_for_a_bad_one(url, capsys, tmp_path):
    assert main(["check", "processes", "--json"]) == 0
    verdicts = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(verdicts) >= 2
    assert all(verdict["accepted"] for verdict in verdicts)
    (tmp_path / "bad.bpmn").write_text("<xml")
    assert main(["check", str(tmp_path / "bad.bpmn")]) == 1


def test_play_walks_a_diagram(url, capsys, tmp_path):
    steps = tmp_path / "steps.json"
    steps.write_text('[{"start": {"channel": "online"}}, {"complete": "nothing"}]')
    assert main(["play", "processes/2.000635/process.bpmn", "--steps", str(steps), "--json"]) == 1
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["open"]
    assert second["error"]


def test_seed_fills_once_and_is_safe_to_repeat(url, capsys):
    assert main(["seed"]) == 0
    assert "+ 2.000635" in capsys.readouterr().out
    assert main(["seed"]) == 0
    assert "+ " not in capsys.readouterr().out


def test_staff_add_enters_an_official_once(url, capsys):
    assert main(["db", "migrate"]) == 0
    database = open_database(url, SystemClock())
    with database.begin() as tx:
        staff.add_unit(
            tx, {"code": "U1", "name_vi": "Đơn vị", "name_en": "Unit", "kind": "one_stop", "agency_code": "H56"}
        )
    command = ["staff", "add", "Hoa", "--name", "Lê Thị Hoa", "--role", "reception"]
    assert main([*command, "--unit", "nowhere"]) == 2
    assert main([*command, "--unit", "U1"]) == 0
    assert main([*command, "--unit", "U1"]) == 2
    with database.read() as tx:
        row = staff.by_username(tx, "hoa")
    database.close()
    assert row is not None
    assert row["password_hash"].startswith("$argon2id$")


def test_audit_verify_finds_a_changed_row(url, capsys):
    assert main(["db", "migrate"]) == 0
    database = open_database(url, SystemClock())
    with database.begin() as tx:
        for number in range(3):
            events.append(tx, "d1", SYSTEM, EventKind.TIMER_FIRED, {"number": number})
    assert main(["audit", "verify"]) == 0
    with behind_its_back(database) as tx:
        tx.execute(update(event).where(event.c.number == 2).values(actor_name="Ai đó"))
    database.close()
    assert main(["audit", "verify", "--json"]) == 1
    assert '"d1"' in capsys.readouterr().out
    assert main(["audit", "heads"]) == 0


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_play_takes_only_numbers_that_json_knows(url, capsys, tmp_path, number):
    steps = tmp_path / "steps.json"
    steps.write_text(f'[{{"start": {{"n": {number}}}}}]', encoding="utf-8")
    assert main(["play", "processes/2.000635/process.bpmn", "--steps", str(steps), "--json"]) == 2
    assert "JSON" in capsys.readouterr().err

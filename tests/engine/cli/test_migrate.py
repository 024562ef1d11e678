"""`motcua migrate`: the dry run, a run worked off by the command itself, and back."""

from __future__ import annotations

import json

import pytest
from factories.new_version import CODE, publish_second
from factories.office_life import OfficeLife

from engine.cli import main


@pytest.fixture
def motcua(platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command on the platform's own record; gives (exit code, lines of JSON)."""
    monkeypatch.setenv("MOTCUA_VAR", str(platform.settings.var))
    monkeypatch.setenv("MOTCUA_DATABASE_URL", platform.settings.database_url)

    def run(*words: str):
        code = main(["migrate", *words, "--json"])
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return code, lines

    return run


def test_look_move_and_go_back(platform, motcua):
    life = OfficeLife.founded(platform, (CODE,))
    citizen = life.citizen()
    ids = [life.sent(citizen) for _ in range(2)]
    life.complete(ids[1], "check_dossier", {"decision": "accept"})
    stuck = life.dossier(ids[1])["code"]
    publish_second(life)
    code, lines = motcua("dry-run", CODE)
    assert code == 1
    assert [line["dossier"] for line in lines[:-1] if not line["movable"]] == [stuck]
    assert lines[-1]["movable"] == 1
    assert lines[-1]["reasons"][0]["element"] == "search_register"
    assert motcua("dry-run", CODE, "--map", "search_register=look_up")[0] == 0
    assert motcua("dry-run", CODE, "--dossier", life.dossier(ids[0])["code"])[1][-1]["looked_at"] == 1
    code, (told,) = motcua("run", CODE, "--ground", "QĐ 12", "--map", "search_register=look_up", "--here")
    assert (code, told["state"], told["counts"]) == (0, "done", {"moved": 2})
    assert life.open_task(ids[1])["element_id"] == "look_up"
    code, lines = motcua("status", told["run"])
    assert {line["state"] for line in lines[1:]} == {"moved"}
    code, (back,) = motcua("revert", told["run"], "--reason", "sai", "--dossier", stuck, "--here")
    assert (code, back["counts"]) == (0, {"moved": 1, "reverted": 1})
    assert life.open_task(ids[1])["element_id"] == "search_register"


def test_what_is_asked_wrongly_is_told_in_a_sentence(platform, motcua):
    life = OfficeLife.founded(platform, (CODE,))
    life.sent(life.citizen())
    publish_second(life)
    for words in (
        ("dry-run", "9.999999"),
        ("dry-run", CODE, "--to", "7"),
        ("dry-run", CODE, "--map", "a"),
        ("dry-run", CODE, "--map", "nowhere=look_up"),
        ("dry-run", CODE, "--unit", "X"),
        ("run", CODE, "--ground", "x", "--by", "nobody"),
        ("run", CODE, "--ground", "x", "--by", "reception"),
        ("run", CODE, "--ground", " "),
        ("stop", "nothing", "--reason", "x"),
        ("status", "nothing"),
    ):
        assert motcua(*words)[0] == 2, words

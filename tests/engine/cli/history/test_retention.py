"""`motcua retention`: looked at first, held back, let go, removed; and a worker does it by itself."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, date, datetime

import pytest
import yaml
from factories.office_life import OfficeLife, pack

from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.cli import main
from engine.domain.actor import SYSTEM
from engine.domain.procedures import KINDS
from engine.jobs import worker

CODE = "2.000635"
RULE = {"keep_months": dict.fromkeys(KINDS, 12), "source": "33/2024/QH15", "valid_from": date(2024, 1, 1)}


@pytest.fixture
def old_dossier(platform, clock) -> str:
    """Finished in 2023, under a procedure that keeps its data for a year; gives its code."""
    clock.set(datetime(2023, 3, 7, 2, 0, tzinfo=UTC))
    life = OfficeLife.founded(platform, (CODE,))
    dossier_id = life.handed_over(life.citizen())
    files = pack(platform.settings.processes, CODE)
    data = yaml.safe_load(files["procedure.yaml"]) | {"retention": [RULE]}
    files["procedure.yaml"] = yaml.safe_dump(data, allow_unicode=True)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files, date(2024, 1, 1)))
    return str(life.dossier(dossier_id)["code"])


@pytest.fixture
def motcua(platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command on the platform's own record; gives (exit code, what it printed)."""
    monkeypatch.setenv("MOTCUA_VAR", str(platform.settings.var))
    monkeypatch.setenv("MOTCUA_DATABASE_URL", platform.settings.database_url)

    def run(*words: str) -> tuple[int, str]:
        return main(["retention", *words]), "".join(capsys.readouterr())

    return run


def due(motcua) -> dict[str, int]:
    code, told = motcua("dry-run", "--json")
    assert code == 0
    return {line["kind"]: line["due"] for line in map(json.loads, told.splitlines())}


def test_look_hold_release_and_remove(motcua, old_dossier: str):
    assert due(motcua) == dict.fromkeys(KINDS, 1)
    assert old_dossier in motcua("dry-run")[1]
    assert motcua("hold", old_dossier, "--reason", "Đang có khiếu nại")[0] == 0
    assert due(motcua) == dict.fromkeys(KINDS, 0)
    assert "nothing due" in motcua("run")[1]
    assert motcua("release", old_dossier, "--reason", "Đã giải quyết khiếu nại")[0] == 0
    code, told = motcua("run", "--json")
    assert code == 0
    assert json.loads(told)["dossier"] == len(KINDS)
    assert due(motcua) == dict.fromkeys(KINDS, 0)


def test_a_code_nobody_has_is_told_in_a_sentence(motcua, old_dossier: str):
    code, told = motcua("hold", "H56-000", "--reason", "x")
    assert code != 0
    assert "Traceback" not in told
    assert told.strip()


def test_a_worker_removes_what_is_due_without_being_asked(motcua, old_dossier: str, platform, clock, monkeypatch):
    monkeypatch.setattr(worker, "_FIRST_CLEAN_UP_S", 0.0)
    clock.set(datetime(2026, 11, 26, 2, 0, tzinfo=UTC))
    at_work = worker.Worker(platform)
    running = threading.Thread(target=at_work.run)
    running.start()
    try:
        until = time.monotonic() + 60
        while any(due(motcua).values()) and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        at_work.stop.set()
        running.join(timeout=60)
    assert due(motcua) == dict.fromkeys(KINDS, 0)

"""`motcua bench engine`: the answer has its shape and its counts are true. No figure of time is judged here."""

from __future__ import annotations

import json

import pytest

from engine.bench.command import Size, bench_command
from engine.bench.costs import Costs, ratio
from engine.bench.model import WALK, blocks_model, dossier_model
from engine.bench.naive import NaivePeer
from engine.bench.processes import Walker
from engine.cli.program import main
from engine.settings import Settings
from engine.workflow.spec import load_process

TINY = Size(dossiers=2, times=1, ages=(1, 3), blocks=2)
NOBODY = "postgresql+psycopg://root@127.0.0.1:1/test"


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict:
    settings = Settings.from_env({"MOTCUA_VAR": str(tmp_path_factory.mktemp("var"))})
    return json.loads(json.dumps(bench_command(settings, TINY, NOBODY)))


def test_statements_and_commits_of_a_completed_task_are_counted(answer: dict):
    counted = answer["sqlite"]["statements"]
    assert answer["sqlite"]["commits"] == 1
    assert [element for element, _ in counted["by_step"]] == [element for element, _ in WALK]
    assert [number for _, number in counted["by_step"]] == [5, 6, 5, 5, 5, 5, 6, 7, counted["by_step"][-1][1]]
    assert counted["most"] == 7
    assert counted["mean"] <= 6


def test_every_figure_has_its_floor_beside_it(answer: dict):
    engine = answer["engine_part"]
    assert set(engine["engine"]) == set(engine["naive"]) == set(engine["naive_to_engine_cpu"]) == {"1", "3"}
    assert engine["naive"]["3"]["blob_bytes"] > 10 * engine["engine"]["3"]["blob_bytes"]
    assert engine["engine"]["3"]["blob_bytes"] < 300
    for figures in (answer["sqlite"]["whole_action"], answer["sqlite"]["bare_statements"]):
        assert set(figures) == {"cpu_ms", "wall_ms"}
    assert set(answer["sqlite"]["per_second_by_threads"]) == {"1", "4"}
    assert answer["parallel_blocks"]["blocks"] == 2


def test_a_server_that_is_away_is_said_and_no_fault(answer: dict):
    assert answer["postgresql"]["measured"] is False
    assert "--postgresql" in answer["postgresql"]["reason"]


def test_both_sides_walk_the_same_tasks():
    ours, peer = Walker(load_process(dossier_model())), NaivePeer(dossier_model(plain=True))
    stored = peer.start({})
    for element, outputs in WALK:
        assert list(ours.open) == [element]
        with pytest.raises(LookupError):
            peer.complete(stored, "nothing", {})
        ours.do(element, outputs)
        stored = peer.complete(stored, element, outputs)
    assert ours.last.ended is not None
    with pytest.raises(LookupError):
        peer.complete(stored, WALK[-1][0], {})


def test_blocks_open_all_branches():
    assert len(Walker(load_process(blocks_model(20, 3))).open) == 3


def test_medians_and_ratios():
    assert Costs([0.001, 0.003, 0.1], [0.0, 0.002, 0.1]).figures() == {"cpu_ms": 3.0, "wall_ms": 2.0}
    assert ratio(6, 2) == 3
    assert ratio(6, 0) == 0


def test_the_word_refuses_what_is_no_number(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "engine", "--rounds", "many"])
    assert stopped.value.code == 2
    assert "--help" in capsys.readouterr().err

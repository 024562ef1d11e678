"""Files named together find the processes they call in one another; an id counts in its own file only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import main

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'


def diagram(process: str, *steps: str) -> str:
    """Every file has the same ids for its start, its flows, its message and its first step."""
    ids = ["StartEvent_1", *(f"Activity_{number}" for number in range(len(steps))), "EndEvent_1"]
    body = "".join(step.format(f'id="{ids[number + 1]}"') for number, step in enumerate(steps))
    flows = "".join(
        f'<sequenceFlow id="Flow_{number}" sourceRef="{ids[number]}" targetRef="{ids[number + 1]}"/>'
        for number in range(len(ids) - 1)
    )
    return (
        f'{HEAD}<message id="Message_1" name="{process}"/><process id="{process}" isExecutable="true">'
        f'<startEvent id="StartEvent_1"/>{body}<endEvent id="EndEvent_1"/>{flows}</process></definitions>'
    )


CALL = '<callActivity {{}} calledElement="{}"/>'
WAIT = '<receiveTask {} messageRef="Message_1"/>'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    texts = {
        "a": diagram("a", CALL.format("b"), WAIT),
        "b": diagram("b", WAIT, CALL.format("c")),
        "c": diagram("c", WAIT),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.bpmn").write_text(text, encoding="utf-8")
    return [str(tmp_path / f"{name}.bpmn") for name in texts]


def test_check_finds_what_is_called_among_the_files_named_and_nowhere_else(files, capsys):
    assert main(["check", *files, "--json"]) == 0
    assert [json.loads(line)["accepted"] for line in capsys.readouterr().out.splitlines()] == [True, True, True]
    assert main(["check", files[0], "--json"]) == 1
    assert main(["check", str(Path(files[0]).parent), "--json"]) == 1  # a folder may hold anything


def test_play_goes_through_the_files_and_each_message_is_that_of_its_own_file(files, capsys, tmp_path):
    steps = [{"message": name} for name in ("b", "c", "a")]
    (tmp_path / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    given = ["--called", *files[1:], "--steps", str(tmp_path / "steps.json"), "--json"]
    assert main(["play", files[0], *given]) == 0
    states = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [state["awaits"] for state in states] == [["message:b"], ["message:c"], ["message:a"], []]
    assert states[-1]["ended"]["ends"] == ["EndEvent_1"]


def test_play_refuses_what_calls_a_process_that_was_not_given(files, capsys):
    assert main(["play", files[0], "--called", files[1], "--json"]) == 2
    assert "“c”" in capsys.readouterr().err

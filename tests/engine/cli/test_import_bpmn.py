"""`motcua import-bpmn`: the translated model, its repair list and its forms, in a folder of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import main
from engine.cli.checking import isolated_child

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">'
)


def diagram(task: str, process: str = "p") -> str:
    return (
        f'{HEAD}<process id="{process}" isExecutable="true"><startEvent id="s"/>{task}<endEvent id="e"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/>'
        "</process></definitions>"
    )


FORM = (
    '<userTask id="t"><extensionElements><camunda:formData><camunda:formField id="n" type="long"/>'
    "</camunda:formData></extensionElements></userTask>"
)
DMN = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
    '<inputData id="i" name="copies"><variable name="copies" typeRef="number"/></inputData>'
    '<decision id="fee" name="fee"><variable name="fee" typeRef="number"/><informationRequirement>'
    '<requiredInput href="#i"/></informationRequirement><literalExpression><text>copies * 2</text>'
    "</literalExpression></decision></definitions>"
)


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def imported(given: Path, capsys: pytest.CaptureFixture[str], **files: str) -> tuple[int, list[dict[str, object]]]:
    names = []
    for name, text in files.items():
        path = given / name.replace("_", ".")
        path.write_text(text, encoding="utf-8")
        names.append(str(path))
    code = main(["import-bpmn", *names, "--out", str(given.parent / "out"), "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_model_its_list_and_its_form_are_written_and_accepted(given, capsys):
    code, (answer,) = imported(given, capsys, a_bpmn=diagram(FORM))
    out = given.parent / "out"
    assert (code, answer["accepted"]) == (0, True)
    assert answer["written"] == [str(out / name) for name in ("a.bpmn", "forms/t.form.json", "a.repairs.json")]
    assert main(["check", str(out / "a.bpmn"), str(out / "forms" / "t.form.json")]) == 0
    listed = json.loads((out / "a.repairs.json").read_text(encoding="utf-8"))
    assert listed["repairs"] == answer["repairs"]
    assert listed["counts"] == {"translated": 0, "decide": 1, "left_out": 0}


def test_a_decision_model_given_beside_tells_what_it_asks_for(given, capsys):
    task = '<businessRuleTask id="t" camunda:decisionRef="fee" camunda:resultVariable="r" {}/>'
    task = task.format('camunda:mapDecisionResult="singleEntry"')
    code, (answer,) = imported(given, capsys, a_bpmn=diagram(task), b_dmn=DMN)
    assert code == 0
    assert '<motcua:input name="copies" value="copies"/>' in (given.parent / "out" / "a.bpmn").read_text()
    assert {one["kind"] for one in answer["repairs"]} == {"translated"}


def test_what_others_call_stands_in_them(given, capsys):
    call = '<callActivity id="t" calledElement="q"/>'
    code, answers = imported(given, capsys, a_bpmn=diagram(call), b_bpmn=diagram('<userTask id="t"/>', "q"))
    assert code == 0
    assert answers[1]["within"] == [str(given / "a.bpmn")]
    assert not (given.parent / "out" / "b.bpmn").exists()
    assert main(["check", str(given.parent / "out" / "a.bpmn")]) == 0


def test_what_cannot_be_run_even_so_is_code_1_and_still_written(given, capsys):
    code, answers = imported(given, capsys, a_bpmn=diagram('<complexGateway id="t"/>'), b_bpmn="<xml")
    assert code == 1
    assert [answer["accepted"] for answer in answers] == [False, False]
    assert (given.parent / "out" / "a.bpmn").exists()
    assert (given.parent / "out" / "b.repairs.json").exists()


def test_a_file_that_hangs_the_reader_ends_with_a_sentence(given, capsys, monkeypatch):
    monkeypatch.setattr(isolated_child, "_work", lambda *_: None)
    code, (answer,) = imported(given, capsys, a_bpmn=diagram(FORM))
    assert code == 1
    assert [one["code"] for one in answer["findings"]] == ["check_stopped"]


def test_the_original_is_never_overwritten(given, capsys):
    (given / "a.bpmn").write_text(diagram(FORM), encoding="utf-8")
    assert main(["import-bpmn", str(given / "a.bpmn"), "--out", str(given)]) == 2
    assert main(["import-bpmn", str(given / "nowhere.bpmn"), "--out", str(given / "x")]) == 2
    assert (given / "a.bpmn").read_text(encoding="utf-8") == diagram(FORM)
    assert "--out" in capsys.readouterr().err


def test_it_reads_to_a_person_in_both_languages(given, capsys):
    (given / "a.bpmn").write_text(diagram('<userTask id="t" camunda:assignee="hoa"/>'), encoding="utf-8")
    assert main(["import-bpmn", str(given / "a.bpmn"), "--out", str(given.parent / "out")]) == 0
    said = capsys.readouterr().out
    assert "làn nói ai làm" in said
    assert "the lane says who works" in said

"""`motcua play` as an analyst uses it: every kind of step, and a sentence for every wrong one."""

from __future__ import annotations

import json

import pytest
from families import FAMILIES
from office import MORNING, chain, draw, flow

from engine.cli.program import main
from engine.workflow.errors import WorkflowError
from engine.workflow.simulation import play

TASK = draw(
    '<startEvent id="s"/><userTask id="a" name="Thẩm định" motcua:outputs="x"/><endEvent id="e"/>'
    + chain("s", "a", "e")
)


def states(xml: bytes, *steps: dict) -> list[dict]:
    return list(play(xml, steps, at=MORNING))


@pytest.mark.parametrize(
    "step",
    [
        {},
        {"dance": 1},
        {"complete": "a", "timer": "a"},
        {"complete": "a", "dta": {}},
        {"complete": "a", "data": [1]},
        {"complete": "a", "flow": "x"},
        {"complete": ["a"]},
        {"complete": None},
        {"complete": "nobody"},
        {"job": "a"},
        {"fail": "a"},
        {"timer": "a"},
        {"wait": "tomorrow"},
        {"wait": "-P1D"},
        {"wait": 5},
        {"until": "2020-01-01"},
        {"until": "soon"},
        {"message": "M"},
        {"signal": "S"},
        {"set": 1},
        {"retry": "a"},
        {"skip": "a"},
    ],
)
def test_a_wrong_step_is_told_and_changes_nothing(step):
    before, after, done = states(TASK, step, {"complete": "Thẩm định", "data": {"x": 1}})[0:3]
    assert after["error"]
    assert after["error_en"]
    assert {key: after[key] for key in ("open", "variables", "at", "ended")} == {
        key: before[key] for key in ("open", "variables", "at", "ended")
    }
    assert done["ended"]


def test_what_is_refused_does_not_reach_the_variables():
    free = draw('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + chain("s", "a", "e"))
    found = states(free, {"complete": "a", "data": {"y": 1}, "flow": "none"})
    assert found[1]["error"]
    assert found[1]["variables"] == {}


def test_retry_and_skip_an_incident():
    xml = draw(
        '<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/>'
        + chain("s", "g")
        + flow("g", "a", "n = 1")
        + flow("g", "b", "n = 2")
    )
    found = states(xml, {"retry": "g"}, {"set": {"n": 1}}, {"retry": "g"})
    assert [bool(state["incidents"]) for state in found] == [True, True, True, False]
    assert found[-1]["open"][0]["element"] == "a"
    skipped = states(xml, {"skip": "g"}, {"skip": "g", "flow": "g.b", "reason": "đã hỏi"})
    assert "mũi tên" in skipped[1]["error"]
    assert skipped[2]["open"][0]["element"] == "b"
    assert not skipped[2]["incidents"]


def test_time_travel_rings_each_timer_at_its_own_time_and_stops_before_for_ever():
    family = FAMILIES["border cycle"]
    found = states(family.xml, {"wait": "PT90M"})
    assert [state["at"][11:16] for state in found] == ["01:00", "02:30"]
    assert [task["element"] for task in found[1]["open"]] == ["a", "b"]
    endless = family.xml.replace(b"R2/PT1H", b"R/PT1S")
    assert "1000" in states(endless, {"wait": "P100Y"})[1]["error"]


def test_several_starts_need_a_word():
    family = FAMILIES["several starts, one named"]
    with pytest.raises(WorkflowError, match="s, t"):
        states(family.xml)
    with pytest.raises(WorkflowError):
        states(family.xml, {"start": {}, "event": "nowhere"})
    with pytest.raises(WorkflowError):
        states(family.xml, {"start": [1]})


def test_what_is_sent_is_shown():
    first = states(FAMILIES["message thrown"].xml)[0]
    assert [one["message"] for one in first["sent"]] == ["Trả lời", "Trả lời"]


@pytest.mark.parametrize("name", ["exclusive choice by a person", "timer, duration in FEEL", "service task"])
def test_the_readable_form_says_what_is_open_and_how_it_ends(name, tmp_path, capsys):
    family = FAMILIES[name]
    (tmp_path / "x.bpmn").write_bytes(family.xml)
    (tmp_path / "steps.json").write_text(json.dumps(family.steps))
    words = ["play", str(tmp_path / "x.bpmn"), "--steps", str(tmp_path / "steps.json")]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "kết thúc / ended: completed e" in told
    assert any(mark in told for mark in ("☐", "◷", "↗"))
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ended"]["kind"] == "completed"


def test_a_refused_diagram_is_told_with_its_way_out(tmp_path, capsys):
    (tmp_path / "x.bpmn").write_bytes(draw('<startEvent id="s"/><complexGateway id="g"/>' + chain("s", "g")))
    assert main(["play", str(tmp_path / "x.bpmn")]) == 2
    told = capsys.readouterr().err
    assert "«g»" in told
    assert "inclusive" in told


def test_the_process_may_be_named(tmp_path, capsys):
    two = draw('<startEvent id="s"/><userTask id="a"/>' + chain("s", "a")).replace(
        b"</definitions>",
        b'<process id="q" isExecutable="true"><startEvent id="t"/><userTask id="b"/>'
        b'<sequenceFlow id="f" sourceRef="t" targetRef="b"/></process></definitions>',
    )
    (tmp_path / "x.bpmn").write_bytes(two)
    assert main(["play", str(tmp_path / "x.bpmn")]) == 2
    assert "--process" in capsys.readouterr().err
    assert main(["play", str(tmp_path / "x.bpmn"), "--process", "q", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["open"][0]["element"] == "b"


def test_a_journey_through_too_many_rings_changes_nothing():
    border = (
        '<boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><timerEventDefinition>'
        "<timeCycle>R/PT1M</timeCycle></timerEventDefinition></boundaryEvent>"
        '<userTask id="again"/>' + chain("b", "again")
    )
    body = '<startEvent id="s"/><userTask id="t"/><endEvent id="e"/>' + chain("s", "t", "e") + border
    start, refused, after = states(draw(body), {"start": {}}, {"wait": "P10Y"}, {"wait": "PT30S"})
    assert "1000" in refused["error_en"]
    assert refused["open"] == start["open"]
    assert after["error"] is None
    assert after["open"] == start["open"]

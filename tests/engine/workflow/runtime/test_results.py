"""`<motcua:output name value>`: what an activity gives to those around it, made of what is seen inside."""

from __future__ import annotations

import pytest
from foreign import do, open_in, row, whole
from office import MORNING

from engine.workflow.simulation import Stage
from engine.workflow.spec import check_model, load_process

OURS = 'xmlns:motcua="https://motcua.vn/bpmn"'


def mapped(*pairs: tuple[str, str, str]) -> str:
    inside = "".join(f'<motcua:{kind} {OURS} name="{name}" value="{value}"/>' for kind, name, value in pairs)
    return f"<extensionElements>{inside}</extensionElements>"


def begun(inside: str, **variables: object) -> Stage:
    return Stage(load_process(whole(inside)), variables, MORNING)


INNER = (
    f'<startEvent id="i"/><userTask id="u" {OURS} motcua:outputs="x, y"/><endEvent id="o"/>'
    '<sequenceFlow id="f1" sourceRef="i" targetRef="u"/><sequenceFlow id="f2" sourceRef="u" targetRef="o"/>'
)


def test_a_subprocess_gives_out_and_keeps_what_is_its_own():
    own = mapped(("input", "x", "n + 1"), ("output", "n", "x * 10"))
    stage = begun(row(f'<subProcess id="sub">{own}{INNER}</subProcess>', '<userTask id="b"/>'), n=1)
    do(stage, {"complete": "u", "data": {"x": 5, "y": 6}})
    assert open_in(stage) == ["b"]
    assert stage.last.variables == {"n": 50, "y": 6}


def test_a_task_gives_out_what_is_made_of_its_answer():
    own = mapped(("input", "answer", "null"), ("output", "ok", "answer.code = 1"))
    task = f'<serviceTask id="a" {OURS} motcua:connector="k" motcua:outputs="answer">{own}</serviceTask>'
    stage = do(begun(row(task, '<userTask id="b"/>')), {"job": "a", "data": {"answer": {"code": 1}}})
    assert stage.last.variables == {"ok": True}


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_each_of_a_repetition_gives_what_is_collected_and_what_is_not(sequential):
    loop = (
        f'<multiInstanceLoopCharacteristics {OURS} isSequential="{sequential}" motcua:collection="[1, 2, 3]" '
        'motcua:item="one" motcua:collect="all" motcua:collected="square"/>'
    )
    own = mapped(("output", "square", "one * one"), ("output", "last", "one"))
    stage = begun(row(f'<userTask id="a">{own}{loop}</userTask>', '<userTask id="b"/>'))
    do(stage, {"complete": "a"}, {"complete": "a"}, {"complete": "a"})
    assert stage.last.variables == {"all": [1, 4, 9], "last": 3}


def test_a_result_that_cannot_be_kept_is_an_incident_and_can_be_tried_again():
    own = mapped(("output", "r", "count(for i in 1..n return i)"))
    stage = begun(row(f'<userTask id="a">{own}</userTask>', '<userTask id="b"/>'), n=10**12)
    do(stage, {"complete": "a"})
    assert [one.element_id for one in stage.incidents.values()] == ["a"]
    do(stage, {"set": {"n": 2}}, {"retry": "a"})
    assert open_in(stage) == ["b"]
    assert stage.last.variables["r"] == 2


def test_a_result_that_is_no_feel_is_found_at_check():
    own = mapped(("output", "r", "1 +"))
    assert "expression_unreadable" in {
        one.code for one in check_model(whole(row(f'<userTask id="a">{own}</userTask>')))
    }

"""`check` never passes over a word of another engine: what moves something is refused, the rest is told once a file."""

from __future__ import annotations

import pytest
from foreign import extended, row, whole

from engine.workflow.spec import check_model, load_process


def findings(inside: str, beside: str = "", executable: bool = True) -> dict[str, tuple[str, str]]:
    xml = whole(inside, beside)
    if not executable:
        xml = xml.replace(b'isExecutable="true"', b'isExecutable="false"')
    return {one.code: (one.severity, one.message_en) for one in check_model(xml) if one.code.startswith("vendor")}


MOVING = [
    ('<userTask id="u" flowable:skipExpression="${x}"/>', "flowable:skipExpression"),
    ('<serviceTask id="u" camunda:resultVariable="r"/>', "camunda:resultVariable"),
    (
        '<userTask id="u"><multiInstanceLoopCharacteristics activiti:collection="l" activiti:elementVariable="o">'
        "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
        "activiti:collection, activiti:elementVariable",
    ),
    (
        f'<userTask id="u"><multiInstanceLoopCharacteristics>{extended("<zeebe:loopCharacteristics/>")}'
        "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
        "zeebe:loopCharacteristics",
    ),
    *(
        (f'<userTask id="u">{extended(f"<{word}/>")}</userTask>', word)
        for word in ("camunda:inputOutput", "zeebe:ioMapping", "operaton:in", "flowable:out", "zeebe:calledDecision")
    ),
]


@pytest.mark.parametrize(("step", "word"), MOVING)
def test_what_moves_a_token_or_a_value_is_refused(step, word):
    severity, message = findings(row(step))["vendor_moves"]
    assert severity == "error"
    assert f"has {word}:" in message


@pytest.mark.parametrize(("step", "word"), MOVING)
def test_in_a_drawing_for_people_and_in_what_is_published_it_is_a_warning(step, word):
    assert findings(row(step), executable=False)["vendor_moves"][0] == "warning"
    assert "vendor_moves" in {one.code for one in load_process(whole(row(step))).warnings}


def test_a_key_of_a_message_is_refused():
    message = f'<message id="m" name="M">{extended("<zeebe:subscription/>")}</message>'
    assert findings(row('<receiveTask id="r" messageRef="m"/>'), message)["vendor_moves"][0] == "error"


def test_terminate_all_is_harmless_at_the_top_only():
    end = '<endEvent id="e"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>'
    assert findings(row('<userTask id="u"/>', end=end)) == {}
    inner = f'<startEvent id="i"/>{end}<sequenceFlow id="f" sourceRef="i" targetRef="e"/>'
    assert "vendor_moves" in findings(row(f'<subProcess id="sub">{inner}</subProcess>', end='<endEvent id="o"/>'))


@pytest.mark.parametrize(
    "step",
    [
        f'<userTask id="u">{extended("<camunda:properties/>")}</userTask>',
        '<userTask id="u" camunda:asyncBefore="true"/>',
        '<userTask id="u" flowable:skipExpression="false"/>',
        '<serviceTask id="u" camunda:resultVariable="r" xmlns:m="https://motcua.vn/bpmn" m:outputs="r"/>',
        '<userTask id="u" xmlns:m="https://motcua.vn/bpmn"><multiInstanceLoopCharacteristics camunda:collection="l" '
        'm:collection="l"/></userTask>',
    ],
)
def test_what_moves_nothing_or_is_said_in_our_words_too_is_passed_over(step):
    assert findings(row(step)) == {}


def test_the_rest_is_told_once_a_file():
    one = f'<userTask id="u" camunda:assignee="a">{extended("<camunda:taskListener/>")}</userTask>'
    two = '<serviceTask id="v" camunda:class="x.Y"/><userTask id="w" camunda:assignee="b"/>'
    severity, message = findings(row(one, *two.replace("/><", "/>\n<").split("\n")))["vendor_words"]
    assert severity == "warning"
    assert "camunda:assignee (2), camunda:taskListener (1), camunda:class (1)" in message


@pytest.mark.parametrize(
    ("timer", "code", "offered"),
    [
        ("0 0 8 * * ?", "timer_cron", "R/2024-01-01T08:00:00/P1D"),
        ("${due}", "expression_juel", "In FEEL: due"),
        ("14 ngày", "timer_unreadable", ""),
    ],
)
def test_a_timer_in_another_language_is_named_and_ours_is_offered(timer, code, offered):
    kind = "timeCycle" if "*" in timer else "timeDuration"
    event = f"<timerEventDefinition><{kind}>{timer}</{kind}></timerEventDefinition>"
    task = '<userTask id="u"/>'
    border = f'<boundaryEvent id="b" attachedToRef="u" cancelActivity="false">{event}</boundaryEvent>'
    found = {one.code: one.message_en for one in check_model(whole(row(task) + border))}
    assert offered in found[code]


def test_a_condition_in_juel_is_named_and_feel_is_offered():
    flow = (
        '<sequenceFlow id="f" sourceRef="u" targetRef="o"><conditionExpression>${a &amp;&amp; !b}</conditionExpression>'
    )
    found = check_model(whole(row('<userTask id="u"/>') + f'<endEvent id="o"/>{flow}</sequenceFlow>'))
    assert [one.message_en for one in found if one.code == "expression_juel"] == [
        "“${a && !b}” of «u» is an expression of JUEL, which is not run here. In FEEL: a and not(b)"
    ]

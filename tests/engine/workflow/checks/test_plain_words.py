"""Words where a machine would want an expression: people decide in a drawing, an executable process is refused."""

from __future__ import annotations

import pytest
from foreign import do, open_in, row, whole
from office import MORNING

from engine.workflow.simulation import Stage
from engine.workflow.spec import check_model, load_process


def drawing(inside: str) -> bytes:
    return whole(inside).replace(b'isExecutable="true"', b'isExecutable="false"')


def codes(xml: bytes) -> dict[str, str]:
    return {one.code: one.severity for one in check_model(xml)}


def begun(xml: bytes) -> Stage:
    return Stage(load_process(xml), {}, MORNING)


def gateway(yes: str, no: str, kind: str = "exclusiveGateway") -> str:
    flow = '<sequenceFlow id="{0}" sourceRef="g" targetRef="{1}"><conditionExpression>{2}</conditionExpression>'
    flows = "".join(f"{flow.format(*one)}</sequenceFlow>" for one in (("yes", "a", yes), ("no", "b", no)))
    start = '<startEvent id="s"/><sequenceFlow id="sg" sourceRef="s" targetRef="g"/>'
    return f'{start}<{kind} id="g"/><userTask id="a"/><userTask id="b"/>{flows}'


LABELS = [("Đồng ý", "Không đồng ý"), ("yes", "no"), ("5", "7"), ("> 100 €", "sonst"), ("'x'", "True")]


@pytest.mark.parametrize(("yes", "no"), LABELS)
@pytest.mark.parametrize("kind", ["exclusiveGateway", "inclusiveGateway"])
def test_labels_of_a_drawing_are_a_choice_by_their_words(yes, no, kind):
    xml = drawing(gateway(yes.replace(">", "&gt;"), no, kind))
    assert codes(xml) == {"labels_by_person": "warning", "choice_by_person": "warning"}
    stage = begun(xml)
    (task,) = stage.tasks.values()
    assert [choice.name for choice in stage.spec.elements["g"].choices] == [yes, no]
    do(stage, {"complete": task.token, "flow": no})
    assert open_in(stage) == ["b"]


@pytest.mark.parametrize(("yes", "no"), [("Đồng ý", "Không đồng ý"), ("yes", "no"), ("5", "7"), ("True", "None")])
def test_labels_of_an_executable_process_are_refused(yes, no):
    assert codes(whole(gateway(yes, no)))["label_no_condition"] == "error"


@pytest.mark.parametrize(
    ("yes", "no"), [("x &gt; 1", "not(x &gt; 1)"), ("true", "false"), ("copies &gt; 1", "copies = 1")]
)
def test_conditions_stay_conditions_in_both(yes, no):
    for xml in (drawing(gateway(yes, no)), whole(gateway(yes, no))):
        assert not {"labels_by_person", "label_no_condition"} & set(codes(xml))


def test_one_word_may_be_a_variable_that_a_form_writes_but_not_a_word_of_programs():
    for word, refused in (("approved", False), ("True", True), ("7", True), ("rất tốt", True)):
        flows = gateway(word, "true").replace('<exclusiveGateway id="g"/>', '<exclusiveGateway id="g" default="no"/>')
        assert ("label_no_condition" in codes(whole(flows))) == refused, word


def test_a_declared_name_is_a_condition_however_it_looks():
    ours = 'xmlns:m="https://motcua.vn/bpmn" m:outputs="đồng ý, hợp lệ"'
    inside = gateway("đồng ý", "hợp lệ").replace('<userTask id="a"/>', f'<userTask id="a" {ours}/>')
    assert "labels_by_person" not in codes(drawing(inside))
    assert "label_no_condition" not in codes(whole(inside))


def border(time: str, kind: str = "timeDuration") -> str:
    event = f"<timerEventDefinition><{kind}>{time}</{kind}></timerEventDefinition>"
    ends = '<endEvent id="o"/><sequenceFlow id="bo" sourceRef="b" targetRef="o"/>'
    return row('<userTask id="u"/>') + f'<boundaryEvent id="b" attachedToRef="u">{event}</boundaryEvent>{ends}'


WORDS = ["14 ngày", "hàng tuần", "31/12/2026", "5", "p1d", "sau khi nộp phí", "2026-99-99"]


@pytest.mark.parametrize("time", WORDS)
def test_a_time_in_words_is_recorded_by_a_person_in_a_drawing(time):
    xml = drawing(border(time))
    assert codes(xml)["event_in_words"] == "warning"
    stage = begun(xml)
    assert open_in(stage) == ["b", "u"]
    do(stage, {"complete": "b"})
    assert stage.ended


@pytest.mark.parametrize("time", WORDS)
def test_a_time_in_words_is_refused_in_an_executable_process(time):
    assert {"words_no_event", "timer_unreadable"} & {
        code for code, how in codes(whole(border(time))).items() if how == "error"
    }


@pytest.mark.parametrize(
    "time", ["P14D", "2026-12-31", 'duration("P1D")', "date and time(x)", "due_on", '"P" + string(n) + "D"']
)
def test_a_time_is_a_time(time):
    quoted = time.replace('"', "&quot;")
    assert not {"words_no_event", "timer_unreadable"} & set(codes(whole(border(quoted))))


def test_a_loop_marker_without_data_is_done_once_in_a_drawing():
    for marker in ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"):
        xml = drawing(row(f'<userTask id="u"><{marker}/></userTask>'))
        assert codes(xml) == {"loop_by_hand": "warning"}
        assert do(begun(xml), {"complete": "u"}).ended
        assert codes(whole(row(f'<userTask id="u"><{marker}/></userTask>')))["loop_unclear"] == "error"


def test_an_event_gateway_before_work_is_a_choice_in_a_drawing():
    event = (
        '<intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>'
    )
    flows = "".join(f'<sequenceFlow id="f{one}" sourceRef="g" targetRef="{one}"/>' for one in ("a", "c"))
    inside = (
        '<startEvent id="s"/><sequenceFlow id="sg" sourceRef="s" targetRef="g"/><eventBasedGateway id="g"/>'
        f'<userTask id="a"/>{event}</intermediateCatchEvent>{flows}'
    )
    assert codes(drawing(inside)) == {"race_by_person": "warning", "choice_by_person": "warning"}
    stage = do(begun(drawing(inside)), {"complete": "g", "flow": "fc"})
    assert [one.element_id for one in stage.timers.values()] == ["c"]
    assert codes(whole(inside))["gateway_targets"] == "error"


def test_a_called_process_that_is_nowhere_is_done_by_hand_in_a_drawing():
    call = row('<callActivity id="c" name="Thẩm định" calledElement="elsewhere"/>')
    assert codes(drawing(call)) == {"called_by_hand": "warning"}
    assert do(begun(drawing(call)), {"complete": "c"}).ended
    assert codes(whole(call))["called_missing"] == "error"


def test_a_condition_in_another_language_is_a_choice_in_a_drawing_and_yes_and_no_are_the_same_in_all():
    xpath = b'<conditionExpression language="http://www.w3.org/1999/XPath">'
    for condition, code in (("$a = 1", "labels_by_person"), ("true", None)):
        xml = gateway(condition, condition)
        told = codes(drawing(xml).replace(b"<conditionExpression>", xpath))
        assert told.get("labels_by_person") == (code and "warning")
        refused = "language_refused" in codes(whole(xml).replace(b"<conditionExpression>", xpath))
        assert refused == (code is not None)

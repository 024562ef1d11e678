"""What other engines write runs as it did there, or stands in the list; nothing vanishes."""

from __future__ import annotations

import pytest
from foreign import NAMESPACES, alone, begun, do, extended, open_in, row, told, whole

from engine.workflow.dialects import translate
from engine.workflow.spec import check_model

SEVEN = [prefix for prefix in NAMESPACES if prefix != "zeebe"]
OUTPUTS = 'xmlns:motcua="https://motcua.vn/bpmn" motcua:outputs="r, y, result"'


@pytest.mark.parametrize("prefix", SEVEN)
def test_a_call_takes_in_and_gives_out_what_was_named(prefix):
    mapped = extended(
        f'<{prefix}:in source="x" target="y"/><{prefix}:in sourceExpression="${{x + 5}}" target="z"/>'
        f'<{prefix}:out source="r" target="result"/><{prefix}:out sourceExpression="${{y + 1}}" target="x"/>'
    )
    calling = row(f'<callActivity id="c" calledElement="q">{mapped}</callActivity>', '<userTask id="after"/>')
    called = (
        row(f'<userTask id="inside" {OUTPUTS}/>').replace('"s"', '"s2"').replace('"e"', '"e2"').replace('"s_', '"s2_')
    )
    found = translate({"a.bpmn": whole(calling), "b.bpmn": whole(called, process="q")})
    stage = begun(found[0], {"x": 1})
    (inner,) = [one for one in stage.tasks.values() if one.element_id == "inside"]
    do(stage, {"complete": inner.token, "data": {"r": 7, "y": 10}})
    assert open_in(stage) == ["after"]
    # y and z were seen inside only; r was written inside the call and given out under another name
    assert stage.last.variables == {"x": 11, "result": 7}
    assert found[1].xml is None
    assert found[1].within == ("a.bpmn",)


def test_zeebe_maps_what_a_person_or_a_connector_gives():
    mapping = (
        '<zeebe:taskDefinition type="check"/><zeebe:ioMapping><zeebe:input source="= amount * 2" target="m"/>'
        '<zeebe:input source="plain" target="k"/><zeebe:output source="= result.ok" target="ok"/></zeebe:ioMapping>'
    )
    found = alone(row(f'<serviceTask id="a">{extended(mapping)}</serviceTask>', '<userTask id="b"/>'))
    assert ("code_by_hand", "zeebe:taskDefinition") in told(found, "decide")
    stage = do(begun(found, {"amount": 4}), {"complete": "a", "data": {"result": {"ok": True}}})
    assert stage.last.variables == {"amount": 4, "ok": True}


def test_an_embedded_subprocess_gives_out_what_was_written_inside():
    inner = '<startEvent id="i"/><userTask id="u"/><endEvent id="o"/>'
    inner += '<sequenceFlow id="f1" sourceRef="i" targetRef="u"/><sequenceFlow id="f2" sourceRef="u" targetRef="o"/>'
    given = extended(
        '<camunda:inputOutput><camunda:inputParameter name="own">${outer}</camunda:inputParameter>'
        '<camunda:outputParameter name="given">${own}</camunda:outputParameter></camunda:inputOutput>'
    )
    found = alone(row(f'<subProcess id="sub">{given}{inner}</subProcess>', '<userTask id="b"/>'))
    stage = begun(found, {"outer": "x"})
    do(stage, {"complete": "u", "data": {}})
    assert stage.last.variables == {"outer": "x", "given": "x"}


@pytest.mark.parametrize("prefix", SEVEN)
def test_a_repetition_has_its_list_and_the_name_of_one(prefix):
    loop = (
        f'<multiInstanceLoopCharacteristics isSequential="true" {prefix}:collection="${{people}}" '
        f'{prefix}:elementVariable="one"><completionCondition>${{nrOfCompletedInstances >= 2}}</completionCondition>'
        "</multiInstanceLoopCharacteristics>"
    )
    stage = begun(alone(row(f'<userTask id="u">{loop}</userTask>', '<userTask id="b"/>')), {"people": ["A", "B", "C"]})
    do(stage, {"complete": "u"})
    assert open_in(stage) == ["u"]
    do(stage, {"complete": "u"})
    assert open_in(stage) == ["b"]


def test_zeebe_collects_a_computed_result_of_each():
    loop = "<multiInstanceLoopCharacteristics>" + extended(
        '<zeebe:loopCharacteristics inputCollection="= list" inputElement="one" outputCollection="all" '
        'outputElement="= one * 10"/>'
    )
    body = row(f'<userTask id="u">{loop}</multiInstanceLoopCharacteristics></userTask>', '<userTask id="b"/>')
    stage = do(begun(alone(body), {"list": [1, 2]}), {"complete": "u"}, {"complete": "u"})
    assert stage.last.variables["all"] == [10, 20]


KEY = extended('<zeebe:subscription correlationKey="= code"/>')
SCRIPT = extended('<zeebe:script expression="= r + 1" resultVariable="q"/>')


def test_a_message_of_zeebe_finds_its_own_receiver():
    message = f'<message id="m" name="Rút">{KEY}</message>'
    stage = begun(alone(row('<receiveTask id="r" messageRef="m"/>'), message), {"code": "HS-1"})
    step = {"message": "Rút", "key": "HS-2"}
    with pytest.raises(AssertionError):
        do(stage, step)
    do(stage, {**step, "key": "HS-1"})
    assert stage.ended


def choice(condition: str, language: str = "") -> str:
    flow = '<sequenceFlow id="{0}" sourceRef="g" targetRef="{1}">{2}</sequenceFlow>'
    asked = f"<conditionExpression {language}>{condition}</conditionExpression>"
    return (
        '<startEvent id="s"/><exclusiveGateway id="g" default="no"/><userTask id="a"/><userTask id="b"/>'
        '<sequenceFlow id="sg" sourceRef="s" targetRef="g"/>'
        + flow.format("yes", "a", asked)
        + flow.format("no", "b", "")
    )


@pytest.mark.parametrize(
    ("condition", "language"),
    [
        ("${x &gt; 5 &amp;&amp; !y}", ""),
        ("#{x &gt; 5 and not y}", 'language="juel"'),
        ("= x &gt; 5 and not(y)", ""),
        ("x &gt; 5 &amp;&amp; !y", 'language="javascript"'),
        ("x &gt; 5 &amp;&amp; !y", 'language="groovy"'),
    ],
)
def test_a_condition_goes_the_same_way(condition, language):
    found = alone(choice(condition, language))
    assert open_in(begun(found, {"x": 6, "y": False})) == ["a"]
    assert open_in(begun(found, {"x": 6, "y": True})) == ["b"]


@pytest.mark.parametrize(
    ("condition", "language"),
    [("${bean.ok(x)}", ""), ("execution.x()", 'language="groovy"'), ("x[y]", 'language="javascript"')],
)
def test_a_gateway_without_feel_asks_a_person(condition, language):
    found = alone(choice(condition, language))
    assert told(found, "decide") == [("condition_by_person", "conditionExpression")]
    assert all(one.severity == "warning" for one in check_model(found.xml or b""))
    stage = begun(found)
    do(stage, {"complete": "g", "flow": "yes"})
    assert open_in(stage) == ["a"]


def test_a_script_of_one_expression_is_computed_and_any_other_is_done_by_hand():
    one = '<scriptTask id="a" scriptFormat="juel" camunda:resultVariable="r"><script>${x * 2}</script></scriptTask>'
    two = f'<scriptTask id="b">{SCRIPT}</scriptTask>'
    three = '<serviceTask id="c" camunda:expression="${q + 1}" camunda:resultVariable="z"/>'
    four = '<scriptTask id="d" scriptFormat="groovy"><script>execution.setVariable("k", 1)</script></scriptTask>'
    found = alone(row(one, two, three, four))
    stage = begun(found, {"x": 5})
    assert stage.last.variables == {"x": 5, "r": 10, "q": 11, "z": 12}
    assert open_in(stage) == ["d"]
    assert ("script_by_hand", "groovy") in told(found, "decide")


def test_terminate_all_at_the_top_is_the_same_and_below_is_told():
    end = '<endEvent id="e"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>'
    assert told(alone(row('<userTask id="u"/>', end=end)), "decide") == []
    inner = f'<startEvent id="i"/>{end}<sequenceFlow id="f" sourceRef="i" targetRef="e"/>'
    found = alone(row(f'<subProcess id="sub">{inner}</subProcess>', end='<endEvent id="o"/>'))
    assert told(found, "decide") == [("moves_tokens", "flowable:terminateAll")]


def test_a_group_becomes_a_proposed_lane_and_never_a_second_one():
    found = alone(row('<userTask id="u" camunda:candidateGroups="clerks"/>', '<userTask id="v"/>'))
    spec = begun(found).spec
    assert (spec.elements["u"].lane, spec.elements["v"].lane) == ("clerks", None)
    lane = '<laneSet id="l"><lane id="lane_head"><flowNodeRef>u</flowNodeRef></lane></laneSet>'
    found = alone(lane + row('<userTask id="u" camunda:candidateGroups="clerks"/>'))
    assert begun(found).spec.elements["u"].lane == "head"
    assert ("assignment", "camunda:candidateGroups") in told(found, "decide")


def test_form_fields_become_a_form_and_the_variables_it_writes():
    fields = (
        '<camunda:formData><camunda:formField id="amount" label="Số tiền" type="long"><camunda:validation>'
        '<camunda:constraint name="required"/></camunda:validation></camunda:formField>'
        '<camunda:formField id="kind" type="enum"><camunda:value id="a" name="Loại A"/></camunda:formField>'
        "</camunda:formData>"
    )
    found = alone(row(f'<userTask id="u">{extended(fields)}</userTask>'))
    amount, kind = found.forms["u"]["components"]
    assert amount == {
        "type": "number",
        "key": "amount",
        "label": "Số tiền",
        "label_en": "Số tiền",
        "validate": {"required": True},
    }
    assert kind["values"] == [{"value": "a", "label": "Loại A", "label_en": "Loại A"}]
    assert begun(found).spec.elements["u"].outputs == ("amount", "kind")


def test_a_decision_is_asked_by_its_id_with_the_data_of_its_model():
    task = '<businessRuleTask id="d" camunda:decisionRef="fee" camunda:resultVariable="r"/>'
    xml = whole(row(task))
    (found,) = translate({"a.bpmn": xml}, {"fee": ("copies", "kind")})
    (call,) = begun(found, {"copies": 2, "kind": "a"}).calls.values()
    assert (call.decision_ref, call.inputs) == ("fee", {"copies": 2, "kind": "a"})
    assert ("decision_not_given", "camunda:decisionRef") in told(translate({"a.bpmn": xml})[0], "decide")


def test_a_called_process_that_is_not_given_is_a_step_by_hand():
    found = alone(row('<callActivity id="c" calledElement="elsewhere"/>'))
    assert ("called_not_given", "calledElement") in told(found, "decide")
    assert open_in(begun(found)) == ["c"]


def test_ids_count_in_their_own_file_only():
    first = whole(row('<callActivity id="c" calledElement="q"/>', '<userTask id="u"/>'))
    second = whole(row('<userTask id="u"/>', '<callActivity id="c" calledElement="r"/>'), process="q")
    third = whole(row('<userTask id="u"/>'), process="r")
    found = translate({"a": first, "b": second, "c": third})
    assert [one.xml is not None for one in found] == [True, False, False]
    stage = begun(found[0])
    for task in ("u.1", "u.2", "u"):
        assert open_in(stage) == [task]
        do(stage, {"complete": task})
    assert stage.ended


def test_files_that_call_each_other_in_a_circle_stay_and_are_refused():
    first = whole(row('<callActivity id="c" calledElement="q"/>'))
    second = whole(row('<callActivity id="c" calledElement="p"/>'), process="q")
    for found in translate({"a": first, "b": second}):
        assert found.xml is not None
        assert "called_circle" in {one.code for one in check_model(found.xml, process_id="p")}


def test_a_diagram_of_our_own_comes_out_as_it_went_in():
    ours = row('<userTask id="u" xmlns:motcua="https://motcua.vn/bpmn" motcua:form="f" motcua:outputs="a"/>')
    found = alone(ours)
    assert list(found.repairs) == []
    assert begun(found).spec.elements["u"].extension == {"form": "f", "outputs": "a"}


def test_what_cannot_be_read_is_refused_with_its_sentence():
    (found,) = translate({"a": b"<xml"})
    assert found.xml is None
    assert [one.code for one in found.findings] == ["not_xml"]


def test_gateways_without_conditions_go_as_they_went_there_or_are_told():
    fork = (
        '<startEvent id="s"/><{0} id="g"/><userTask id="a"/><userTask id="b"/>'
        '<sequenceFlow id="sg" sourceRef="s" targetRef="g"/><sequenceFlow id="ga" sourceRef="g" targetRef="a"/>'
        '<sequenceFlow id="gb" sourceRef="g" targetRef="b"/>'
    )
    assert open_in(begun(alone(fork.format("inclusiveGateway")))) == ["a", "b"]
    assert told(alone(fork.format("exclusiveGateway")), "decide") == [("first_way_taken", "exclusiveGateway")]


def test_a_value_of_a_step_alone_is_told_because_forms_read_the_dossier():
    given = (
        '<camunda:inputOutput><camunda:inputParameter name="own">${x}</camunda:inputParameter></camunda:inputOutput>'
    )
    found = alone(row(f'<userTask id="u">{extended(given)}</userTask>'))
    assert told(found, "decide") == [("input_of_task", "camunda:inputParameter")]

"""What is drawn and not run is refused: an attribute, a condition or a word that would be passed over silently."""

from __future__ import annotations

import pytest
from office import Office, chain, draw, flow

from engine.workflow.spec import check_model

ONE = '<startEvent id="s"/>{task}<endEvent id="e"/>' + chain("s", "t", "e")
FORK = (
    '<startEvent id="s"/><{gate} id="g"{default}/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    + chain("s", "g")
    + "{flows}"
    + chain("a", "e")
    + chain("b", "e")
)
ERROR = '<error id="E" errorCode="x"/>'


def refused(body: str, declared: str = "") -> dict[str, str]:
    """Code → sentence of what stands against the diagram."""
    found = check_model(draw(body, declared))
    return {one.code: one.message_en for one in found if one.severity == "error"}


def loop(inner: str, kind: str = "multiInstance", attributes: str = "") -> str:
    loop_xml = f"<{kind}LoopCharacteristics {attributes}>{inner}</{kind}LoopCharacteristics>"
    return ONE.format(task=f'<userTask id="t">{loop_xml}</userTask>')


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (loop("<loopCardinality>2</loopCardinality>", attributes='behavior="One"'), 'behavior="One"'),
        (loop("<loopCardinality>-1</loopCardinality>"), 'loopCardinality "-1"'),
        (loop("<loopCardinality>2.5</loopCardinality>"), 'loopCardinality "2.5"'),
        (loop('<loopCardinality>"3"</loopCardinality>'), 'loopCardinality ""3""'),
        (loop("<loopCondition>true</loopCondition>", "standard", 'loopMaximum="${n}"'), 'loopMaximum="${n}"'),
        (loop("<loopCondition>true</loopCondition>", "standard", 'loopMaximum="-2"'), 'loopMaximum="-2"'),
        (ONE.format(task='<receiveTask id="t" messageRef="m" instantiate="true"/>'), 'instantiate="true"'),
        (
            ONE.format(
                task='<intermediateThrowEvent id="t"><compensateEventDefinition waitForCompletion="false"/>'
                "</intermediateThrowEvent>"
            ),
            'waitForCompletion="false"',
        ),
        (
            ONE.format(
                task='<userTask id="t"><ioSpecification><dataInput id="di"/></ioSpecification>'
                "<multiInstanceLoopCharacteristics><loopDataInputRef>di</loopDataInputRef>"
                "</multiInstanceLoopCharacteristics></userTask>"
            ),
            'loopDataInputRef "di"',
        ),
    ],
)
def test_an_attribute_that_is_not_run_is_named(body: str, what: str):
    assert what in refused(body)["attribute_refused"]


@pytest.mark.parametrize("value", ["no", "False", "0.0"])
def test_a_border_that_says_neither_yes_nor_no(value: str):
    border = (
        f'<boundaryEvent id="b" attachedToRef="t" cancelActivity="{value}"><messageEventDefinition messageRef="m"/>'
    )
    body = ONE.format(task='<userTask id="t"/>') + border + "</boundaryEvent>" + chain("b", "e")
    assert f'cancelActivity="{value}"' in refused(body, '<message id="m" name="M"/>')["attribute_refused"]


def test_an_error_always_interrupts():
    inside = '<startEvent id="i"/><endEvent id="x"><errorEventDefinition errorRef="E"/></endEvent>' + chain("i", "x")
    border = '<boundaryEvent id="b" attachedToRef="t"{more}><errorEventDefinition errorRef="E"/></boundaryEvent>'
    body = ONE.format(task=f'<subProcess id="t">{inside}</subProcess>') + border + chain("b", "e")
    assert "error_interrupts" in refused(body.format(more=' cancelActivity="false"'), ERROR)
    assert refused(body.format(more=""), ERROR) == {}


@pytest.mark.parametrize("gate", ["parallelGateway", "inclusiveGateway"])
def test_a_parallel_gateway_asks_nothing(gate: str):
    flows = flow("g", "a", "1 = 2") + flow("g", "b", "1 = 1")
    found = refused(FORK.format(gate=gate, default="", flows=flows))
    assert ("condition_not_here" in found) is (gate == "parallelGateway")


@pytest.mark.parametrize("condition", ["not n = 2", 'not decision = "refuse"', "ok AND paid = true", "n GT 5"])
def test_words_of_other_languages_are_no_names(condition: str):
    flows = flow("g", "a", condition.replace(">", "&gt;")) + flow("g", "b")
    found = refused(FORK.format(gate="exclusiveGateway", default=' default="g.b"', flows=flows))
    assert "one long name" in found["expression_unreadable"]
    assert "not(…)" in found["expression_unreadable"]


def test_expressions_know_what_time_it_is():
    """It is the office's day: 08:00 of 1 October in Vietnam is 01:00 in Greenwich."""
    flows = flow("g", "a", 'today() = date("2026-10-01") and now() &lt; @"2026-10-01T08:01:00+07:00"') + flow("g", "b")
    assert Office(draw(FORK.format(gate="exclusiveGateway", default=' default="g.b"', flows=flows))).tasks == ["a"]


def test_a_condition_is_not_asked_again_because_time_passes():
    catch = (
        '<intermediateCatchEvent id="t"><conditionalEventDefinition><condition>now() &gt; @"2030-01-01T00:00:00Z"'
        "</condition></conditionalEventDefinition></intermediateCatchEvent>"
    )
    assert "condition_by_clock" in refused(ONE.format(task=catch))


@pytest.mark.parametrize("declared", ["", '<message id="m" name="Trả lời"/>'])
def test_a_name_that_is_declared_nowhere_is_remarked(declared: str):
    body = ONE.format(task='<receiveTask id="t" messageRef="m"/>')
    found = {one.code: one.severity for one in check_model(draw(body, declared))}
    assert found == ({} if declared else {"ref_undeclared": "warning"})

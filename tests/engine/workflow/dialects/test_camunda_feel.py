"""FEEL of Camunda 8: its own functions are said in those of the standard, others are refused by name."""

from __future__ import annotations

import pytest
from foreign import alone, begun, do, open_in, row, told, whole

from engine.workflow.dialects.camunda_feel import camunda_feel
from engine.workflow.dialects.juel import UntranslatableError
from engine.workflow.expressions import Context, evaluate, to_json
from engine.workflow.spec import check_model, load_process

FACTS = {"a": None, "b": {"c": 1}, "t": "  x ", "n": 5, "list": []}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("is defined(a)", False),
        ("is defined(b.c) and n > 3", True),
        ("get or else(a, 7) + 1", 8),
        ("get or else(b.c, 7) + 1", 2),
        ('get or else(a, get or else(b.d, "(,)"))', "(,)"),
        ("is empty(list)", True),
        ("is blank(t)", False),
        ('trim(t) = "x"', True),
        ('if is  defined( a ) then 1 else count([n, "get or else(a, b)"])', 2),
        ("sum(for i in 1..n return i)", 15),
    ],
)
def test_the_value_is_the_same(source, wanted):
    assert to_json(evaluate(camunda_feel(source), frozenset(), Context(FACTS))) == wanted


@pytest.mark.parametrize(
    "source", ["uuid()", "from json(t)", "random number() > 0.5", "get or else(a)", "1 +", "trim("]
)
def test_what_the_standard_does_not_have_is_refused(source):
    with pytest.raises(UntranslatableError):
        camunda_feel(source)


def test_a_mapping_and_a_condition_are_translated():
    mapping = '<zeebe:ioMapping><zeebe:output source="= get or else(x, 3)" target="y"/></zeebe:ioMapping>'
    task = f'<manualTask id="m"><extensionElements>{mapping}</extensionElements></manualTask>'
    found = alone(row(task, '<userTask id="u"/>'))
    stage = do(begun(found), {"complete": "m"})
    assert (stage.last.variables, open_in(stage)) == ({"y": 3}, ["u"])


def test_check_refuses_a_function_that_feel_does_not_have():
    flow = '<sequenceFlow id="f" sourceRef="u" targetRef="o">{}</sequenceFlow>'

    def codes(condition: str) -> dict[str, str]:
        xml = whole(
            row('<userTask id="u"/>')
            + '<endEvent id="o"/>'
            + flow.format(f"<conditionExpression>{condition}</conditionExpression>")
        )
        assert load_process(xml)  # what is published already goes on
        return {one.code: one.severity for one in check_model(xml)}

    assert codes("is defined(x)") == {"function_unknown": "error"}
    for fine in ('count(x) = 1 and y = "foo (x)"', "x and (y)", "{f: function(z) z, r: f(true)}.r", "not(x)"):
        assert codes(fine) == {}


def test_what_is_refused_is_listed():
    task = '<userTask id="u"><extensionElements><zeebe:ioMapping><zeebe:input source="= uuid()" target="id1"/>'
    found = alone(row(f"{task}</zeebe:ioMapping></extensionElements></userTask>"))
    assert told(found, "decide") == [("expression_foreign", "zeebe:input")]

"""A pack whose decisions cannot be asked rightly is not published; an answer that lacks an output is an incident."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from engine.actions.procedures.check_decisions import check_decisions
from engine.actions.process.answer_decision import answer_decision
from engine.workflow.runner import DecisionCall, JobFailed, JobFinished

TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" id="m" namespace="urn:m">
<decision id="reduced" name="Reduced"><variable name="Reduced"/><decisionTable hitPolicy="{policy}">
<input><inputExpression typeRef="{kind}"><text>age</text></inputExpression></input>{outputs}
<rule><inputEntry><text>{cell}</text></inputEntry>{results}</rule>
<rule><inputEntry><text>-</text></inputEntry>{results}</rule></decisionTable></decision></definitions>"""
WORDS = {
    "policy": "FIRST",
    "kind": "number",
    "cell": "&gt;= 60",
    "outputs": '<output name="percent"/>',
    "results": "<outputEntry><text>30</text></outputEntry>",
}
TWO = {
    "outputs": '<output name="percent"/><output name="why"/>',
    "results": '<outputEntry><text>30</text></outputEntry><outputEntry><text>"tuổi"</text></outputEntry>',
}


def table(**words):
    return TABLE.format(**{**WORDS, **words})


def found(files, inputs=(("age", "age"),)):
    task = SimpleNamespace(id="ask", name="Hỏi", extension={"decision": "reduced"}, inputs=inputs)
    spec = SimpleNamespace(elements={"ask": task})
    return [(one.code, one.severity) for one in check_decisions(SimpleNamespace(files=files), spec)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"policy": "Nonsense"}, "dmn_hit_policy"),
        ({"cell": "&gt;= sixty"}, "dmn_name"),
        ({"cell": "&gt;= &gt;="}, "feel_syntax"),
        ({"results": ""}, "dmn_row_length"),
        ({"kind": "tAge"}, "dmn_lookup"),
    ],
)
def test_a_model_that_is_wrong_is_not_published(words, code):
    assert (code, "error") in found({"decisions/a.dmn": table(**words)})


def test_a_sound_model_is_published_with_what_it_needs():
    files = {"decisions/a.dmn": table()}
    assert found(files) == [("dmn_arrow_missing", "warning")]
    assert ("decision_input_missing", "error") in found(files, inputs=(("Age", "age"),))
    assert ("dmn_read", "error") in found({"decisions/a.dmn": "<"})
    assert ("dmn_ambiguous", "error") in found({**files, "decisions/b.dmn": table()})


def answer(clock, inputs, wanted=("percent",), **words):
    step = SimpleNamespace(
        course=SimpleNamespace(files={"decisions/a.dmn": table(**words)}),
        spec=SimpleNamespace(elements={"ask": SimpleNamespace(outputs=wanted)}),
        at=clock.now(),
        happened=lambda kind, data: None,
    )
    return answer_decision(step, DecisionCall("t", "ask", "reduced", inputs))


@pytest.mark.parametrize(
    ("inputs", "words", "told"),
    [
        ({"age": "già"}, {}, "age"),
        ({"age": None}, {}, "dòng 1, cột “age”"),
        ({}, {}, "age"),
        ({"age": 70}, {"policy": "Nonsense"}, "Nonsense"),
        ({"age": 70}, {"cell": "&gt;= sixty"}, "sixty"),
        ({"age": 70}, {"policy": "UNIQUE"}, "1, 2"),
    ],
)
def test_any_problem_is_an_incident_that_names_the_cell(clock, inputs, words, told):
    failed = answer(clock, inputs, **words)
    assert isinstance(failed, JobFailed)
    assert told in failed.message


def test_every_output_of_the_task_gets_its_value(clock):
    assert answer(clock, {"age": 70}).outputs == {"percent": 30}
    assert answer(clock, {"age": "70"}, ("percent", "why"), **TWO).outputs == {"percent": 30, "why": "tuổi"}
    assert answer(clock, {"age": 70}, ("granted",), **TWO).outputs == {"granted": {"percent": 30, "why": "tuổi"}}
    assert isinstance(answer(clock, {"age": 70}, ("percent", "reason"), **TWO), JobFailed)
    assert isinstance(answer(clock, {"age": 70}, ("percent", "why")), JobFailed)
    assert isinstance(answer(clock, {"age": 70}, ()), JobFinished)


def test_the_day_is_vietnams(clock):
    clock.set(datetime(2023, 12, 31, 17, 30, tzinfo=UTC))
    words = {
        "kind": "date",
        "cell": '&lt;= date("2023-12-31")',
        "results": "<outputEntry><text>string(today())</text></outputEntry>",
    }
    assert answer(clock, {"age": "2023-01-01"}, **words).outputs == {"percent": "2024-01-01"}

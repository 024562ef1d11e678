"""No amount reaches a citizen unless both engines found the same rows; and no decision is guessed."""

from __future__ import annotations

import logging
from dataclasses import replace
from types import SimpleNamespace

import pytest
from factories.office_life import plant_another_table

from engine.actions.process.answer_decision import answer_decision
from engine.bootstrap import build
from engine.context import quote_fees
from engine.queries.operations import readiness
from engine.workflow.runner import DecisionCall, JobFailed, JobFinished
from rules.fees import QuoteRequest
from rules.inference import InferenceError, PoisonedRulesetError, inference_available

CODE = "2.000635"
needs_durable = pytest.mark.skipif(not inference_available(), reason="durable-rules is not installed here")


def request_of(clock) -> QuoteRequest:
    return QuoteRequest(CODE, clock.now(), None, {"channel": "online", "copies": 2})


@needs_durable
def test_in_the_shadow_a_difference_is_only_told(settings, clock, caplog):
    platform = build(replace(settings, inference="shadow"), clock)
    plant_another_table(platform)
    with caplog.at_level(logging.ERROR, "motcua.rules"):
        assert quote_fees(platform.office, request_of(clock)).total.dong == 16_000
    assert "the engines differ" in caplog.text
    platform.close()


@needs_durable
def test_a_table_that_fails_its_probe_is_never_loaded_here(platform, clock, monkeypatch):
    table = platform.office.fees.tables[CODE].table
    tried = []

    def hang(tried_table):
        tried.append(tried_table.hash)
        raise PoisonedRulesetError("Nhóm luật treo.", "It hung.")

    monkeypatch.setattr("rules.fees.second_engine._PROVEN", set())
    monkeypatch.setattr("rules.fees.second_engine.probe_table", hang)
    for _ in range(2):
        with pytest.raises(InferenceError):
            quote_fees(platform.office, request_of(clock))
    assert tried == [table.hash]
    assert not platform.office.inference._engines


def test_turned_off_a_quote_is_made_and_the_health_page_says_so(settings, clock):
    platform = build(replace(settings, inference="off"), clock)
    assert quote_fees(platform.office, request_of(clock)).total.dong == 16_000
    with platform.database.read() as tx:
        assert readiness.report(tx, platform.office).inference.startswith("inference=off")
    platform.close()


UNIQUE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
  <inputData id="i" name="age"><variable name="age" typeRef="number"/></inputData>
  <decision id="reduced" name="Reduced"><variable name="Reduced"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression><text>age</text></inputExpression></input><output/>
      <rule><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>30</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 80</text></inputEntry><outputEntry><text>100</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


@pytest.mark.parametrize(("age", "answer"), [(65, 30), (20, None), (85, "incident")])
def test_two_rows_of_a_unique_table_are_an_incident_not_nothing(age, answer, clock):
    happened = []
    step = SimpleNamespace(
        course=SimpleNamespace(files={"decisions/reduced.dmn": UNIQUE}),
        spec=SimpleNamespace(elements={"ask": SimpleNamespace(outputs=("percent",))}),
        at=clock.now(),
        happened=lambda kind, data: happened.append(kind),
    )
    call = DecisionCall(token="t", element_id="ask", decision_ref="reduced", inputs={"age": age})
    found = answer_decision(step, call)
    if answer == "incident":
        assert isinstance(found, JobFailed)
        assert found.error_code == "dmn_evaluation"
        assert not happened
        return
    assert isinstance(found, JobFinished)
    assert found.outputs == {"percent": answer}

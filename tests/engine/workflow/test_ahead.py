"""Which statuses lie ahead of a step, in the shipped diagrams and in shapes of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.workflow.ahead import statuses_ahead
from engine.workflow.spec import ProcessSpec, load_process

ROOT = Path(__file__).resolve().parents[3]
STOPS = ("2", "3", "5", "8", "9")
LANES = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="https://motcua.vn/bpmn"'


def ahead(spec: ProcessSpec, element_id: str, **known: object) -> dict[str, bool]:
    return {one.status: one.direct for one in statuses_ahead(spec, element_id, known, STOPS)}


@pytest.fixture(scope="module")
def extract() -> ProcessSpec:
    return load_process((ROOT / "processes/2.000635/process.bpmn").read_bytes())


@pytest.fixture(scope="module")
def business() -> ProcessSpec:
    return load_process((ROOT / "processes/1.001612/process.bpmn").read_bytes())


def test_a_choice_that_is_not_made_leaves_every_way_open(extract, business):
    assert ahead(extract, "check_dossier") == {"2": True, "3": True, "5": True}
    assert ahead(extract, "search_register") == {"5": True, "8": False, "9": False}
    assert ahead(business, "issue") == {"8": True, "9": True}


def test_what_is_known_decides_the_way(extract, business):
    assert ahead(extract, "search_register", finding="refuse") == {"8": False}
    assert ahead(extract, "search_register", finding="found", channel="online") == {"9": False}
    for step in ("review", "sign"):
        assert ahead(business, step, finding="refuse") == {"8": False}
        assert ahead(business, step, finding="grant") == {"9": False}
    assert ahead(business, "issue", finding="refuse") == {"8": True}


def test_a_return_is_no_way_ahead(extract, business):
    """From the signature a way leads back to the draft, and from there to everything."""
    assert ahead(extract, "review_refusal") == {"8": True}
    assert ahead(extract, "sign") == {"9": False}
    assert ahead(business, "sign", finding="grant", decision="return") == {}


def test_nothing_lies_ahead_of_the_end(extract):
    assert ahead(extract, "hand_over") == {}
    assert ahead(extract, "check_parcel") == {}


def diagram(inside: str) -> ProcessSpec:
    return load_process(
        f'<bpmn:definitions {LANES} id="d" targetNamespace="t"><bpmn:process id="p" isExecutable="true">{inside}'
        "</bpmn:process></bpmn:definitions>".encode()
    )


def flow(source: str, target: str) -> str:
    return f'<bpmn:sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'


def test_a_way_leads_into_a_subprocess_and_out_of_it():
    spec = diagram(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="draft"/>'
        '<bpmn:subProcess id="sub"><bpmn:startEvent id="in"/><bpmn:userTask id="check"/><bpmn:endEvent id="out"/>'
        f"{flow('in', 'check')}{flow('check', 'out')}</bpmn:subProcess>"
        '<bpmn:endEvent id="e" motcua:status="9"/>'
        f"{flow('s', 'draft')}{flow('draft', 'sub')}{flow('sub', 'e')}"
    )
    assert ahead(spec, "draft") == {"9": False}
    assert ahead(spec, "check") == {"9": True}


def test_every_branch_of_a_fork_counts():
    spec = diagram(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="draft"/><bpmn:parallelGateway id="fork"/>'
        '<bpmn:endEvent id="a" motcua:status="9"/><bpmn:endEvent id="b" motcua:status="5"/>'
        f"{flow('s', 'draft')}{flow('draft', 'fork')}{flow('fork', 'a')}{flow('fork', 'b')}"
    )
    assert ahead(spec, "draft") == {"9": True, "5": True}


def test_what_a_step_ahead_will_write_anew_is_not_known_yet():
    gate = '<bpmn:exclusiveGateway id="g" default="f_g_a"/>'
    condition = '<bpmn:conditionExpression>answer = "no"</bpmn:conditionExpression></bpmn:sequenceFlow>'
    spec = diagram(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="draft"/><bpmn:userTask id="ask" motcua:outputs="answer"/>'
        f'{gate}<bpmn:endEvent id="a" motcua:status="9"/><bpmn:endEvent id="b" motcua:status="8"/>'
        f"{flow('s', 'draft')}{flow('draft', 'ask')}{flow('ask', 'g')}{flow('g', 'a')}"
        f"{flow('g', 'b').removesuffix('/>')}>{condition}"
    )
    assert ahead(spec, "draft", answer="no") == {"9": False, "8": False}
    assert ahead(spec, "ask", answer="no") == {"8": True}

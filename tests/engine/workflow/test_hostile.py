"""Hostile and broken files: a sentence, soon, and never a traceback."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import Office, chain, draw, flow

from engine.workflow.errors import SnapshotError
from engine.workflow.runner import TaskCompleted, VariablesChanged, advance
from engine.workflow.simulation import play
from engine.workflow.spec import check_model

GOOD = draw('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + chain("s", "a", "e"))


def verdict(xml: bytes) -> set[str]:
    began = time.process_time()
    findings = check_model(xml)
    assert time.process_time() - began < 2
    for finding in findings:
        assert finding.message_vi
        assert finding.message_en
        assert finding.severity in ("error", "warning")
    return {finding.code for finding in findings if finding.severity == "error"}


BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>' + GOOD.replace(b'id="a"', b'id="a" name="&c;"')
)


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "not_xml"),
        (b"\x00\x01\x02", "not_xml"),
        (b"<a/>", "not_bpmn"),
        (b"<html><body>404</body></html>", "not_bpmn"),
        (GOOD[:200], "not_xml"),
        (b" " * (6 * 1024 * 1024), "too_large"),
        (BOMB, "doctype"),
        (draw('<startEvent id="s"/>' + "<subProcess>" * 10_000 + "</subProcess>" * 10_000), "not_xml"),
        (draw("<documentation/>" * 70_000), "too_complex"),
        (draw("".join(f'<userTask id="t{n}"/>' for n in range(4_000))), "too_many_nodes"),
        (draw('<subProcess id="x">' * 100 + "</subProcess>" * 100), "empty_subprocess"),
        (draw('<startEvent id="s"/><startEvent id="s"/>'), "duplicate_id"),
        (draw('<startEvent id="s"/>' + flow("s", "nobody")), "flow_without_target"),
        (draw(""), "no_process"),
    ],
)
def test_refused_with_a_sentence(xml, code):
    assert code in verdict(xml)


def test_nested_data_objects_do_not_hang():
    inner = (
        '<dataObject id="do"/><subProcess id="one"><subProcess id="two">'
        '<dataObjectReference id="r" dataObjectRef="do"/><startEvent id="i"/><userTask id="a">'
        '<dataInputAssociation id="x"><sourceRef>r</sourceRef>'
        "</dataInputAssociation></userTask>" + chain("i", "a") + "</subProcess></subProcess>"
    )
    assert verdict(draw(inner)) == set()


EVIL = [
    "__import__('os').system('touch /tmp/x')",
    "().__class__.__bases__[0].__subclasses__()",
    "exec('1')",
    "${runtime.exec('id')}",
    "#{7*7}",
    "{{7*7}}",
    "lambda: 1",
    'function() external {java: {class: "java.lang.Runtime", method signature: "exec(java.lang.String)"}}',
]


@pytest.mark.parametrize("evil", EVIL)
def test_code_in_every_expression_slot_is_refused_or_does_nothing(evil):
    text = evil.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    slots = [
        '<startEvent id="s"/><exclusiveGateway id="x" default="x.e"/><endEvent id="e"/><endEvent id="f"/>'
        + chain("s", "x", "e")
        + flow("x", "f", text),
        '<startEvent id="s"/><scriptTask id="x" scriptFormat="python" motcua:outputs="o">'
        f"<script>{text}</script></scriptTask>" + chain("s", "x"),
        f'<startEvent id="s"/><scriptTask id="x" motcua:outputs="o"><script>{text}</script></scriptTask>'
        + chain("s", "x"),
        '<startEvent id="s"/><intermediateCatchEvent id="x"><timerEventDefinition>'
        f"<timeDuration>{text}</timeDuration></timerEventDefinition></intermediateCatchEvent>" + chain("s", "x"),
        '<startEvent id="s"/><intermediateCatchEvent id="x"><conditionalEventDefinition>'
        f"<condition>{text}</condition></conditionalEventDefinition></intermediateCatchEvent>" + chain("s", "x"),
        '<startEvent id="s"/><userTask id="x"><multiInstanceLoopCharacteristics>'
        f"<loopCardinality>{text}</loopCardinality></multiInstanceLoopCharacteristics></userTask>" + chain("s", "x"),
        '<startEvent id="s"/><serviceTask id="x" motcua:connector="sms.send"><extensionElements>'
        f'<motcua:input name="to" value="{text}"/></extensionElements></serviceTask>' + chain("s", "x"),
    ]
    for body in slots:
        if not verdict(draw(body)):
            work = Office(draw(body))
            assert not work.last.incidents or work.last.ended is None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_judged(data):
    check_model(data)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=6))
def test_damaged_diagrams_are_judged(place, junk):
    check_model(GOOD[:place] + junk + GOOD[place + len(junk) :])


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80), st.integers(0, 200))
def test_damaged_snapshots_are_told(junk, place):
    work = Office(GOOD)
    event = VariablesChanged(work.now)
    snapshot = work.last.snapshot
    damaged = snapshot[: place % len(snapshot)] + junk + snapshot[place % len(snapshot) + len(junk) :]
    for data in (junk, damaged):
        with contextlib.suppress(SnapshotError):
            advance(work.spec, data, {}, event)


def test_snapshot_of_another_diagram_or_version_is_refused():
    work, other = Office(GOOD), Office(GOOD.replace(b'id="a"', b'id="a" name="x"'))
    for data in (other.last.snapshot, b"MW9" + work.last.snapshot[3:], b""):
        with pytest.raises(SnapshotError):
            advance(work.spec, data, {}, VariablesChanged(work.now))


names = st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=5), max_size=4)


@settings(max_examples=100, deadline=None)
@given(names)
def test_items_of_any_name_survive_the_snapshot(item):
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a" motcua:outputs="got"><multiInstanceLoopCharacteristics'
            ' motcua:collection="all" motcua:item="it" motcua:collect="seen" motcua:collected="got"/></userTask>'
            + chain("s", "a")
        ),
        all=[item, item],
    )
    tokens = list(work.open)
    step = advance(work.spec, work.last.snapshot, work.variables, TaskCompleted(tokens[0], {"got": item}, work.now))
    step = advance(work.spec, step.snapshot, step.variables, TaskCompleted(tokens[1], {"got": item}, work.now))
    assert step.ended is not None
    assert step.variables["seen"] == [item, item]


def test_play_tells_what_does_not_fit():
    work = Office(GOOD)
    states = list(play(GOOD, [{"complete": "nobody"}, {"dance": 1}, {"complete": "a"}, {"complete": "a"}], at=work.now))
    assert [bool(state["error"]) for state in states] == [False, True, True, False, True]
    assert states[3]["ended"] == {"ends": ["e"], "kind": "completed"}


def test_a_hundred_thousand_attributes_are_refused_before_they_are_compared():
    many = b" ".join(b'a%d="%d"' % (n, n) for n in range(100_000))
    assert verdict(GOOD.replace(b'<userTask id="a"/>', b'<userTask id="a" ' + many + b"/>")) == {"too_many_attributes"}

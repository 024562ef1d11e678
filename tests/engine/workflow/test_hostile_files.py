"""Files made to hurt: many attributes, endless names, tricks with namespaces, hostile keys in the data."""

from __future__ import annotations

import json

import pytest
from office import MORNING, Office, chain, draw

from engine.workflow.runner import TaskCompleted, advance
from engine.workflow.runtime import decode
from engine.workflow.simulation import play
from engine.workflow.spec import check_model

ROW = '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + chain("s", "a", "e")
GOOD = draw(ROW).decode()


def errors(xml: bytes) -> list[str]:
    """The codes of what refuses it; every finding stays short enough to be read."""
    findings = check_model(xml)
    for one in findings:
        assert len(json.dumps(one.to_dict())) < 12_000
    return [one.code for one in findings if one.severity == "error"]


def test_a_hundred_thousand_attributes():
    many = " ".join(f'a{n}="{n}"' for n in range(100_000))
    assert errors(GOOD.replace('<userTask id="a"/>', f'<userTask id="a" {many}/>').encode()) == ["too_many_attributes"]


def test_names_and_ids_without_end():
    long = "x" * 1_000_000
    assert errors(GOOD.replace('id="a"', f'id="a" name="{long}"').encode()) == []
    assert (
        errors(GOOD.replace('id="a"', f'id="{long}"').encode())
        == ["flow_without_target", "flow_without_source"] + ["unreachable"] * 2
    )
    refused = errors(GOOD.replace('<userTask id="a"/>', f'<complexGateway id="a" name="{long}"/>').encode())
    assert refused == ["unsupported_element"]


def test_thousands_of_findings_are_told_within_bounds():
    islands = "".join(f'<userTask id="i{n}"/>' for n in range(2_500))
    assert errors(draw(ROW + islands)) == ["unreachable"] * 2_500


@pytest.mark.parametrize(
    "change",
    [
        ("<process", "<?php system('id'); ?><!-- <script/> --><process"),
        ('xmlns="', 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns="'),
        ('<userTask id="a"/>', '<userTask id="a"><x:script xmlns:x="urn:x">import os</x:script></userTask>'),
        ('<userTask id="a"/>', '<userTask id="a" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///x"/>'),
        ('<userTask id="a"/>', '<x:userTask xmlns:x="http://www.omg.org/spec/BPMN/20100524/MODEL" id="a"/>'),
    ],
)
def test_what_says_nothing_to_us_does_nothing(change):
    old, new = change
    assert old in GOOD
    assert errors(GOOD.replace(old, new, 1).encode()) == []
    assert Office(GOOD.replace(old, new, 1).encode()).tasks == ["a"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('<userTask id="a"/>', '<userTask xmlns="urn:other" id="a"/>'), "flow_without_target"),
        (("BPMN/20100524/MODEL", "BPMN/20110000/MODEL"), "other_namespace"),
        (('<userTask id="a"/>', '<usertask id="a"/>'), "unsupported_element"),
        (('<userTask id="a"/>', '<userTask id="a" completionQuantity="3"/>'), "attribute_refused"),
        (('<userTask id="a"/>', '<userTask id="a" startQuantity="0"/>'), "attribute_refused"),
        (('<userTask id="a"/>', '<userTask id="a">&x;</userTask>'), "not_xml"),
        (("<process", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/><process'), None),
    ],
)
def test_what_would_be_overlooked_is_refused(change, code):
    found = errors(GOOD.replace(*change, 1).encode())
    assert code in found if code else found == []


def test_a_doctype_is_seen_in_every_encoding():
    bomb = '<!DOCTYPE d [<!ENTITY x "y">]>' + GOOD
    for coding in ("utf-8", "utf-16", "iso-8859-1"):
        declared = f'<?xml version="1.0" encoding="{coding}"?>' + bomb
        assert errors(declared.encode(coding)) == ["doctype"]


KEYS = [
    "typename",
    "__class__",
    "__dict__",
    "\x00",
    "\ud800",
    "\udfff\ud800",
    "а",
    "ﬁ",
    "",
    "L",
    "in",
    "host",
]


@pytest.mark.parametrize("key", KEYS, ids=ascii)
def test_hostile_keys_survive_variables_and_snapshot(key):
    item = {key: [{key: key}, 2**70, None], "n": -0.5}
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a" motcua:outputs="got"><multiInstanceLoopCharacteristics'
            ' isSequential="true" motcua:collection="all" motcua:item="it" motcua:collect="seen"'
            ' motcua:collected="got"/></userTask><endEvent id="e"/>' + chain("s", "a", "e")
        ),
        all=[item, item],
        other=item,
    )
    held = decode(work.last.snapshot, work.spec.plan, work.spec.hash)
    assert any(item in list(token.internal_data.get("L", {}).values()) for token in held.tokens(held))
    (token,) = work.open
    step = advance(work.spec, work.last.snapshot, work.variables, TaskCompleted(token, {"got": item, key: 1}, MORNING))
    (token,) = [task.token for task in step.opened]
    step = advance(work.spec, step.snapshot, step.variables, TaskCompleted(token, {"got": item}, MORNING))
    assert step.ended is not None
    assert step.variables == {"all": [item, item], "other": item, "seen": [item, item]}


def test_hostile_keys_in_the_steps_of_play():
    steps = [{"start": {key: key for key in KEYS}}, {"complete": "a", "data": {key: 1 for key in KEYS}}]
    last = list(play(draw(ROW.replace('id="a"', 'id="a" motcua:outputs="x"')), steps, at=MORNING))[-1]
    assert last["variables"] == {key: key for key in KEYS}
    assert last["ended"]

"""Events: borders, event subprocesses, signals, escalation, conditions, links, races."""

from __future__ import annotations

import pytest
from office import MORNING, Office, chain, draw, flow

from engine.workflow.runner import MessageReceived, UnknownToken, WrongEvent

MESSAGES = '<message id="m" name="withdraw"/><signal id="g" name="closed"/><escalation id="k" escalationCode="late"/>'


SUPERVISED = (
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    '<subProcess id="es" triggeredByEvent="true"><startEvent id="in" isInterrupting="{interrupting}">'
    '<messageEventDefinition messageRef="m"/></startEvent><userTask id="record"/><endEvent id="out"/>'
    + chain("in", "record", "out")
    + "</subProcess>"
    + chain("s", "a", "b", "e")
)


def test_interrupting_event_subprocess_cancels_the_rest():
    work = Office(draw(SUPERVISED.format(interrupting="true"), MESSAGES)).do("a").tell("withdraw")
    assert work.tasks == ["record"]
    assert work.tell("withdraw").last.caught is False
    assert work.do("record").last.ended.end_event_ids == ("out",)


def test_non_interrupting_event_subprocess_runs_beside_and_again():
    work = Office(draw(SUPERVISED.format(interrupting="false"), MESSAGES)).tell("withdraw").tell("withdraw")
    assert work.tasks == ["a", "record", "record"]
    work.do("record").do("a").do("b")
    assert work.last.ended is None
    assert work.do("record").last.ended is not None


def test_event_subprocess_started_in_one_instance_leaves_others_alone():
    xml = draw(SUPERVISED.format(interrupting="true"), MESSAGES)
    Office(xml).tell("withdraw")
    second = Office(xml)
    assert second.tasks == ["a"]
    assert second.do("a").do("b").last.ended is not None


def test_error_event_subprocess_starts_only_when_the_error_comes():
    work = Office(
        draw(
            '<startEvent id="s"/><serviceTask id="call" motcua:connector="post.deliver"/><endEvent id="e"/>'
            '<subProcess id="es" triggeredByEvent="true"><startEvent id="in" motcua:outputs="error_code">'
            '<errorEventDefinition/></startEvent><userTask id="repair"/><endEvent id="out"/>'
            + chain("in", "repair", "out")
            + "</subProcess>"
            + chain("s", "call", "e")
        )
    )
    assert work.tasks == []
    work.fail("call", "no_address")
    assert work.tasks == ["repair"]
    assert work.variables["error_code"] == "no_address"


def test_error_goes_to_the_exact_code_before_the_catch_all():
    body = (
        '<startEvent id="s"/><subProcess id="sub"><startEvent id="i"/><endEvent id="x">'
        '<errorEventDefinition errorRef="e1"/></endEvent>' + chain("i", "x") + "</subProcess>"
        '<boundaryEvent id="any" attachedToRef="sub"><errorEventDefinition/></boundaryEvent>'
        '<boundaryEvent id="one" attachedToRef="sub"><errorEventDefinition errorRef="e1"/></boundaryEvent>'
        '<endEvent id="e"/><userTask id="ta"/><userTask id="to"/>'
        + chain("s", "sub", "e")
        + chain("any", "ta")
        + chain("one", "to")
    )
    assert Office(draw(body, '<error id="e1" errorCode="E1"/>')).tasks == ["to"]


def test_uncaught_error_end_ends_the_instance_in_error():
    work = Office(
        draw(
            '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>'
            '<endEvent id="x"><errorEventDefinition errorRef="er"/></endEvent>'
            + chain("s", "f", "a", "x")
            + chain("f", "b"),
            '<error id="er" errorCode="E1"/>',
        )
    )
    work.do("a")
    assert work.last.ended.kind == "error"
    assert work.last.ended.end_event_ids == ("x",)
    assert len(work.last.closed) == 1


def test_escalation_warns_without_stopping_or_stops():
    body = (
        '<startEvent id="s"/><subProcess id="sub"><startEvent id="i"/><intermediateThrowEvent id="x">'
        '<escalationEventDefinition escalationRef="k"/></intermediateThrowEvent><userTask id="a"/>'
        + chain("i", "x", "a")
        + '</subProcess><boundaryEvent id="b" attachedToRef="sub" cancelActivity="{flag}">'
        '<escalationEventDefinition escalationRef="k"/></boundaryEvent><userTask id="head"/>'
        + chain("s", "sub")
        + chain("b", "head")
    )
    assert Office(draw(body.format(flag="false"), MESSAGES)).tasks == ["a", "head"]
    assert Office(draw(body.format(flag="true"), MESSAGES)).tasks == ["head"]


def test_signal_reaches_all_and_a_message_only_one():
    catch = (
        '<startEvent id="s"/><parallelGateway id="f"/>'
        '<intermediateCatchEvent id="x">{sign}</intermediateCatchEvent>'
        '<intermediateCatchEvent id="y">{sign}</intermediateCatchEvent>'
        '<userTask id="ax"/><userTask id="ay"/>' + chain("s", "f", "x", "ax") + chain("f", "y", "ay")
    )
    signal = Office(draw(catch.format(sign='<signalEventDefinition signalRef="g"/>'), MESSAGES))
    assert signal.signal("closed").tasks == ["ax", "ay"]
    message = Office(draw(catch.format(sign='<messageEventDefinition messageRef="m"/>'), MESSAGES))
    assert message.tell("withdraw").tasks == ["ax"]
    assert message.tell("withdraw").tasks == ["ax", "ay"]


def test_thrown_signal_is_caught_inside_the_same_instance():
    work = Office(
        draw(
            '<startEvent id="s"/><parallelGateway id="f"/><intermediateCatchEvent id="x">'
            '<signalEventDefinition signalRef="g"/></intermediateCatchEvent><userTask id="a"/>'
            '<intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent>'
            '<userTask id="heard"/>' + chain("s", "f", "x", "heard") + chain("f", "a", "t"),
            MESSAGES,
        )
    )
    assert work.do("a").tasks == ["heard"]


def test_message_is_correlated_by_key():
    work = Office(
        draw(
            '<startEvent id="s"/><receiveTask id="r" messageRef="m" motcua:correlation="dossier_code"'
            ' motcua:outputs="answer"/><endEvent id="e"/>' + chain("s", "r", "e"),
            MESSAGES,
        ),
        dossier_code="H56-1",
    )
    assert work.last.opened[0].kind == "receive_task"
    assert work.tell("withdraw").last.caught is False


def test_race_has_one_winner():
    body = (
        '<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="x">'
        '<messageEventDefinition messageRef="m"/></intermediateCatchEvent><intermediateCatchEvent id="t">'
        "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
        '</intermediateCatchEvent><userTask id="a"/><userTask id="b"/>'
        + chain("s", "g", "x", "a")
        + chain("g", "t", "b")
    )
    answered = Office(draw(body, MESSAGES)).tell("withdraw")
    assert answered.tasks == ["a"]
    assert answered.last.cancelled_timers
    silent = Office(draw(body, MESSAGES)).ring("t")
    assert silent.tell("withdraw").last.caught is False
    assert silent.tasks == ["b"]


def test_condition_fires_when_it_becomes_true():
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a" motcua:outputs="paid"/><userTask id="b"/><endEvent id="e"/>'
            '<boundaryEvent id="c" attachedToRef="b"><conditionalEventDefinition><condition>paid = true'
            '</condition></conditionalEventDefinition></boundaryEvent><userTask id="after"/>'
            + chain("s", "a", "b", "e")
            + chain("c", "after")
        )
    )
    work.do("a", paid=False)
    assert work.tasks == ["b"]
    assert work.look_again(paid=True).tasks == ["after"]


def test_links_are_flows():
    work = Office(
        draw(
            '<startEvent id="s"/><intermediateThrowEvent id="go"><linkEventDefinition name="A"/>'
            '</intermediateThrowEvent><intermediateCatchEvent id="come"><linkEventDefinition name="A"/>'
            '</intermediateCatchEvent><userTask id="a"/><endEvent id="e"/>' + chain("s", "go") + chain("come", "a", "e")
        )
    )
    assert work.tasks == ["a"]
    assert work.do("a").last.ended is not None


def test_terminate_ends_its_own_level_only():
    work = Office(
        draw(
            '<startEvent id="s"/><subProcess id="sub"><startEvent id="i"/><parallelGateway id="f"/>'
            '<userTask id="a"/><userTask id="b"/><endEvent id="x"><terminateEventDefinition/></endEvent>'
            + chain("i", "f", "a", "x")
            + chain("f", "b")
            + '</subProcess><userTask id="next"/>'
            + chain("s", "sub", "next")
        )
    )
    work.do("a")
    assert work.tasks == ["next"]
    assert len(work.last.closed) == 1


def test_cancelling_closes_all_that_was_open():
    work = Office(draw(SUPERVISED.format(interrupting="true"), MESSAGES)).cancel()
    assert work.last.ended.kind == "cancelled"
    assert len(work.last.closed) == 1


def test_second_click_and_wrong_event_are_refused():
    work = Office(draw(SUPERVISED.format(interrupting="true"), MESSAGES))
    first = work.token(work.open, "a")
    work.do("a")
    work.open[first] = "a"
    with pytest.raises(UnknownToken):
        work.do("a")
    del work.open[first]
    work.timers[work.token(work.open, "b")] = "b"
    work.due[work.token(work.open, "b")] = MORNING
    with pytest.raises(WrongEvent):
        work.ring("b")


def test_condition_on_the_only_flow_is_not_ignored():
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a" motcua:outputs="ok"/><endEvent id="e"/>'
            + chain("s", "a")
            + flow("a", "e", "ok = true")
        )
    )
    work.do("a", ok=False)
    assert [incident.code for incident in work.last.incidents] == ["no_path"]
    work.variables["ok"] = True
    assert work.retry().last.ended is not None


GUARDED = SUPERVISED.replace('isInterrupting="{interrupting}"', 'isInterrupting="true" motcua:when="urgent"')


@pytest.mark.parametrize(("urgent", "caught"), [(True, True), (False, False), (None, False), ("yes", False)])
def test_a_guard_lets_through_only_what_is_certainly_true(urgent, caught):
    work = Office(draw(GUARDED, MESSAGES), urgent=urgent).tell("withdraw")
    assert work.last.caught is caught
    assert work.tasks == (["record"] if caught else ["a"])


@pytest.mark.parametrize(
    ("code", "key", "caught"),
    [("H56-1", "H56-1", True), ("H56-1", "H56-2", False), (None, None, False), ("", "", True)],
)
def test_no_key_is_nobodys_key(code, key, caught):
    body = (
        '<startEvent id="s"/><receiveTask id="r" messageRef="m" motcua:correlation="dossier_code"/>'
        '<endEvent id="e"/>' + chain("s", "r", "e")
    )
    work = Office(draw(body, MESSAGES), dossier_code=code)
    assert work._step(MessageReceived("withdraw", {}, work.now, key=key)).last.caught is caught

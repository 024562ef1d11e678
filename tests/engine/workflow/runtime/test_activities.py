"""Activities: repetitions, calls, scripts, services, decisions, undoing, incidents."""

from __future__ import annotations

import pytest
from office import Office, chain, draw, flow

from engine.workflow.findings import ModelRefused
from engine.workflow.spec import load_process

REVIEW = (
    '<startEvent id="s"/><userTask id="opinion" motcua:outputs="opinion">'
    '<multiInstanceLoopCharacteristics isSequential="{sequential}" motcua:collection="units" motcua:item="unit"'
    ' motcua:collect="opinions" motcua:collected="opinion">{until}</multiInstanceLoopCharacteristics></userTask>'
    '<userTask id="next"/>' + chain("s", "opinion", "next")
)


def test_parallel_instances_collect_in_the_order_of_the_list():
    work = Office(draw(REVIEW.format(sequential="false", until="")), units=["a", "b", "c"])
    assert work.tasks == ["opinion"] * 3
    tokens = sorted(work.open, key=lambda token: int(token[1:]))
    for token, word in zip(reversed(tokens), ("third", "second", "first"), strict=True):
        work.open = {token: "opinion"} | {t: e for t, e in work.open.items() if t != token}
        work.do("opinion", opinion=word)
    assert work.variables["opinions"] == ["first", "second", "third"]
    assert "opinion" not in work.variables
    assert work.tasks == ["next"]


def test_sequential_instances_and_completion_condition():
    until = "<completionCondition>numberOfCompletedInstances &gt;= 2</completionCondition>"
    work = Office(draw(REVIEW.format(sequential="true", until=until)), units=["a", "b", "c"])
    assert work.tasks == ["opinion"]
    work.do("opinion", opinion=1).do("opinion", opinion=2)
    assert work.tasks == ["next"]
    assert work.variables["opinions"] == [1, 2]


def test_empty_list_passes_at_once_and_no_list_is_an_incident():
    assert Office(draw(REVIEW.format(sequential="false", until="")), units=[]).tasks == ["next"]
    broken = Office(draw(REVIEW.format(sequential="false", until="")), units="text")
    assert broken.last.incidents[0].code == "not_a_list"


def test_instances_of_a_subprocess_see_their_own_item():
    work = Office(
        draw(
            '<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics motcua:collection="[1, 2]"'
            ' motcua:item="number" motcua:collect="doubles" motcua:collected="double"/>'
            '<startEvent id="i"/><scriptTask id="x" motcua:outputs="double"><script>number * 2</script></scriptTask>'
            '<endEvent id="o"/>'
            + chain("i", "x", "o")
            + "</subProcess>"
            + '<endEvent id="e"/>'
            + chain("s", "sub", "e")
        )
    )
    assert work.variables == {"doubles": [2, 4]}
    assert work.last.ended is not None


def test_called_process_gets_inputs_as_its_own_and_gives_outputs_back():
    called = draw(
        '<startEvent id="cs"/><scriptTask id="cx" motcua:outputs="answer"><script>question + 1</script></scriptTask>'
        '<endEvent id="ce"/>' + chain("cs", "cx", "ce"),
        process="other",
    )
    body = (
        '<startEvent id="s"/><callActivity id="call" calledElement="other"><extensionElements>'
        '<motcua:input name="question" value="41"/></extensionElements></callActivity><endEvent id="e"/>'
        + chain("s", "call", "e")
    )
    assert Office(draw(body), called={"other": called}).variables == {"answer": 42}
    with pytest.raises(ModelRefused) as refused:
        load_process(draw(body))
    assert refused.value.findings[0].code == "called_missing"


def test_a_process_that_calls_itself_is_refused():
    body = '<startEvent id="s"/><callActivity id="c" calledElement="p"/><endEvent id="e"/>' + chain("s", "c", "e")
    with pytest.raises(ModelRefused) as refused:
        load_process(draw(body))
    assert "called_circle" in {finding.code for finding in refused.value.findings}


def test_service_waits_for_its_answer_and_keeps_declared_results_only():
    work = Office(
        draw(
            '<startEvent id="s"/><serviceTask id="post" motcua:connector="post.deliver" motcua:outputs="number">'
            '<extensionElements><motcua:input name="to" value="receiver.name"/></extensionElements></serviceTask>'
            '<endEvent id="e"/>' + chain("s", "post", "e")
        ),
        receiver={"name": "An"},
    )
    assert work.last.calls[0].inputs == {"to": "An"}
    assert work.last.calls[0].waits
    work.answer("post", number="1", secret="x")
    assert work.variables == {"receiver": {"name": "An"}, "number": "1"}


def test_refused_call_is_an_incident_that_can_be_retried_or_skipped():
    body = '<startEvent id="s"/><serviceTask id="post" motcua:connector="post.deliver"/><userTask id="a"/>' + chain(
        "s", "post", "a"
    )
    work = Office(draw(body)).fail("post", "no_address")
    assert work.last.incidents[0].code == "no_address"
    work.calls.clear()
    work.retry()
    assert len(work.last.calls) == 1
    assert work.fail("post").skip().tasks == ["a"]


def test_decision_table_is_asked_and_answers():
    work = Office(
        draw(
            '<startEvent id="s"/><businessRuleTask id="d" motcua:decision="fee" motcua:outputs="fee"/>'
            '<endEvent id="e"/>' + chain("s", "d", "e")
        )
    )
    assert work.last.decisions[0].decision_ref == "fee"
    assert work.answer("d", fee=8000).variables == {"fee": 8000}


def test_service_without_connector_is_work_for_people():
    work = Office(draw('<startEvent id="s"/><serviceTask id="x"/><endEvent id="e"/>' + chain("s", "x", "e")))
    assert work.last.opened[0].kind == "service_task"
    assert work.do("x").last.ended is not None


UNDO = (
    '<startEvent id="s"/><userTask id="book"/><userTask id="pay"/><userTask id="last"/>'
    '<boundaryEvent id="cb" attachedToRef="book"><compensateEventDefinition/></boundaryEvent>'
    '<boundaryEvent id="cp" attachedToRef="pay"><compensateEventDefinition/></boundaryEvent>'
    '<userTask id="unbook" isForCompensation="true"/><userTask id="unpay" isForCompensation="true"/>'
    '<association id="a1" sourceRef="cb" targetRef="unbook"/><association id="a2" sourceRef="cp" targetRef="unpay"/>'
)


def test_compensation_undoes_the_last_first_and_then_goes_on():
    work = Office(
        draw(
            UNDO
            + '<intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>'
            + chain("s", "book", "pay", "undo", "last")
        )
    )
    work.do("book").do("pay")
    assert work.tasks == ["unpay"]
    assert work.do("unpay").tasks == ["unbook"]
    assert work.do("unbook").tasks == ["last"]


def test_cancelled_transaction_is_undone_and_left_by_its_cancel_event():
    work = Office(
        draw(
            '<startEvent id="os"/><transaction id="t">'
            + UNDO
            + '<exclusiveGateway id="x"/><endEvent id="ok"/><endEvent id="stop"><cancelEventDefinition/></endEvent>'
            + chain("s", "book", "pay", "x")
            + flow("x", "stop", "fail = true")
            + flow("x", "last", "fail = false")
            + chain("last", "ok")
            + '</transaction><boundaryEvent id="cc" attachedToRef="t"><cancelEventDefinition/></boundaryEvent>'
            '<userTask id="told"/><endEvent id="oe"/>' + chain("os", "t", "oe") + chain("cc", "told")
        ),
        fail=True,
    )
    work.do("book").do("pay").do("unpay").do("unbook")
    assert work.tasks == ["told"]


def test_join_that_starves_is_told_and_not_taken_for_the_end():
    work = Office(
        draw(
            '<startEvent id="s"/><exclusiveGateway id="x" default="x.a"/><userTask id="a"/><userTask id="b"/>'
            '<parallelGateway id="j"/><endEvent id="e"/>'
            + chain("s", "x", "a", "j", "e")
            + flow("x", "b", "no = true")
            + chain("b", "j")
        ),
        no=False,
    )
    work.do("a")
    assert work.last.ended is None
    assert [incident.code for incident in work.last.incidents] == ["join_starved"]


def test_endless_automatic_loop_changes_nothing_and_is_told():
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a"/><exclusiveGateway id="m"/><scriptTask id="x" motcua:outputs="n">'
            '<script>1</script></scriptTask><exclusiveGateway id="g"/><endEvent id="e"/>'
            + chain("s", "a", "m", "x", "g")
            + flow("g", "m", "n = 1")
            + flow("g", "e", "n = 2")
        )
    )
    before = work.last.snapshot
    work.do("a")
    assert work.last.incidents[0].code == "endless_loop"
    assert work.last.snapshot == before


def test_a_process_called_in_the_same_file_is_a_part_of_it():
    called = (
        '<process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="inside"/><endEvent id="qe"/>'
        + chain("qs", "inside", "qe")
        + "</process>"
    )
    body = '<startEvent id="s"/><callActivity id="c" calledElement="q"/><endEvent id="e"/>' + chain("s", "c", "e")
    assert Office(draw(body, more=called)).tasks == ["inside"]

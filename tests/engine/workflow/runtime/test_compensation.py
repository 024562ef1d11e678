"""Compensation, escalation and errors around event subprocesses, by BPMN 2.0.2 §10.5.6 and §13.5.5."""

from __future__ import annotations

import pytest
from office import Office, chain, draw

from engine.workflow.spec import check_model, load_process

CODES = (
    '<error id="er" errorCode="E1"/><escalation id="ec" escalationCode="C1"/><escalation id="any"/>'
    '<escalation id="ec2" escalationCode="C2"/><message id="m" name="Rut"/>'
)


def undoable(task: str, more: str = "", loop: str = "", handler: str = "") -> str:
    """A task with what undoes it."""
    undo = handler or f'<userTask id="u_{task}" isForCompensation="true"/>'
    return (
        f'<userTask id="{task}"{more}>{loop}</userTask><boundaryEvent id="c_{task}" attachedToRef="{task}">'
        f"<compensateEventDefinition/></boundaryEvent>{undo}"
        f'<association id="as_{task}" sourceRef="c_{task}" targetRef="u_{task}"/>'
    )


def throw(name: str = "ct", ref: str = "") -> str:
    named = f' activityRef="{ref}"' if ref else ""
    return f'<intermediateThrowEvent id="{name}"><compensateEventDefinition{named}/></intermediateThrowEvent>'


def sub(name: str, body: str, more: str = "") -> str:
    return f'<subProcess id="{name}"{more}>{body}</subProcess>'


def aside(name: str, sign: str, body: str, more: str = "") -> str:
    """An event subprocess: start `i_NAME`, then what is given."""
    start = f'<startEvent id="i_{name}"{more}>{sign}</startEvent>'
    return sub(name, start + body, ' triggeredByEvent="true"')


def codes(xml: bytes, severity: str = "error") -> set[str]:
    return {finding.code for finding in check_model(xml) if finding.severity == severity}


ERROR = '<errorEventDefinition errorRef="er"/>'
ESCALATION = '<escalationEventDefinition escalationRef="{ref}"/>'
MANY = '<multiInstanceLoopCharacteristics isSequential="{seq}" motcua:collection="list" motcua:item="one"/>'
CALL = (
    '<serviceTask id="u_a" isForCompensation="true" motcua:connector="k">'
    '<extensionElements><motcua:input name="who" value="one"/></extensionElements></serviceTask>'
)


def asked(work: Office) -> list[object]:
    return [call.inputs["who"] for call in work.last.calls]


def test_an_error_event_subprocess_undoes_what_its_scope_has_done():
    work = Office(
        draw(
            '<startEvent id="s"/>'
            + undoable("a")
            + undoable("b")
            + f'<userTask id="c"/><endEvent id="bad">{ERROR}</endEvent>'
            + chain("s", "a", "b", "c", "bad")
            + aside("es", ERROR, throw() + '<userTask id="x"/><endEvent id="o"/>' + chain("i_es", "ct", "x", "o")),
            CODES,
        )
    )
    work.do("a").do("b").do("c")
    assert work.tasks == ["u_b"]
    assert work.do("u_b").tasks == ["u_a"]
    assert work.do("u_a").tasks == ["x"]
    assert work.do("x").last.ended is not None


def test_an_event_subprocess_within_one_undoes_what_both_have_done():
    inner = aside("in", ERROR, throw() + '<endEvent id="io"/>' + chain("i_in", "ct", "io"))
    outer = undoable("b") + f'<endEvent id="bad">{ERROR}</endEvent>' + chain("i_es", "b", "bad") + inner
    work = Office(
        draw(
            '<startEvent id="s"/>'
            + undoable("a")
            + '<userTask id="w"/><endEvent id="e"/>'
            + chain("s", "a", "w", "e")
            + aside("es", '<messageEventDefinition messageRef="m"/>', outer),
            CODES,
        )
    )
    work.do("a").tell("Rut").do("b")
    assert work.tasks == ["u_b"]
    assert work.do("u_b").tasks == ["u_a"]
    assert work.do("u_a").last.ended is not None


@pytest.mark.parametrize(("sequential", "order"), [("false", [["p", "q"]]), ("true", [["q"], ["p"]])])
def test_a_repetition_is_undone_once_for_each_with_its_own_data(sequential, order):
    work = Office(
        draw(
            '<startEvent id="s"/>'
            + undoable("a", loop=MANY.format(seq=sequential), handler=CALL)
            + '<endEvent id="e"><compensateEventDefinition/></endEvent>'
            + chain("s", "a", "e")
        ),
        list=["p", "q"],
    )
    work.do("a").do("a")
    for expected in order:
        assert asked(work) == expected
        for _ in expected:
            work.answer("u_a")
    assert work.last.ended is not None


def test_what_was_done_inside_a_repeated_subprocess_is_undone_with_the_data_of_its_round():
    inside = '<startEvent id="si"/>' + undoable("a", handler=CALL) + '<endEvent id="so"/>' + chain("si", "a", "so")
    work = Office(
        draw(
            f'<startEvent id="s"/><subProcess id="sp">{MANY.format(seq="false")}{inside}</subProcess>'
            '<endEvent id="e"><compensateEventDefinition/></endEvent>' + chain("s", "sp", "e")
        ),
        list=["p", "q"],
    )
    work.do("a").do("a")
    assert sorted(asked(work)) == ["p", "q"]
    work.answer("u_a").answer("u_a")
    assert work.last.ended is not None


def test_only_the_handler_of_a_subprocess_runs_where_it_has_one():
    inside = '<startEvent id="si"/>' + undoable("a") + '<endEvent id="so"/>' + chain("si", "a", "so")
    work = Office(
        draw(
            '<startEvent id="s"/>'
            + sub("sp", inside)
            + '<boundaryEvent id="cs" attachedToRef="sp"><compensateEventDefinition/></boundaryEvent>'
            + sub(
                "usp",
                '<startEvent id="ui"/><userTask id="q"/><endEvent id="uo"/>' + chain("ui", "q", "uo"),
                ' isForCompensation="true"',
            )
            + '<association id="as2" sourceRef="usp" targetRef="cs"/>'
            '<endEvent id="e"><compensateEventDefinition/></endEvent>' + chain("s", "sp", "e")
        )
    )
    assert work.do("a").tasks == ["q"]
    assert work.do("q").last.ended is not None


def test_a_compensation_event_subprocess_says_how_its_subprocess_is_undone():
    own = throw("ct", "a") + '<userTask id="x"/><endEvent id="co"/>' + chain("i_ce", "x", "ct", "co")
    inside = (
        '<startEvent id="si"/>'
        + undoable("a")
        + undoable("b")
        + '<endEvent id="so"/>'
        + chain("si", "a", "b", "so")
        + aside("ce", "<compensateEventDefinition/>", own)
    )
    work = Office(
        draw(
            '<startEvent id="s"/>'
            + sub("sp", inside)
            + '<endEvent id="e"><compensateEventDefinition activityRef="sp"/></endEvent>'
            + chain("s", "sp", "e")
        )
    )
    assert work.do("a").do("b").tasks == ["x"]
    assert work.do("x").tasks == ["u_a"]
    assert work.do("u_a").last.ended is not None


def test_a_subprocess_is_left_by_its_own_flow_once_however_often_it_is_undone():
    inside = '<startEvent id="si"/>' + undoable("a") + '<endEvent id="so"/>' + chain("si", "a", "so")
    work = Office(
        draw(
            '<startEvent id="s"/>'
            + sub("sp", inside)
            + throw()
            + throw("ct2")
            + '<userTask id="n"/><endEvent id="e"/>'
            + chain("s", "sp", "ct", "ct2", "n", "e")
        )
    )
    assert work.do("a").do("u_a").tasks == ["n"]
    assert work.passed.count("ct2") == 1


def test_a_cancelled_transaction_stops_what_runs_and_undoes_what_is_done():
    inside = (
        '<startEvent id="si"/><parallelGateway id="f"/>' + undoable("a") + '<userTask id="b"/><endEvent id="bo"/>'
        '<endEvent id="stop"><cancelEventDefinition/></endEvent>'
        + chain("si", "f", "a", "stop")
        + chain("f", "b", "bo")
    )
    work = Office(
        draw(
            f'<startEvent id="s"/><transaction id="t">{inside}</transaction><boundaryEvent id="x" attachedToRef="t">'
            '<cancelEventDefinition/></boundaryEvent><endEvent id="e"/><userTask id="n"/><endEvent id="ne"/>'
            + chain("s", "t", "e")
            + chain("x", "n", "ne")
        )
    )
    assert work.do("a").tasks == ["u_a"]
    assert work.do("u_a").tasks == ["n"]


def test_an_error_out_of_what_runs_beside_is_caught_by_its_scope():
    beside = f'<userTask id="x"/><endEvent id="o1">{ERROR}</endEvent>' + chain("i_e1", "x", "o1")
    caught = '<userTask id="y"/><endEvent id="o2"/>' + chain("i_e2", "y", "o2")
    main = '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + chain("s", "a", "e")
    sign = '<messageEventDefinition messageRef="m"/>'
    work = Office(draw(main + aside("e1", sign, beside, ' isInterrupting="false"') + aside("e2", ERROR, caught), CODES))
    assert work.tell("Rut").do("x").tasks == ["y"]
    ends = Office(draw(main + aside("e1", sign, beside) + aside("e2", ERROR, caught), CODES))
    assert ends.tell("Rut").do("x").last.ended.kind == "error"  # the first one has ended its scope


@pytest.mark.parametrize(("caught", "thrown"), [("ec2", "ec2"), ("any", "ec2"), ("ec", None)])
def test_an_escalation_is_offered_to_the_sibling_that_fits(caught, thrown):
    first = f'<userTask id="x"/><endEvent id="o1">{ESCALATION.format(ref="ec2")}</endEvent>' + chain("i_e1", "x", "o1")
    second = '<userTask id="y"/><endEvent id="o2"/>' + chain("i_e2", "y", "o2")
    beside = ' isInterrupting="false"'
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>'
            + chain("s", "a", "e")
            + aside("e1", '<messageEventDefinition messageRef="m"/>', first, beside)
            + aside("e2", ESCALATION.format(ref=caught), second, beside),
            CODES,
        )
    )
    work.tell("Rut").do("x")
    assert work.tasks == (["a", "y"] if thrown else ["a"])


def thrower(element: str) -> bytes:
    return draw('<startEvent id="s"/><userTask id="a"/>' + element + chain("s", "a", "x"), CODES)


def test_what_the_standard_does_not_allow_is_refused():
    nested = sub("sp", '<startEvent id="si"/>' + throw(ref="a") + '<endEvent id="so"/>' + chain("si", "ct", "so"))
    outer = '<startEvent id="s"/>' + undoable("a") + '<endEvent id="e"/>'
    assert codes(draw(outer + nested + chain("s", "a", "sp", "e"))) == {"compensation_not_seen"}
    plain = (
        '<startEvent id="s"/><userTask id="a"/>' + throw(ref="a") + '<endEvent id="e"/>' + chain("s", "a", "ct", "e")
    )
    assert codes(draw(plain)) == {"compensation_nothing"}
    assert codes(thrower('<endEvent id="x"><errorEventDefinition/></endEvent>')) == {"code_missing"}
    assert codes(thrower(f'<endEvent id="x">{ESCALATION.format(ref="any")}</endEvent>')) == {"code_missing"}
    twice = "".join(
        f'<boundaryEvent id="b{n}" attachedToRef="a">{ESCALATION.format(ref="ec")}</boundaryEvent><endEvent id="e{n}"/>'
        + chain(f"b{n}", f"e{n}")
        for n in (1, 2)
    )
    assert codes(thrower('<endEvent id="x"/>' + twice)) == {"handled_twice"}
    at_top = aside("ce", "<compensateEventDefinition/>", throw() + '<endEvent id="o"/>' + chain("i_ce", "ct", "o"))
    assert codes(thrower('<endEvent id="x"/>' + at_top)) == {"compensation_never"}


@pytest.mark.parametrize("sign", ["message", "signal", "timer", "conditional", "error", "escalation"])
@pytest.mark.parametrize("tag", ["subProcess", "transaction"])
def test_an_embedded_subprocess_begins_only_when_it_is_reached(sign, tag):
    inside = f'<startEvent id="si"><{sign}EventDefinition/></startEvent><endEvent id="so"/>' + chain("si", "so")
    xml = draw(f'<startEvent id="s"/><{tag} id="sp">{inside}</{tag}><endEvent id="e"/>' + chain("s", "sp", "e"))
    assert "event_not_here" in codes(xml)


def test_a_called_process_begins_by_its_plain_start():
    starts = '<startEvent id="ms"><messageEventDefinition messageRef="m"/></startEvent>'
    other = '<process id="q">' + starts + '{plain}<userTask id="b"/><endEvent id="be"/>{flows}</process>'
    main = '<startEvent id="s"/><callActivity id="c" calledElement="q"/><endEvent id="e"/>' + chain("s", "c", "e")
    flows = chain("ms", "b", "be")
    assert codes(draw(main, CODES, more=other.format(plain="", flows=flows))) == {"called_without_start"}
    plain = '<startEvent id="ps"/>'
    both = draw(main, CODES, more=other.format(plain=plain, flows=flows + chain("ps", "b")))
    assert Office(both).tasks == ["b"]


def test_an_association_is_found_wherever_it_is_listed():
    inside = '<startEvent id="si"/>' + undoable("a") + '<endEvent id="so"/>' + chain("si", "a", "so")
    line = '<association id="as_a" sourceRef="c_a" targetRef="u_a"/>'
    body = '<startEvent id="s"/>{sub}<endEvent id="e"><compensateEventDefinition/></endEvent>' + chain("s", "sp", "e")
    bare = inside.replace(line, "")
    for xml in (
        draw(body.format(sub=sub("sp", bare)) + line),
        draw(body.format(sub=sub("sp", bare)), more=f'<collaboration id="c">{line}</collaboration>'),
    ):
        load_process(xml)
        assert Office(xml).do("a").tasks == ["u_a"]

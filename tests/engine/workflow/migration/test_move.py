"""Running instances move to a new version of their diagram, or are told why they cannot."""

from __future__ import annotations

from datetime import timedelta

from office import MORNING, Office, chain, draw

from engine.workflow.migration import Migration, migrate
from engine.workflow.position import position
from engine.workflow.spec import load_process

TIMER = (
    '<boundaryEvent id="{name}" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
    "<timeDuration>{length}</timeDuration></timerEventDefinition></boundaryEvent>"
    '<endEvent id="{name}e"/><sequenceFlow id="{name}f" sourceRef="{name}" targetRef="{name}e"/>'
)
FIRST = draw(
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    + TIMER.format(name="warn", length="P2D")
    + chain("s", "a", "b", "e")
)
MORE = draw(
    '<startEvent id="s"/><userTask id="a" name="Kiểm tra"/><userTask id="new"/><userTask id="b"/><endEvent id="e"/>'
    + TIMER.format(name="warn", length="P5D")
    + TIMER.format(name="late", length="P1D")
    + chain("s", "a", "new", "b", "e")
)


def move(work: Office, xml: bytes, **mapping: str) -> Migration:
    spec = load_process(xml)
    result = migrate(work.spec, work.last.snapshot, spec, work.variables, work.now, mapping=mapping)
    if result.snapshot is not None:
        work.spec = spec
        object.__setattr__(work.last, "snapshot", result.snapshot)
        work.timers.update({timer.token: timer.element_id for timer in result.timers})
        work.due.update({timer.token: timer.due_at for timer in result.timers})
        for token in result.cancelled_timers:
            del work.timers[token]
    return result


def test_open_task_keeps_its_token_and_its_timer_keeps_its_instant():
    work = Office(FIRST)
    token, due = work.token(work.open, "a"), dict(work.due)
    result = move(work.wait(hours=20), MORE)
    assert not result.obstacles
    assert work.token(work.open, "a") == token
    assert {timer: work.due[timer] for timer in due} == due
    assert [(timer.element_id, timer.due_at) for timer in result.timers] == [
        ("late", MORNING + timedelta(hours=20, days=1))
    ]
    assert work.do("a").tasks == ["new"]
    assert len(work.last.cancelled_timers) == 2


def test_removed_border_event_no_longer_waits():
    work = Office(MORE)
    result = move(work, FIRST)
    assert len(result.cancelled_timers) == 1
    assert [place.element_id for place in position(work.spec, result.snapshot)] == ["a", "warn"]
    assert work.do("a").tasks == ["b"]


def test_removed_current_task_is_an_obstacle_unless_it_is_mapped():
    renamed = FIRST.replace(b'"b"', b'"check"')
    work = Office(FIRST).do("a")
    refused = move(work, renamed)
    assert [(o.element_id, o.code) for o in refused.obstacles] == [("b", "element_gone")]
    assert refused.snapshot is None
    result = move(work, renamed, b="check")
    assert result.moved == ((work.token(work.open, "b"), "check"),)
    work.open = dict.fromkeys(work.open, "check")
    assert work.do("check").last.ended is not None


def test_changed_kind_and_changed_repetition_are_obstacles():
    kind = FIRST.replace(b'<userTask id="a"/>', b'<receiveTask id="a"/>')
    loop = FIRST.replace(
        b'<userTask id="a"/>',
        b'<userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality>'
        b"</multiInstanceLoopCharacteristics></userTask>",
    )
    assert move(Office(FIRST), kind).obstacles[0].code == "kind_changed"
    assert move(Office(FIRST), loop).obstacles[0].code == "loop_changed"


REPEATED = (
    '<startEvent id="s"/><subProcess id="sub"><multiInstanceLoopCharacteristics motcua:collection="units"'
    ' motcua:item="unit" motcua:collect="answers" motcua:collected="answer"/><startEvent id="i"/>'
    '<userTask id="ask" motcua:outputs="answer"/>{more}<endEvent id="o"/></subProcess><endEvent id="e"/>'
    + chain("s", "sub", "e")
)


def test_instances_within_a_repetition_move_with_their_items():
    work = Office(draw(REPEATED.format(more=chain("i", "ask", "o"))), units=["a", "b"])
    first = min(work.open, key=lambda token: int(token[1:]))
    work.open = {first: "ask"} | work.open
    work.do("ask", answer=1)
    move(work, draw(REPEATED.format(more='<userTask id="sign"/>' + chain("i", "ask", "sign", "o"))))
    work.do("ask", answer=2).do("sign")
    assert work.variables["answers"] == [1, 2]
    assert work.last.ended is not None


def test_half_filled_join_moves_when_its_flows_are_still_there():
    fork = (
        '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>{more}'
        '<parallelGateway id="j"/><endEvent id="e"/>' + chain("s", "f", "a", "j", "e") + chain("f", "b")
    )
    old = draw(fork.format(more="") + chain("b", "j"))
    work = Office(old).do("a")
    assert not move(work, draw(fork.format(more='<userTask id="c"/>') + chain("b", "c", "j"))).obstacles
    assert work.do("b").do("c").last.ended is not None
    other = Office(old).do("a")
    renamed = draw((fork.format(more="") + chain("b", "j")).replace('id="a.j"', 'id="other"'))
    assert move(other, renamed).obstacles[0].code == "join_changed"


def test_new_event_subprocess_begins_to_listen():
    listening = FIRST.replace(
        b'<startEvent id="s"/>',
        b'<startEvent id="s"/><subProcess id="es" triggeredByEvent="true"><startEvent id="in">'
        b'<messageEventDefinition messageRef="m"/></startEvent><userTask id="record"/>'
        + chain("in", "record").encode()
        + b"</subProcess>",
    ).replace(b"<process", b'<message id="m" name="withdraw"/><process')
    work = Office(FIRST)
    assert work.tell("withdraw").last.caught is False
    move(work, listening)
    assert work.tell("withdraw").tasks == ["record"]

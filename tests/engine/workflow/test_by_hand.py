"""What a drawing leaves open is done by people: choices, events without a time, steps with nothing inside."""

from __future__ import annotations

import pytest
from office import MORNING, Office, chain, draw, flow, sketch

from engine.workflow.errors import WrongEvent
from engine.workflow.migration import migrate
from engine.workflow.runner import TimerFired
from engine.workflow.simulation import play
from engine.workflow.spec import check_model, load_process

CHOICE = (
    '<laneSet id="ls"><lane id="lane_review"><flowNodeRef>g</flowNodeRef></lane></laneSet>'
    '<startEvent id="s"/>{gateway}<userTask id="a" name="Thẩm định"/><userTask id="b"/><endEvent id="e"/>'
    + chain("s", "g")
    + flow("g", "a")
    + flow("g", "b", name="Trả lại")
    + chain("a", "e")
    + chain("b", "e")
)
ONE = draw(CHOICE.format(gateway='<exclusiveGateway id="g" name="Đủ?"/>'))
SOME = draw(CHOICE.format(gateway='<inclusiveGateway id="g"/>'))


def said(xml: bytes, severity: str) -> dict[str, str]:
    return {one.code: one.element for one in check_model(xml) if one.severity == severity}


def test_a_gateway_without_conditions_waits_for_a_person_of_its_lane():
    work = Office(ONE)
    (opened,) = work.last.opened
    assert (opened.element_id, opened.lane, opened.kind) == ("g", "review", "exclusive_gateway")
    assert [(one.flow_id, one.name) for one in opened.choices] == [("g.a", "Thẩm định"), ("g.b", "Trả lại")]
    assert work.pick("g", "g.b").tasks == ["b"]
    assert said(ONE, "warning") == {"choice_by_person": "g"}


@pytest.mark.parametrize("flows", [(), ("g.a", "g.b"), ("s.g",), ("nothing",), ("g.a", "nothing")])
def test_an_exclusive_choice_takes_exactly_one_of_its_flows(flows):
    work = Office(ONE)
    before = work.last
    with pytest.raises(WrongEvent) as refused:
        work.pick("g", *flows)
    assert "đúng một" in refused.value.message_vi
    assert "Trả lại" in refused.value.message_en
    assert work.last is before
    assert work.pick("g", "g.a").tasks == ["a"]


def test_an_inclusive_choice_takes_one_or_more():
    with pytest.raises(WrongEvent):
        Office(SOME).pick("g")
    with pytest.raises(WrongEvent):
        Office(SOME).pick("g", "g.a", "x")
    assert Office(SOME).pick("g", "g.b").tasks == ["b"]
    assert Office(SOME).pick("g", "g.b", "g.a").tasks == ["a", "b"]


def test_only_a_choice_takes_flows():
    work = Office(ONE).pick("g", "g.a")
    with pytest.raises(WrongEvent):
        work.pick("a", "a.e")


def test_a_default_flow_is_one_of_the_choices():
    xml = draw(CHOICE.format(gateway='<exclusiveGateway id="g" default="g.b"/>'))
    assert Office(xml).pick("g", "g.b").tasks == ["b"]


def test_some_conditions_and_several_bare_flows_stay_refused():
    body = CHOICE.format(gateway='<exclusiveGateway id="g"/>') + flow("g", "e", "x = 1")
    assert said(draw(body), "error") == {"flows_without_condition": "g"}
    inclusive = CHOICE.format(gateway='<inclusiveGateway id="g"/>') + flow("g", "e", "x = 1")
    assert said(draw(inclusive), "error") == {"flows_without_condition": "g"}


def test_a_choice_inside_an_interrupted_subprocess_is_closed():
    work = Office(
        draw(
            '<startEvent id="s"/><subProcess id="sub"><startEvent id="i"/><exclusiveGateway id="g"/>'
            '<endEvent id="x"/><endEvent id="y"/>' + chain("i", "g", "x") + chain("g", "y") + "</subProcess>"
            '<boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition><timeDuration>P1D</timeDuration>'
            '</timerEventDefinition></boundaryEvent><userTask id="after"/>' + chain("s", "sub") + chain("late", "after")
        )
    )
    token = work.token(work.open, "g")
    work.ring("late")
    assert work.tasks == ["after"]
    assert work.last.closed == (token,)


def test_a_chosen_round_may_be_repeated():
    work = Office(
        draw(
            '<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="a"/><exclusiveGateway id="g"/>'
            '<endEvent id="e"/>' + chain("s", "m", "a", "g", "e") + chain("g", "m")
        )
    )
    for round_ in range(1, 4):
        work.do("a")
        assert work.last.opened[0].round == round_
        work.pick("g", "g.m")
    assert work.do("a").pick("g", "g.e").last.ended is not None


TIMER = "<timerEventDefinition/>"
CONDITION = "<conditionalEventDefinition><condition/></conditionalEventDefinition>"


@pytest.mark.parametrize("sign", [TIMER, CONDITION])
def test_an_event_that_does_not_say_when_is_told_by_a_person(sign):
    body = f'<startEvent id="s"/><intermediateCatchEvent id="x" name="2 tuần">{sign}</intermediateCatchEvent>'
    body += '<userTask id="a"/>' + chain("s", "x", "a")
    work = Office(sketch(body))
    assert work.tasks == ["x"]
    assert not work.last.timers
    with pytest.raises(WrongEvent):
        work._step(TimerFired(work.token(work.open, "x"), work.now))
    assert work.do("x").tasks == ["a"]
    assert said(sketch(body), "warning") == {"event_by_hand": "x"}
    assert said(draw(body), "error") in ({"timer_missing": "x"}, {"condition_missing": "x"})


def test_told_events_are_rivals_behind_an_event_gateway():
    work = Office(
        sketch(
            '<startEvent id="s"/><eventBasedGateway id="g"/><userTask id="a"/><userTask id="b"/>'
            f'<intermediateCatchEvent id="x">{TIMER}</intermediateCatchEvent>'
            f'<intermediateCatchEvent id="y">{CONDITION}</intermediateCatchEvent>'
            + chain("s", "g", "x", "a")
            + chain("g", "y", "b")
        )
    )
    assert work.tasks == ["x", "y"]
    assert work.do("y").tasks == ["b"]


@pytest.mark.parametrize(("sign", "again"), [(TIMER, ["a", "after"]), (CONDITION, ["a", "after", "late"])])
def test_told_border_events_beside_the_work(sign, again):
    work = Office(
        sketch(
            '<startEvent id="s"/><userTask id="a"/><boundaryEvent id="late" attachedToRef="a" cancelActivity="false">'
            f'{sign}</boundaryEvent><userTask id="after"/><endEvent id="e"/>'
            + chain("s", "a", "e")
            + chain("late", "after")
        )
    )
    assert work.tasks == ["a", "late"]
    assert work.do("late").tasks == again
    assert work.do("a").tasks == ["after"], "the watcher goes with its host"


def test_a_told_border_event_interrupts():
    work = Office(
        sketch(
            '<startEvent id="s"/><userTask id="a"/><boundaryEvent id="late" attachedToRef="a">'
            f'{TIMER}</boundaryEvent><userTask id="after"/>' + chain("s", "a") + chain("late", "after")
        )
    )
    assert work.do("late").tasks == ["after"]


def test_a_told_event_subprocess():
    work = Office(
        sketch(
            f'<startEvent id="s"/><userTask id="a"/><subProcess id="es" triggeredByEvent="true"><startEvent id="in">'
            f'{CONDITION}</startEvent><userTask id="b"/>' + chain("in", "b") + "</subProcess>" + chain("s", "a")
        )
    )
    assert work.tasks == ["a", "in"]
    assert work.do("in").tasks == ["b"]
    finished = Office(work.spec).do("a")
    assert finished.last.ended is not None


def test_a_drawing_starts_by_hand_whatever_its_start_event_waits_for():
    body = f'<startEvent id="s">{CONDITION}</startEvent><userTask id="a"/>' + chain("s", "a")
    assert Office(sketch(body)).tasks == ["a"]
    assert said(sketch(body), "warning") == {"start_by_hand": "s"}


@pytest.mark.parametrize("empty", ['<subProcess id="x"/>', '<callActivity id="x"/>', '<transaction id="x"/>'])
def test_a_step_with_nothing_inside_is_done_by_hand(empty):
    body = f'<startEvent id="s"/>{empty}<userTask id="a"/>' + chain("s", "x", "a")
    assert Office(sketch(body)).do("x").tasks == ["a"]
    assert said(sketch(body), "warning") == {"empty_by_hand": "x"}
    assert set(said(draw(body), "error")) <= {"empty_subprocess", "called_missing"}
    assert said(draw(body), "error")


def test_play_chooses_by_label_or_id():
    steps = [{"complete": "g"}, {"complete": "Đủ?", "flow": "Trả lại"}]
    states = list(play(ONE, steps, at=MORNING))
    assert states[0]["open"][0]["choices"][1] == {"flow": "g.b", "name": "Trả lại", "leads_to": "b"}
    assert "Trả lại" in states[1]["error"]
    assert states[1]["open"] == states[0]["open"]
    assert [one["element"] for one in states[2]["open"]] == ["b"]


def test_a_choice_moves_to_a_new_version_and_says_when_it_cannot():
    old, same = load_process(ONE), load_process(ONE.replace("Đủ?".encode(), "Đủ hồ sơ?".encode()))
    work = Office(old)
    moved = migrate(old, work.last.snapshot, same, work.variables, MORNING)
    assert moved.snapshot is not None
    work.spec, work.last = same, type(work.last)(moved.snapshot, work.variables)
    assert work.pick("g", "g.a").tasks == ["a"]
    automatic = load_process(
        ONE.replace(b'targetRef="a">', b'targetRef="a"><conditionExpression>true</conditionExpression>', 1)
    )
    assert migrate(old, Office(old).last.snapshot, automatic, {}, MORNING).obstacles[0].code == "kind_changed"


def test_told_watchers_come_and_go_with_a_new_version():
    bare = '<startEvent id="s"/><userTask id="a"/><userTask id="after"/>' + chain("s", "a", "after")
    watched = bare.replace(
        '<userTask id="after"/>',
        f'<userTask id="after"/><boundaryEvent id="late" attachedToRef="a">{TIMER}</boundaryEvent>'
        + chain("late", "after"),
    )
    old, new = load_process(sketch(bare)), load_process(sketch(watched))
    forward = migrate(old, Office(old).last.snapshot, new, {}, MORNING)
    assert [task.element_id for task in forward.opened] == ["late"]
    back = migrate(new, forward.snapshot, old, {}, MORNING)
    assert back.closed == (forward.opened[0].token,)

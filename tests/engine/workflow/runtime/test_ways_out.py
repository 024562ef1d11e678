"""Every incident has a way out that works: try again, pass over, send the token elsewhere; it closes with its token."""

from __future__ import annotations

import pytest
from office import MORNING, Office, chain, draw, flow

from engine.workflow.errors import WrongEvent
from engine.workflow.migration import migrate
from engine.workflow.runner import Skipped
from engine.workflow.spec import load_process

STARVED = (
    '<startEvent id="s"/><userTask id="a"/><exclusiveGateway id="g" default="g.c"/><userTask id="b"/><userTask id="c"/>'
    '<parallelGateway id="j"/><userTask id="d"/><userTask id="f"/><endEvent id="e"/><endEvent id="e2"/>'
    + chain("s", "a", "g", "c", "j", "d", "e")
    + flow("g", "b", "n = 1")
    + chain("b", "j", "f", "e2")
)


def starved() -> Office:
    work = Office(draw(STARVED), n=1)
    work.do("a").do("b")
    assert [one.code for one in work.last.incidents] == ["join_starved"]
    return work


def send(work: Office, to: str) -> Office:
    return work._step(Skipped(work.last.incidents[0].token, "agreed", work.now, None, to))


def test_a_starved_join_is_told_again_when_it_is_tried_in_vain():
    work = starved()
    token = work.last.incidents[0].token
    work.retry()
    assert work.last.incidents_over == (token,)
    assert [one.token for one in work.last.incidents] == [token]


def test_a_starved_join_is_passed_with_what_has_arrived():
    work = starved().skip()
    assert work.tasks == ["d", "f"]
    assert work.last.incidents_over
    assert work.do("d").do("f").last.ended is not None
    assert starved().skip("j.d").tasks == ["d"]


def test_a_starved_token_is_sent_where_the_missing_branch_begins():
    work = send(starved(), "c")
    assert work.tasks == ["c"]
    assert work.last.incidents_over
    for goal in ("s", "nowhere"):
        with pytest.raises(WrongEvent):
            send(starved(), goal)


def test_an_incident_closes_with_its_token_and_with_the_instance():
    work = starved()
    token = work.last.incidents[0].token
    assert work.cancel().last.incidents_over == (token,)


MANY = (
    '<startEvent id="s"/><userTask id="a" motcua:outputs="ok"><multiInstanceLoopCharacteristics>'
    "<loopCardinality>3</loopCardinality><completionCondition>ok</completionCondition>"
    '</multiInstanceLoopCharacteristics></userTask><userTask id="b"/><endEvent id="e"/>' + chain("s", "a", "b", "e")
)


def test_a_completion_condition_that_cannot_be_asked_is_passed_over():
    work = Office(draw(MANY)).do("a").skip()
    assert work.tasks == ["a", "a"]
    work.do("a").skip().do("a")
    assert work.tasks == ["b"]  # all are done: nothing is asked any more
    ended = Office(draw(MANY)).do("a").skip("a.b")
    assert ended.tasks == ["b"]


def test_a_completion_condition_is_asked_again_when_the_fact_is_known():
    work = Office(draw(MANY)).do("a")
    work.last.variables["ok"] = True
    assert work.retry().tasks == ["b"]


WAITING = (
    '<startEvent id="s"/><intermediateCatchEvent id="w"><conditionalEventDefinition><condition>n + 1</condition>'
    '</conditionalEventDefinition></intermediateCatchEvent><userTask id="b"/><endEvent id="e"/>'
    + chain("s", "w", "b", "e")
)


def test_a_waiting_condition_that_is_none_is_told_once_and_passed_over():
    work = Office(draw(WAITING), n=1)
    assert [one.code for one in work.last.incidents] == ["not_a_condition"]
    told = work.last
    assert work.look_again(m=2).last.incidents == ()
    work.last = told
    assert work.skip().tasks == ["b"]


def joined(branches: str) -> bytes:
    tasks = "".join(f'<userTask id="{one}"/>' for one in branches)
    flows = "".join(chain("g", one, "j") for one in branches)
    gateways = '<startEvent id="s"/><parallelGateway id="g"/><parallelGateway id="j"/><endEvent id="e"/>'
    return draw(gateways + tasks + chain("s", "g") + chain("j", "e") + flows)


@pytest.mark.parametrize("done", ["", "a", "ab"])
def test_a_dossier_that_has_passed_the_fork_is_not_moved_to_one_more_branch(done):
    old, new = load_process(joined("ab")), load_process(joined("abc"))
    work = Office(old)
    for task in done:
        work.do(task)
    result = migrate(old, work.last.snapshot, new, {}, MORNING)
    assert [one.code for one in result.obstacles] == ([] if done == "ab" else ["join_starved"])
    back = migrate(new, Office(new).last.snapshot, load_process(joined("abcd")), {}, MORNING)
    assert {one.element_id for one in back.obstacles} == {"j"}

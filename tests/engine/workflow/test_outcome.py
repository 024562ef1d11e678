"""Two steps told as one: what opened and closed in between was never there."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.workflow.outcome import Advance, DecisionCall, Ended, OpenTask, ServiceCall, TimerSet

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def task(token: str) -> OpenTask:
    return OpenTask(token, "e", "E", "user_task", None, 1)


def call(token: str, *, waits: bool = True) -> ServiceCall:
    return ServiceCall(token, "e", "sms.send", {}, waits=waits)


def test_the_later_step_has_the_last_word_on_the_instance():
    first = Advance(b"1", {"a": 1}, passed=("x",), completed_token="t1")
    both = first.then(Advance(b"2", {"a": 2}, passed=("y",), ended=Ended(("end",), "completed")))
    assert (both.snapshot, both.variables, both.passed) == (b"2", {"a": 2}, ("x", "y"))
    assert (both.completed_token, both.caught) == ("t1", True)
    assert both.ended == Ended(("end",), "completed")
    assert first.then(Advance(b"2", {}, caught=False)).caught is False
    assert Advance(b"1", {}, caught=False).then(Advance(b"2", {})).caught is False
    assert Advance(b"1", {}, ended=Ended((), "error")).then(Advance(b"2", {})).ended == Ended((), "error")


def test_what_opened_and_closed_in_between_is_not_told():
    first = Advance(
        b"1",
        {},
        opened=(task("t1"), task("t2")),
        calls=(call("t3"), call("n4", waits=False)),
        timers=(TimerSet("t5", "e", AT),),
        decisions=(DecisionCall("t6", "e", "d", {}),),
        closed=("t0",),
    )
    later = Advance(
        b"2",
        {},
        opened=(task("t9"),),
        closed=("t1", "t7"),
        calls=(call("t10"),),
        cancelled_calls=("t3", "t6", "t8"),
        cancelled_timers=("t5", "t11"),
        timers=(TimerSet("t12", "e", AT),),
    )
    both = first.then(later)
    assert [one.token for one in both.opened] == ["t2", "t9"]
    assert both.closed == ("t0", "t7")
    assert [one.token for one in both.calls] == ["n4", "t10"]
    assert both.cancelled_calls == ("t8",)
    assert both.decisions == ()
    assert [one.token for one in both.timers] == ["t12"]
    assert both.cancelled_timers == ("t11",)

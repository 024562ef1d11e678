"""One diagram for every construct that is run, with the steps that lead through it and where they end."""

from __future__ import annotations

from families_events import EVENTS
from office import chain, draw
from shapes import (
    ERROR,
    ERROR_SIGN,
    INSIDE,
    MANY,
    MESSAGE,
    MESSAGE_SIGN,
    SIGNAL,
    SIGNAL_SIGN,
    E,
    Family,
    S,
    border,
    bordered,
    choice,
    condition,
    event,
    event_subprocess,
    line,
    sub,
    task,
    timer,
)

FAMILIES: dict[str, Family] = {
    **EVENTS,
    "user task": Family(line(task("a", "x"), "a"), [{"complete": "a", "data": {"x": 1, "y": 2}}], variables={"x": 1}),
    "manual task": Family(line(task("a", tag="manualTask"), "a"), [{"complete": "a"}]),
    "untyped task": Family(line(task("a", tag="task"), "a"), [{"complete": "a"}]),
    "service task": Family(
        line(task("a", "x", tag="serviceTask", more=' motcua:connector="post.deliver"'), "a"),
        [{"job": "a", "data": {"x": 7, "secret": 1}}],
        variables={"x": 7},
    ),
    "service task that fails": Family(
        bordered("<errorEventDefinition/>", True, host=task("a", tag="serviceTask", more=' motcua:connector="k"')),
        [{"fail": "a", "code": "GONE"}, {"complete": "b"}],
        ["late"],
    ),
    "service task by hand": Family(line(task("a", tag="serviceTask"), "a"), [{"complete": "a"}]),
    "send task": Family(
        draw(S + task("a", tag="sendTask", more=' messageRef="m"') + E + chain("s", "a", "e"), MESSAGE), []
    ),
    "receive task": Family(
        draw(S + task("a", "x", tag="receiveTask", more=' messageRef="m"') + E + chain("s", "a", "e"), MESSAGE),
        [{"message": "Trả lời", "data": {"x": 3}}],
        variables={"x": 3},
    ),
    "business rule task": Family(
        line(task("a", "x", tag="businessRuleTask", more=' motcua:decision="fee"'), "a"),
        [{"job": "a", "data": {"x": 8000}}],
        variables={"x": 8000},
    ),
    "script task in FEEL": Family(
        line(task("a", "x", "<script>1 + 2</script>", "scriptTask", ' scriptFormat="feel"'), "a"),
        [],
        variables={"x": 3},
    ),
    "call activity": Family(
        draw(
            S + '<callActivity id="c" calledElement="q"/>' + E + chain("s", "c", "e"),
            more=f'<process id="q">{INSIDE}</process>',
        ),
        [{"complete": "a"}],
    ),
    "embedded subprocess": Family(line(sub("c", INSIDE), "c"), [{"complete": "a"}]),
    "transaction cancelled": Family(
        draw(
            S
            + '<transaction id="c"><startEvent id="i"/>'
            + task("book")
            + task("pay")
            + event("o", "<cancelEventDefinition/>", "endEvent")
            + border("undo", "book", "<compensateEventDefinition/>")
            + '<userTask id="unbook" isForCompensation="true"/>'
            + '<association id="as" sourceRef="undo" targetRef="unbook"/>'
            + chain("i", "book", "pay", "o")
            + "</transaction>"
            + E
            + border("x", "c", "<cancelEventDefinition/>")
            + '<endEvent id="off"/>'
            + chain("s", "c", "e")
            + chain("x", "off")
        ),
        [{"complete": "book"}, {"complete": "pay"}, {"complete": "unbook"}],
        ["off"],
    ),
    "event subprocess, interrupting message": Family(
        event_subprocess(MESSAGE_SIGN, True, MESSAGE), [{"message": "Trả lời"}, {"complete": "b"}], ["o"]
    ),
    "event subprocess beside, message twice": Family(
        event_subprocess(MESSAGE_SIGN, False, MESSAGE),
        [{"message": "Trả lời"}, {"message": "Trả lời"}, {"complete": "b"}, {"complete": "b"}, {"complete": "a"}],
        ["o", "o", "e"],
    ),
    "event subprocess, timer": Family(
        event_subprocess(timer("P1D"), True), [{"wait": "P2D"}, {"complete": "b"}], ["o"]
    ),
    "event subprocess, cycle beside": Family(
        event_subprocess(timer("R2/PT1H", "timeCycle"), False),
        [{"wait": "PT5H"}, {"complete": "b"}, {"complete": "b"}, {"complete": "a"}],
        ["o", "o", "e"],
    ),
    "event subprocess, signal": Family(
        event_subprocess(SIGNAL_SIGN, True, SIGNAL), [{"signal": "Bão"}, {"complete": "b"}], ["o"]
    ),
    "event subprocess, condition": Family(
        event_subprocess(condition("n &gt; 1"), True),
        [{"set": {"n": 1}}, {"set": {"n": 2}}, {"complete": "b"}],
        ["o"],
    ),
    "event subprocess, error": Family(
        draw(
            S
            + task("a")
            + event("bad", ERROR_SIGN, "endEvent")
            + sub(
                "es", event("in", ERROR_SIGN, "startEvent") + task("b") + chain("in", "b"), ' triggeredByEvent="true"'
            )
            + chain("s", "a", "bad"),
            ERROR,
        ),
        [{"complete": "a"}, {"complete": "b"}],
        ["bad"],
    ),
    "parallel instances until enough": Family(
        line(
            task(
                "a",
                "x",
                MANY.format("false", "<completionCondition>numberOfCompletedInstances = 2</completionCondition>"),
            ),
            "a",
        ),
        [{"start": {"list": [1, 2, 3]}}, {"complete": "a", "data": {"x": "p"}}, {"complete": "a", "data": {"x": "q"}}],
        variables={"all": ["p", "q"]},
    ),
    "instances one after the other": Family(
        line(task("a", "x", MANY.format("true", "")), "a"),
        [{"start": {"list": [1, 2]}}, {"complete": "a", "data": {"x": 5}}, {"complete": "a", "data": {"x": 6}}],
        variables={"all": [5, 6]},
    ),
    "standard loop": Family(
        line(
            task(
                "a",
                "n",
                '<standardLoopCharacteristics loopMaximum="5"><loopCondition>n &lt; 2</loopCondition>'
                "</standardLoopCharacteristics>",
            ),
            "a",
        ),
        [{"complete": "a", "data": {"n": 1}}, {"complete": "a", "data": {"n": 2}}],
    ),
    "exclusive gateway": Family(
        choice("exclusiveGateway", "n = 1", "", "g.b"), [{"complete": "ask", "data": {"n": 1}}, {"complete": "a"}]
    ),
    "exclusive default": Family(
        choice("exclusiveGateway", "n = 1", "", "g.b"), [{"complete": "ask", "data": {"n": 9}}, {"complete": "b"}]
    ),
    "exclusive choice by a person": Family(
        choice("exclusiveGateway", "", ""), [{"complete": "ask"}, {"complete": "g", "flow": "g.b"}, {"complete": "b"}]
    ),
    "inclusive gateway": Family(
        choice("inclusiveGateway", "n &gt; 0", "n &gt; 1"),
        [{"complete": "ask", "data": {"n": 2}}, {"complete": "b"}, {"complete": "a"}],
    ),
    "inclusive choice by a person": Family(
        choice("inclusiveGateway", "", ""),
        [{"complete": "ask"}, {"complete": "g", "flow": ["g.a", "g.b"]}, {"complete": "b"}, {"complete": "a"}],
    ),
    "parallel gateway": Family(
        choice("parallelGateway", "", ""), [{"complete": "ask"}, {"complete": "b"}, {"complete": "a"}]
    ),
}

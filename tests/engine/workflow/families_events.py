"""The families of events, links, compensation, data, starts and pools."""

from __future__ import annotations

from office import chain, draw, sketch
from shapes import (
    ERROR,
    ERROR_SIGN,
    ESCALATION,
    ESCALATION_SIGN,
    FAILS,
    INSIDE,
    MESSAGE,
    MESSAGE_SIGN,
    SIGNAL,
    SIGNAL_SIGN,
    E,
    Family,
    S,
    border,
    bordered,
    condition,
    event,
    line,
    sub,
    task,
    timer,
)

EVENTS: dict[str, Family] = {
    "event-based gateway": Family(
        draw(
            S
            + '<eventBasedGateway id="g"/>'
            + event("x", MESSAGE_SIGN)
            + event("y", timer("P3D"))
            + E
            + '<endEvent id="late"/>'
            + chain("s", "g", "x", "e")
            + chain("g", "y", "late"),
            MESSAGE,
        ),
        [{"wait": "P3D"}],
        ["late"],
    ),
    "terminate": Family(
        draw(
            S
            + '<parallelGateway id="g"/>'
            + task("a")
            + task("b")
            + event("stop", "<terminateEventDefinition/>", "endEvent")
            + E
            + chain("s", "g", "a", "stop")
            + chain("g", "b", "e")
        ),
        [{"complete": "a"}],
        ["stop"],
        "terminated",
    ),
    "error end caught on the border": Family(
        bordered(
            ERROR_SIGN,
            True,
            ERROR,
            sub(
                "a", FAILS.replace('id="a"', 'id="w"').replace("a.o", "w.o").replace("i.a", "i.w").replace('"a"', '"w"')
            ),
        ),
        [{"complete": "w"}, {"complete": "b"}],
        ["late"],
    ),
    "error end caught by nobody": Family(
        draw(S + task("a") + event("bad", ERROR_SIGN, "endEvent") + chain("s", "a", "bad"), ERROR),
        [{"complete": "a"}],
        ["bad"],
        "error",
    ),
    "escalation beside the work": Family(
        draw(
            S
            + sub(
                "c",
                '<startEvent id="i"/>'
                + event("up", ESCALATION_SIGN, "intermediateThrowEvent")
                + task("a")
                + chain("i", "up", "a"),
            )
            + border("x", "c", ESCALATION_SIGN, False)
            + task("b")
            + E
            + '<endEvent id="told"/>'
            + chain("s", "c", "e")
            + chain("x", "b", "told"),
            ESCALATION,
        ),
        [{"complete": "b"}, {"complete": "a"}],
        ["told", "e"],
    ),
    "message with its key": Family(
        draw(
            S
            + event("x", MESSAGE_SIGN, more=' motcua:correlation="code" motcua:outputs="got"')
            + E
            + chain("s", "x", "e"),
            MESSAGE,
        ),
        [{"start": {"code": "HS-1"}}, {"message": "Trả lời", "key": "HS-1", "data": {"got": True}}],
        variables={"got": True},
    ),
    "message thrown": Family(
        draw(
            S
            + event("x", MESSAGE_SIGN, "intermediateThrowEvent")
            + event("e", MESSAGE_SIGN, "endEvent")
            + chain("s", "x", "e"),
            MESSAGE,
        ),
        [],
    ),
    "signal thrown and caught": Family(
        draw(
            S
            + '<parallelGateway id="f"/>'
            + event("x", SIGNAL_SIGN)
            + task("a")
            + event("y", SIGNAL_SIGN, "intermediateThrowEvent")
            + '<parallelGateway id="j"/>'
            + E
            + chain("s", "f", "x", "j", "e")
            + chain("f", "a", "y", "j"),
            SIGNAL,
        ),
        [{"complete": "a"}],
    ),
    "timer, date": Family(line(event("x", timer("2026-12-01", "timeDate")), "x"), [{"until": "2026-12-01"}]),
    "timer, duration in FEEL": Family(
        line(event("x", timer('duration("P" + string(n) + "D")')), "x"), [{"start": {"n": 2}}, {"wait": "P2D"}]
    ),
    "timer, office time": Family(
        line(event("x", timer("P2D"), more=' motcua:calendar="working"'), "x"), [{"timer": "x"}]
    ),
    "condition": Family(
        line(event("x", condition("n = 1")), "x"),
        [{"set": {"n": 1}}],
    ),
    "link": Family(
        draw(
            S
            + event("go", '<linkEventDefinition name="L"/>', "intermediateThrowEvent")
            + event("come", '<linkEventDefinition name="L"/>')
            + task("a")
            + E
            + chain("s", "go")
            + chain("come", "a", "e")
        ),
        [{"complete": "a"}],
    ),
    "border timer, interrupting": Family(bordered(timer("P1D"), True), [{"wait": "P1D"}, {"complete": "b"}], ["late"]),
    "border timer, beside": Family(
        bordered(timer("P1D"), False), [{"wait": "P1D"}, {"complete": "a"}, {"complete": "b"}], ["e", "late"]
    ),
    "border cycle": Family(
        bordered(timer("R2/PT1H", "timeCycle"), False),
        [{"wait": "PT9H"}, {"complete": "b"}, {"complete": "b"}, {"complete": "a"}],
        ["late", "late", "e"],
    ),
    "border message": Family(
        bordered(MESSAGE_SIGN, True, MESSAGE), [{"message": "Trả lời"}, {"complete": "b"}], ["late"]
    ),
    "border signal": Family(bordered(SIGNAL_SIGN, True, SIGNAL), [{"signal": "Bão"}, {"complete": "b"}], ["late"]),
    "border condition": Family(
        bordered(condition("n = 1"), True),
        [{"set": {"n": 1}}, {"complete": "b"}],
        ["late"],
    ),
    "compensation": Family(
        draw(
            S
            + task("book")
            + border("undo", "book", "<compensateEventDefinition/>")
            + '<userTask id="unbook" isForCompensation="true"/>'
            + '<association id="as" sourceRef="undo" targetRef="unbook"/>'
            + event("back", "<compensateEventDefinition/>", "intermediateThrowEvent")
            + E
            + chain("s", "book", "back", "e")
        ),
        [{"complete": "book"}, {"complete": "unbook"}],
    ),
    "data objects and stores": Family(
        draw(
            S
            + '<dataObject id="do"/><dataObjectReference id="r" dataObjectRef="do"/>'
            + '<dataStoreReference id="ds" name="Sổ hộ tịch"/><textAnnotation id="t"><text>x</text></textAnnotation>'
            + task("a", inner='<dataInputAssociation id="x"><sourceRef>r</sourceRef></dataInputAssociation>')
            + E
            + chain("s", "a", "e")
        ),
        [{"complete": "a"}],
    ),
    "message start": Family(
        draw(event("s", MESSAGE_SIGN, "startEvent") + task("a") + E + chain("s", "a", "e"), MESSAGE),
        [{"complete": "a"}],
    ),
    "timer start": Family(
        draw(event("s", timer("R/P1D", "timeCycle"), "startEvent") + task("a") + E + chain("s", "a", "e")),
        [{"complete": "a"}],
    ),
    "several starts, one named": Family(
        draw(
            event("s", MESSAGE_SIGN, "startEvent", ' name="Qua bưu chính"')
            + event("t", SIGNAL_SIGN, "startEvent")
            + task("a")
            + task("b")
            + E
            + chain("s", "a", "e")
            + chain("t", "b", "e"),
            MESSAGE + SIGNAL,
        ),
        [{"start": {}, "event": "Qua bưu chính"}, {"complete": "a"}],
    ),
    "implicit split and merge": Family(
        draw(S + task("a") + task("b") + task("c") + E + chain("s", "a", "b", "e") + chain("a", "c", "e")),
        [{"complete": "a"}, {"complete": "b"}, {"complete": "c"}],
        ["e", "e"],
    ),
    "pools: one is run": Family(
        draw(
            S + task("a") + E + chain("s", "a", "e"),
            '<collaboration id="co"><participant id="pa" processRef="p"/>'
            '<participant id="pb" name="Dân" processRef="q"/>'
            '<messageFlow id="mf" sourceRef="a" targetRef="pb"/></collaboration>',
            more=f'<process id="q">{INSIDE.replace("a", "qa")}</process>',
        ),
        [{"complete": "a"}],
    ),
    "drawing for people": Family(
        sketch(
            S + task("a") + sub("c", "") + event("x", "<timerEventDefinition/>") + E + chain("s", "a", "c", "x", "e")
        ),
        [{"complete": "a"}, {"complete": "c"}, {"complete": "x"}],
    ),
}

"""Pieces of small diagrams, and what a family of a construct is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from office import chain, draw, flow

Step = dict[str, Any]


@dataclass(frozen=True)
class Family:
    """`ends`: the end events reached. `variables`: what the record must hold in the end, among others."""

    xml: bytes
    steps: list[Step]
    ends: list[str] = field(default_factory=lambda: ["e"])
    kind: str = "completed"
    variables: dict[str, Any] = field(default_factory=dict)


S, E = '<startEvent id="s"/>', '<endEvent id="e"/>'


def task(name: str, outputs: str = "", inner: str = "", tag: str = "userTask", more: str = "") -> str:
    declared = f' motcua:outputs="{outputs}"' if outputs else ""
    return f'<{tag} id="{name}"{declared}{more}>{inner}</{tag}>'


def line(inner: str, *names: str) -> bytes:
    """Start, the elements in a row, end."""
    return draw(S + inner + E + chain("s", *names, "e"))


def event(name: str, inner: str, tag: str = "intermediateCatchEvent", more: str = "") -> str:
    return f'<{tag} id="{name}"{more}>{inner}</{tag}>'


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def sub(name: str, inner: str, more: str = "", loop: str = "") -> str:
    return f'<subProcess id="{name}"{more}>{loop}{inner}</subProcess>'


def border(name: str, host: str, inner: str, interrupting: bool = True) -> str:
    return event(name, inner, "boundaryEvent", f' attachedToRef="{host}" cancelActivity="{str(interrupting).lower()}"')


MESSAGE = '<message id="m" name="Trả lời"/>'
MESSAGE_SIGN = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signal id="g" name="Bão"/>'
SIGNAL_SIGN = '<signalEventDefinition signalRef="g"/>'
ERROR = '<error id="x" errorCode="E1"/>'
ERROR_SIGN = '<errorEventDefinition errorRef="x"/>'
ESCALATION = '<escalation id="c" escalationCode="C1"/>'
ESCALATION_SIGN = '<escalationEventDefinition escalationRef="c"/>'
INSIDE = '<startEvent id="i"/>' + task("a") + '<endEvent id="o"/>' + chain("i", "a", "o")
REPAIR = event("in", ERROR_SIGN, "startEvent") + task("b") + chain("in", "b")
FAILS = '<startEvent id="i"/>' + task("w") + event("o", ERROR_SIGN, "endEvent") + chain("i", "w", "o")
WARNS = (
    '<startEvent id="i"/>' + event("up", ESCALATION_SIGN, "intermediateThrowEvent") + task("a") + chain("i", "up", "a")
)
MANY = (
    '<multiInstanceLoopCharacteristics isSequential="{}" motcua:collection="list" motcua:item="one"'
    ' motcua:collect="all" motcua:collected="x">{}</multiInstanceLoopCharacteristics>'
)


def event_subprocess(sign: str, interrupting: bool, declared: str = "") -> bytes:
    start = event("in", sign, "startEvent", f' isInterrupting="{str(interrupting).lower()}"')
    inner = start + task("b") + '<endEvent id="o"/>' + chain("in", "b", "o")
    return draw(S + task("a") + E + sub("es", inner, ' triggeredByEvent="true"') + chain("s", "a", "e"), declared)


def bordered(sign: str, interrupting: bool, declared: str = "", host: str = "") -> bytes:
    body = S + (host or task("a")) + E + border("x", "a", sign, interrupting) + task("b") + '<endEvent id="late"/>'
    return draw(body + chain("s", "a", "e") + chain("x", "b", "late"), declared)


def choice(kind: str, first: str, second: str, default: str = "") -> bytes:
    more = f' default="{default}"' if default else ""
    body = S + task("ask", "n") + f'<{kind} id="g"{more}/>' + task("a") + task("b") + f'<{kind} id="j"/>' + E
    flows = (
        chain("s", "ask", "g") + flow("g", "a", first) + flow("g", "b", second) + chain("a", "j", "e") + chain("b", "j")
    )
    return draw(body + flows)

"""A plain drawing of a process for the oracle, and its BPMN. It shares nothing with the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass
class Arrow:
    id: str
    source: str
    target: str
    test: tuple[str, int] | None = None  # (variable, least value)


@dataclass
class Shape:
    id: str
    kind: str
    scope: str
    out: list[Arrow] = field(default_factory=list)
    inn: list[Arrow] = field(default_factory=list)
    default: str | None = None
    writes: str | None = None
    value: int = 0
    host: str | None = None
    interrupts: bool = True
    trigger: str = ""  # timer, message, error, hand
    repeat: tuple[str, int, tuple[str, int] | None] | None = None  # kind, count, until
    body: str | None = None


@dataclass
class Drawing:
    shapes: dict[str, Shape] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=list)
    variables: list[str] = field(default_factory=list)

    def inside(self, scope: str) -> list[Shape]:
        return [shape for shape in self.shapes.values() if shape.scope == scope]

    def start_of(self, scope: str) -> Shape:
        return next(shape for shape in self.inside(scope) if shape.kind == "start")

    def watchers(self, scope: str) -> list[Shape]:
        """The starts of the event subprocesses of a scope."""
        return [self.start_of(shape.body or "") for shape in self.inside(scope) if shape.kind == "evsub"]

    def owner(self, start: Shape) -> Shape:
        return next(shape for shape in self.shapes.values() if shape.body == start.scope)

    def borders(self, host: str) -> list[Shape]:
        return [shape for shape in self.shapes.values() if shape.host == host]

    def xml(self) -> bytes:
        messages = "".join(
            f'<message id="M{s.id}" name="{s.id}"/>' for s in self.shapes.values() if s.trigger == "message"
        )
        return (
            f'<definitions xmlns="{BPMN}" xmlns:motcua="https://motcua.vn/bpmn" targetNamespace="t">'
            f'{messages}<process id="p">{self._scope("p")}</process></definitions>'
        ).encode()

    def _scope(self, scope: str) -> str:
        return "".join(self._shape(shape) + self._arrows(shape) for shape in self.inside(scope))

    def _arrows(self, shape: Shape) -> str:
        return "".join(
            f'<sequenceFlow id="{a.id}" sourceRef="{a.source}" targetRef="{a.target}">'
            + (f"<conditionExpression>{_feel(a.test)}</conditionExpression>" if a.test else "")
            + "</sequenceFlow>"
            for a in shape.out
        )

    def _shape(self, s: Shape) -> str:
        default = f' default="{s.default}"' if s.default else ""
        outputs = f' motcua:outputs="{s.writes}"' if s.writes else ""
        inner = _repeat(s) + _trigger(s)
        tag, more = _TAGS[s.kind]
        if s.kind == "receive":
            more += f' messageRef="M{s.id}"'
        if s.kind == "script":
            inner += f"<script>{s.value}</script>"
        if s.body:
            inner += self._scope(s.body)
        if s.host:
            more += f' attachedToRef={quoteattr(s.host)} cancelActivity="{str(s.interrupts).lower()}"'
        if s.kind == "start" and s.trigger:
            more = f' isInterrupting="{str(s.interrupts).lower()}"'
        return f'<{tag} id="{s.id}"{default}{outputs}{more}>{inner}</{tag}>'


_TAGS = {
    "start": ("startEvent", ""),
    "end": ("endEvent", ""),
    "terminate": ("endEvent", ""),
    "error": ("endEvent", ""),
    "task": ("userTask", ""),
    "receive": ("receiveTask", ""),
    "script": ("scriptTask", ' scriptFormat="feel"'),
    "xor": ("exclusiveGateway", ""),
    "and": ("parallelGateway", ""),
    "or": ("inclusiveGateway", ""),
    "pick": ("exclusiveGateway", ""),
    "picks": ("inclusiveGateway", ""),
    "race": ("eventBasedGateway", ""),
    "catch": ("intermediateCatchEvent", ""),
    "sub": ("subProcess", ""),
    "evsub": ("subProcess", ' triggeredByEvent="true"'),
    "border": ("boundaryEvent", ""),
}


def _feel(test: tuple[str, int]) -> str:
    return f"{test[0]} &gt;= {test[1]}"


def _trigger(s: Shape) -> str:
    if s.kind == "receive":
        return ""
    if s.kind == "terminate":
        return "<terminateEventDefinition/>"
    if s.kind == "error" or s.trigger == "error":
        return "<errorEventDefinition/>"
    if s.trigger == "hand":  # an event that does not say when it happens: a person tells
        return "<timerEventDefinition/>"
    if s.trigger == "timer":
        return "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    return f'<messageEventDefinition messageRef="M{s.id}"/>' if s.trigger == "message" else ""


def _repeat(s: Shape) -> str:
    if s.repeat is None:
        return ""
    kind, count, until = s.repeat
    if kind == "standard":
        test = f"<loopCondition>{_feel(until)}</loopCondition>" if until else ""
        return f'<standardLoopCharacteristics loopMaximum="{count}">{test}</standardLoopCharacteristics>'
    stop = f"<completionCondition>{_feel(until)}</completionCondition>" if until else ""
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{str(kind == "sequential").lower()}">'
        f"<loopCardinality>{count}</loopCardinality>{stop}</multiInstanceLoopCharacteristics>"
    )

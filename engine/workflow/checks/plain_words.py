"""Words where a machine would want an expression: labels as conditions, timers in words, loop markers without data.

In a drawing for people somebody decides there; in an executable process they are refused.
"""

from __future__ import annotations

from dataclasses import replace

from engine.workflow.bpmn import ACTIVITIES, EventSpec, Flow, Node, Scope
from engine.workflow.checks.remarks import ANY_INSTANT, Remarks
from engine.workflow.dialects import is_cron, is_juel
from engine.workflow.errors import ElementFault
from engine.workflow.expressions import Context, compiled, cycle, due, evaluate, is_literal, iso_text
from rules.errors import RulesError
from rules.feel import normal_name

SHORT = 60
"""Characters of a constant that is computed while a diagram is judged."""
_CONSTANT = ("true", "false")
_OF_PROGRAMS = {"True", "False", "None"}
_CHOOSING = ("exclusive_gateway", "inclusive_gateway")


def leave_to_people(scope: Scope, node: Node, remarks: Remarks) -> None:
    """Take the words of a drawing for what they are: somebody chooses, records, repeats; each with a warning."""
    if node.kind in ACTIVITIES and node.loop is not None:
        _loop(node, remarks)
    if node.kind == "event_based_gateway":
        _race(scope, node, remarks)
    if node.kind in _CHOOSING and any(
        _is_label(flow, remarks) or _foreign(flow) for flow in node.outgoing if flow.condition is not None
    ):
        told = ", ".join(f"«{flow.condition}»" for flow in node.outgoing if flow.condition)
        remarks.on("labels_by_person", node, severity="warning", flows=told)
        _without_conditions(scope, node)
    event = node.event
    if event is not None and event.expression and _in_words(event, remarks.names):
        remarks.on("event_in_words", node, severity="warning", what=event.expression)
        node.event = replace(event, expression="")


def refuse_words(node: Node, remarks: Remarks) -> None:
    """In an executable process: labels and times in words would be an incident for every dossier."""
    labels = [
        flow for flow in node.outgoing if _is_label(flow, remarks) and _readable(flow.condition or "", remarks.names)
    ]
    written = {(flow.condition or "").strip() for flow in labels}
    if len(labels) > 1 or written & _OF_PROGRAMS or any(not word.isidentifier() for word in written):
        told = ", ".join(f"«{flow.condition}»" for flow in labels)
        remarks.on("label_no_condition", node, flows=told)
    event = node.event
    if event is None or not event.expression or not _in_words(event, remarks.names):
        return
    source = event.expression.strip()
    named = source.isidentifier() and not is_literal(source.upper())  # a variable that a form may write, but not p1d
    if _readable(source, remarks.names) and not is_literal(source) and not named:
        remarks.on("words_no_event", node, what=source)  # what cannot be read at all is told by its own sentence


def _loop(node: Node, remarks: Remarks) -> None:
    loop = node.loop
    if loop is None or loop.cardinality or loop.collection or loop.condition or loop.maximum is not None:
        return
    node.loop = None
    remarks.on("loop_by_hand", node, severity="warning")


def _race(scope: Scope, node: Node, remarks: Remarks) -> None:
    """An event gateway before a task waits for nothing: what comes first is recorded by whoever picks the way."""
    targets = [scope.nodes[flow.target] for flow in node.outgoing]
    if any(target.kind in ACTIVITIES and target.kind != "receive_task" for target in targets):
        node.kind = "exclusive_gateway"
        remarks.on("race_by_person", node, severity="warning")


def _is_label(flow: Flow, remarks: Remarks) -> bool:
    return flow.condition is not None and not _foreign(flow) and is_label(flow.condition, remarks.names)


def _foreign(flow: Flow) -> bool:
    """Tell whether the condition is said in a language that is not run here."""
    language = flow.language.strip().lower()
    return language not in ("", "feel") and "omg.org/spec/" not in language and flow.condition not in _CONSTANT


def is_label(source: str, names: frozenset[str]) -> bool:
    """Tell words from a condition: no FEEL, a bare name that nothing declares, a constant that is no yes or no."""
    if is_juel(source):
        return False
    try:
        expression = compiled(source, names)
        if not expression.names:
            value = _constant(source, names)
            return value is not None and not isinstance(value, bool)
    except RulesError:
        return True
    except ElementFault:
        return False
    return _is_bare(source, expression.names, names)


def _readable(source: str, names: frozenset[str]) -> bool:
    try:
        compiled(source, names)
    except RulesError:
        return False
    return True


def _is_short(source: str) -> bool:
    """Tell whether a constant is computed in no time: no call, no list, no range, no power."""
    return len(source) <= SHORT and not set(source) & set("(){}[]") and ".." not in source and "**" not in source


def _constant(source: str, names: frozenset[str]) -> object:
    """The value of an expression without variables; None when nobody should wait for it."""
    return evaluate(source, names, Context({}, at=ANY_INSTANT)) if _is_short(source) else None


def _is_bare(source: str, found: frozenset[str], names: frozenset[str]) -> bool:
    return found == {normal_name(source.strip())} and not found & names


def _without_conditions(scope: Scope, node: Node) -> None:
    """Take the conditions off; a flow without a name is called as its condition said."""
    for flow in list(node.outgoing):
        plain = replace(flow, condition=None, name=flow.name or (flow.condition or ""))
        node.outgoing[node.outgoing.index(flow)] = plain
        incoming = scope.nodes[flow.target].incoming
        incoming[incoming.index(flow)] = plain
    node.default = None


def _in_words(event: EventSpec, names: frozenset[str]) -> bool:
    """Tell whether a timer or condition of an event is written in words."""
    source = event.expression
    if event.kind == "conditional":
        return is_label(source, names)
    if event.kind != "timer" or is_juel(source) or is_cron(source):
        return False
    try:
        if is_literal(source):
            _time(event.timer, source)
            return False
        expression = compiled(source, names)
        if expression.names:
            return _is_bare(source, expression.names, names)
        if _is_short(source):
            _time(event.timer, _constant(source, names))
    except (RulesError, ElementFault):
        return not (source.lstrip()[:1] == "R" and "/" in source)
    return False


def _time(kind: str, value: object) -> None:
    if kind == "cycle":
        cycle(iso_text(value))
    else:
        due(kind, value, ANY_INSTANT)

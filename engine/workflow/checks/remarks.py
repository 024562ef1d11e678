"""Collects findings while a diagram is judged."""

from __future__ import annotations

from datetime import UTC, datetime
from time import thread_time

from engine.workflow.bpmn import Node
from engine.workflow.dialects import cycle_of, feel_instead, is_cron, is_juel
from engine.workflow.errors import ElementFault
from engine.workflow.expressions import compiled, cycle, due, is_literal, unknown_functions
from engine.workflow.findings import Finding, ModelRefused, finding_of
from rules.errors import RulesError
from rules.feel import nearest

ANY_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)


class Remarks:
    """The list of findings, and the checks that every judge needs."""

    def __init__(self, names: frozenset[str], seconds: float | None = None) -> None:
        self.names = names
        self.findings: list[Finding] = []
        self._until = None if seconds is None else thread_time() + seconds

    def add(self, code: str, element: str, name: str = "", *, severity: str = "error", **words: object) -> None:
        """Note one finding in the words of its sentence."""
        self.findings.append(finding_of(code, element, name, severity=severity, **words))

    def on(self, code: str, node: Node, *, severity: str = "error", **words: object) -> None:
        """Note a finding on a node."""
        self.add(code, node.id, node.name, severity=severity, **words)

    def language(self, node: Node, language: str) -> bool:
        """Refuse any expression language but FEEL; True when it is FEEL."""
        plain = language.strip().lower()
        if plain in ("", "feel") or plain.startswith(("http://www.omg.org/spec/", "https://www.omg.org/spec/")):
            return True
        self.on("language_refused", node, language=language[:60])
        return False

    def expression(self, node: Node, source: str, code: str = "expression_unreadable") -> None:
        """Compile an expression; a syntax error becomes a finding. Raises ModelRefused when time is up."""
        if self._until is not None and thread_time() > self._until:
            self.add("too_slow", "")
            raise ModelRefused(self.findings)
        try:
            needed = compiled(source, self.names).names
        except RulesError as error:
            shown = " ".join(source.split())[:120]
            if is_juel(source):
                self.on("expression_juel", node, source=shown, ref=feel_instead(source) or "–")
            else:
                self.on(code, node, source=shown, why=error.message_vi, why_en=error.message_en)
            return
        functions = unknown_functions(source, needed - self.names)
        for function in functions:
            severity = "warning" if self._until is None else "error"  # what is published already goes on as it did
            self.on("function_unknown", node, severity=severity, ref=function)
        self._mistyped(node, source, needed - self.names - frozenset(functions))

    def _mistyped(self, node: Node, source: str, names: frozenset[str]) -> None:
        """Warn of a variable nobody declares whose name is nearly that of one that is: at run it is null."""
        for name in sorted(names):
            near = nearest(name, self.names)
            if near and not near.startswith(name) and not name.startswith(near):  # a list is no slip for its element
                shown = " ".join(source.split())[:120]
                self.on("name_mistyped", node, severity="warning", source=shown, what=name, near=near)

    def time(self, node: Node) -> None:
        """Check a timer's literal or expression."""
        event = node.event
        if event is None or not event.expression:
            self.on("timer_missing", node)
            return
        if is_cron(event.expression):
            cycle_instead = cycle_of(event.expression) or "R/…/P…"
            self.on("timer_cron", node, source=event.expression, ref=cycle_instead)
            return
        if not is_literal(event.expression):
            if event.expression.lstrip()[:1] == "R" and "/" in event.expression:
                self._literal(node, "cycle", event.expression)
            else:
                self.expression(node, event.expression, "timer_unreadable")
            return
        self._literal(node, event.timer, event.expression)

    def _literal(self, node: Node, kind: str, text: str) -> None:
        try:
            if kind == "cycle":
                cycle(text)
            else:
                due(kind, text, ANY_INSTANT)
        except ElementFault as fault:
            self.on("timer_unreadable", node, why=fault.message_vi, why_en=fault.message_en)

"""`motcua play`: runs a diagram in memory, step by step, and says after each step where it stands.

A step is one of: {"start": {variables}, "event": start}, {"complete": task, "data": {...}, "flow": choice},
{"job": call, "data": {...}}, {"fail": call, "code": "..."}, {"timer": event}, {"wait": "P1D"}, {"until": "2026-10-01"},
{"message": name, "data": {...}, "key": k}, {"signal": name, "data": {...}}, {"set": {...}}, {"retry": element},
{"skip": element, "flow": id, "to": element,
"reason": "..."}, {"cancel": reason}. Tasks, calls and events are named by element id,
by name, or by token; a choice by the label or id of its flow, several in a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.workflow.errors import WorkflowError
from engine.workflow.events import JSON
from engine.workflow.expressions import OfficeCalendar
from engine.workflow.simulation.player import VERBS, Stage
from engine.workflow.spec import load_process

ALWAYS = frozenset({"note"})  # words that any step may carry


def play(
    xml: bytes,
    steps: Iterable[Mapping[str, Any]],
    *,
    at: datetime,
    variables: Mapping[str, JSON] | None = None,
    called: Mapping[str, bytes] | None = None,
    process_id: str | None = None,
    calendar: OfficeCalendar | None = None,
) -> Iterator[dict[str, object]]:
    """Run a diagram from `at` (aware) through the steps; yield its state at the start and after each step.

    A step that does not fit is told in `error` and `error_en` and changes nothing. Raises ModelRefused for the
    diagram, WorkflowError when it cannot be started so.
    """
    spec = load_process(xml, called=called, process_id=process_id)
    waiting = list(steps)
    first: Mapping[str, Any] = waiting.pop(0) if waiting and "start" in waiting[0] else {}
    begun = first.get("start") or {}
    if not isinstance(begun, dict) or set(first) - ALWAYS - {"start", "event"}:
        raise WorkflowError(
            'Bước đầu phải có dạng {"start": {biến}, "event": sự kiện}.',
            'The first step must look like {"start": {variables}, "event": start event}.',
        )
    given = {**(variables or {}), **begun}
    event = first.get("event")
    stage = Stage(spec, given, at, start_event=None if event is None else str(event), calendar=calendar)
    yield _state(stage, first or {"start": given}, None)
    for step in waiting:
        yield _state(stage, step, act(stage, step))


def act(stage: Stage, step: Mapping[str, Any]) -> WorkflowError | None:
    """Do one step; give the sentence when it does not fit."""
    verbs, before = [word for word in VERBS if word in step], stage.saved()
    try:
        if len(verbs) != 1:
            listed = ", ".join(VERBS)
            raise WorkflowError(
                f"Không hiểu bước này; cần đúng một trong: {listed}.",
                f"This step is not understood; it needs exactly one of: {listed}.",
            )
        verb = VERBS[verbs[0]]
        if strange := sorted(set(step) - verb.words - ALWAYS - {verbs[0]}):
            known = ", ".join(sorted(verb.words)) or "-"
            raise WorkflowError(
                f"Bước «{verbs[0]}» không có mục {', '.join(strange)}; chỉ có: {known}.",
                f"A step “{verbs[0]}” has no {', '.join(strange)}; it may have: {known}.",
            )
        verb.act(stage, step)
    except WorkflowError as error:
        stage.go_back(before)
        return error
    return None


def _state(stage: Stage, step: Mapping[str, Any], error: WorkflowError | None) -> dict[str, object]:
    last, ended = stage.last, stage.ended
    passed, thrown, stage.passed, stage.thrown = stage.passed, stage.thrown, [], []
    return {
        "step": dict(step),
        "at": stage.at.isoformat(),
        "open": [_task(task) for task in stage.tasks.values()],
        "calls": [{"element": c.element_id, "inputs": c.inputs, "token": c.token} for c in stage.calls.values()],
        "timers": [
            {"element": t.element_id, "due_at": t.due_at.isoformat(), "token": t.token} for t in stage.timers.values()
        ],
        "awaits": stage.awaited(),
        "passed": passed,
        "sent": [_sent(message) for message in thrown],
        "variables": last.variables,
        "incidents": [
            {"element": i.element_id, "code": i.code, "message_vi": i.message_vi, "message_en": i.message_en}
            for i in stage.incidents.values()
        ],
        "ended": None if ended is None else {"ends": list(ended.end_event_ids), "kind": ended.kind},
        "caught": last.caught,
        "error": None if error is None else error.message_vi,
        "error_en": None if error is None else error.message_en,
    }


def _task(task: Any) -> dict[str, object]:
    told = {"element": task.element_id, "name": task.name, "kind": task.kind, "lane": task.lane, "token": task.token}
    if task.choices:
        told["choices"] = [{"flow": c.flow_id, "name": c.name, "leads_to": c.target} for c in task.choices]
    return told


def _sent(message: Any) -> dict[str, object]:
    """A message to an outside party, or a notice through a connector that nobody waits for."""
    name = getattr(message, "name", "") or getattr(message, "connector_kind", "")
    return {"element": message.element_id, "message": name, "inputs": message.inputs}

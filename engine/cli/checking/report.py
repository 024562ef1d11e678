"""How `motcua check` and `motcua play` read to a person: Vietnamese first, English below."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.cli.output import say
from engine.domain.clock import local


def tell_verdict(verdict: Mapping[str, Any]) -> None:
    """A file and what was found, each finding with its way out."""
    say(f"{'✓' if verdict['accepted'] else '✗'} {verdict['file']}")
    for finding in verdict["findings"]:
        mark = "✗" if finding["severity"] == "error" else "!"
        place = f" [{finding['element']}]" if finding["element"] else ""
        say(f"    {mark} {finding['message_vi']} → {finding['hint_vi']}{place}")
        say(f"      {finding['message_en']} → {finding['hint_en']}")


def tell_state(number: int, state: Mapping[str, Any]) -> None:
    """Where the instance stands after a step."""
    say(f"{number}. {json.dumps(state['step'], ensure_ascii=False)}   {_when(state['at'])}")
    if state["error"]:
        say(f"    ✗ {state['error']}")
        say(f"      {state['error_en']}")
    _tell_open(state)
    for message in state["sent"]:
        say(f"    ✉ gửi / sent: {message['message'] or message['element']}")
    for incident in state["incidents"]:
        say(f"    ⚠ {incident['message_vi']}")
        say(f"      {incident['message_en']}")
    if state["variables"]:
        say(f"    = {json.dumps(state['variables'], ensure_ascii=False, default=str)}")
    if state["ended"]:
        say(f"    ■ kết thúc / ended: {state['ended']['kind']} {', '.join(state['ended']['ends'])}")


def _tell_open(state: Mapping[str, Any]) -> None:
    """What the instance waits for: people, other systems, times, messages."""
    for task in state["open"]:
        _tell_task(task)
    for call in state["calls"]:
        say(f"    ↗ gọi / call: {call['element']} {json.dumps(call['inputs'], ensure_ascii=False)}")
    for timer in state["timers"]:
        say(f"    ◷ hẹn giờ / timer: {timer['element']} {_when(timer['due_at'])}")
    if state["awaits"]:
        say(f"    … chờ / awaits: {', '.join(state['awaits'])}")


def _tell_task(task: Mapping[str, Any]) -> None:
    lane = f" · {task['lane']}" if task["lane"] else ""
    say(f"    ☐ {' '.join(task['name'].split()) or task['element']} [{task['element']}]{lane}")
    for choice in task.get("choices", ()):
        say(f"        ↳ {choice['name']} [{choice['flow']}]")


def _when(text: str) -> str:
    return f"{local(datetime.fromisoformat(text)):%d/%m/%Y %H:%M}"

"""`motcua check` and `motcua play`: diagrams, judged and tried out in memory."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from engine.cli.reading import read_bytes, read_instant, read_object, read_steps
from engine.cli.say import CommandError, say, say_json
from engine.cli.words import Words, word
from engine.domain.clock import SystemClock
from engine.settings import Settings
from engine.workflow.check import check_paths
from engine.workflow.errors import WorkflowError
from engine.workflow.play import play


def add(words: Words) -> None:
    """Declare the words."""
    check_word = word(words, "check", "kiểm tra sơ đồ / judge diagrams", check)
    check_word.add_argument("paths", nargs="+", metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục / files or folders")
    check_word.add_argument("--json", action="store_true", help="mỗi tệp một dòng JSON / one JSON line per file")
    play_word = word(words, "play", "chạy thử sơ đồ trong bộ nhớ / run a diagram in memory", try_out)
    play_word.add_argument("file", metavar="TỆP")
    play_word.add_argument("--steps", metavar="TỆP", help="các bước, JSON / the steps, JSON")
    play_word.add_argument("--at", help="thời điểm bắt đầu, ISO 8601 / when it starts")
    play_word.add_argument("--variables", default="{}", help="biến ban đầu, JSON / variables at the start")
    play_word.add_argument("--json", action="store_true", help="mỗi bước một dòng JSON / one JSON line per step")


def check(settings: Settings, args: argparse.Namespace) -> int:
    """One verdict per file; exit code 1 when one is refused."""
    refused = seen = 0
    for verdict in check_paths(args.paths):
        seen += 1
        refused += not verdict["accepted"]
        if args.json:
            say_json(verdict)
        else:
            _tell(verdict)
    if not seen:
        raise CommandError("Không có sơ đồ nào ở các đường dẫn này.", "No diagram was found in these paths.")
    return 1 if refused else 0


def _tell(verdict: Mapping[str, Any]) -> None:
    say(f"{'✓' if verdict['accepted'] else '✗'} {verdict['file']}")
    for finding in verdict["findings"]:
        say(f"    {finding['severity']}: {finding['message_vi']} {finding['hint_vi']}".rstrip())


def try_out(settings: Settings, args: argparse.Namespace) -> int:
    """The state at the start and after each step; exit code 1 when a step did not fit."""
    at = read_instant(args.at) if args.at else SystemClock().now()
    steps = read_steps(args.steps) if args.steps else []
    misfits = 0
    try:
        for state in play(read_bytes(args.file), steps, at=at, variables=read_object(args.variables)):
            misfits += state["error"] is not None
            if args.json:
                say_json(state)
            else:
                _tell_state(state)
    except WorkflowError as error:
        raise CommandError(error.message_vi, error.message_en) from error
    return 1 if misfits else 0


def _tell_state(state: Mapping[str, Any]) -> None:
    say(f"→ {state['step']}")
    if state["error"]:
        say(f"    ✗ {state['error']}")
    for name in ("open", "calls", "timers"):
        for thing in state[name]:
            say(f"    {name}: {thing['element']} {thing.get('name') or thing.get('due_at') or ''}".rstrip())
    if state["ended"]:
        say(f"    kết thúc / ended: {state['ended']['kind']} {', '.join(state['ended']['ends'])}")

"""`motcua check` and `motcua play`: what a procedure is made of, judged; diagrams, tried out in memory."""

from __future__ import annotations

import argparse
from collections.abc import Generator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from engine.cli.arguments import read_bytes, read_instant, read_object, read_steps
from engine.cli.checking.checks import called_beside, files_of, judge_file, prepare, stopped, verdict
from engine.cli.checking.isolated_child import Apart, StoppedError
from engine.cli.checking.report import tell_state, tell_verdict
from engine.cli.declare import Words, word
from engine.cli.output import CommandError, say_json
from engine.domain.clock import SystemClock
from engine.domain.deadlines import WorkCalendar
from engine.settings import Settings
from engine.workflow.errors import WorkflowError
from engine.workflow.simulation import play


def add(words: Words) -> None:
    """Declare the words."""
    check_word = word(words, "check", "kiểm tra sơ đồ, DMN, biểu mẫu, gói / judge diagrams, DMN, forms, packs", check)
    check_word.add_argument("paths", nargs="+", metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục / files or folders")
    check_word.add_argument("--process", metavar="MÃ", help="tiến trình được chạy / the process that is run")
    check_word.add_argument("--json", action="store_true", help="mỗi tệp một dòng JSON / one JSON line per file")
    play_word = word(words, "play", "chạy thử sơ đồ trong bộ nhớ / run a diagram in memory", try_out)
    play_word.add_argument("file", metavar="TỆP")
    play_word.add_argument("--steps", metavar="TỆP|-", help="các bước, JSON / the steps, JSON (docs/bpmn.md)")
    play_word.add_argument("--process", metavar="MÃ", help="tiến trình được chạy / the process that is run")
    play_word.add_argument("--called", nargs="+", default=[], metavar="TỆP", help="tệp được gọi / files it calls")
    play_word.add_argument("--at", help="thời điểm bắt đầu, ISO 8601 / when it starts")
    play_word.add_argument("--variables", default="{}", help="biến ban đầu, JSON / variables at the start")
    play_word.add_argument("--json", action="store_true", help="mỗi bước một dòng JSON / one JSON line per step")


def check(settings: Settings, args: argparse.Namespace) -> int:
    """One verdict per file; exit code 1 when one is refused."""
    refused = 0
    for found in verdicts(args.paths, args.process):
        refused += not found["accepted"]
        if args.json:
            say_json(found)
        else:
            tell_verdict(found)
    return 1 if refused else 0


def verdicts(paths: list[str], process_id: str | None = None) -> Generator[dict[str, Any]]:
    """Judge every file of the paths in a child process, in order."""
    files = list(files_of(paths))
    prepare(files)
    beside = [path for path in paths if not Path(path).is_dir()]  # named together; a folder may hold anything
    apart = Apart(partial(judge_file, process_id=process_id, beside=beside))
    try:
        for file in files:
            yield _judged(apart, file)
    finally:
        apart.close()


def _judged(apart: Apart, file: str) -> dict[str, Any]:
    try:
        return apart.judge(file)
    except StoppedError as error:
        if error.out_of_time:
            return verdict(file, [stopped(file, "quá thời gian cho phép", "it took longer than allowed")])
        return verdict(file, [stopped(file, "tiến trình xét bị ngắt", "the process that judged it fell")])


def try_out(settings: Settings, args: argparse.Namespace) -> int:
    """The state at the start and after each step; exit code 1 when a step did not fit."""
    at = read_instant(args.at) if args.at else SystemClock().now()
    steps = read_steps(args.steps) if args.steps else []
    variables = read_object(args.variables)
    xml = read_bytes(args.file)
    _must_be_accepted(args.file, args.called, args.process)
    called = called_beside(Path(args.file), args.called)
    misfits = 0
    try:
        calendar = _calendar_of(settings)
        process = args.process
        states = play(xml, steps, at=at, variables=variables, called=called, process_id=process, calendar=calendar)
        for number, state in enumerate(states):
            misfits += state["error"] is not None
            if args.json:
                say_json(state)
            else:
                tell_state(number, state)
    except WorkflowError as error:
        raise CommandError(error.message_vi, error.message_en) from error
    return 1 if misfits else 0


def _must_be_accepted(file: str, called: list[str], process_id: str | None) -> None:
    """A stranger's file is judged apart before it is loaded here, with what it calls."""
    lines = verdicts([file, *called], process_id)
    found = next(lines)
    lines.close()
    errors: list[Mapping[str, str]] = [one for one in found["findings"] if one["severity"] == "error"]
    if errors:
        raise CommandError(
            "Sơ đồ chưa chạy được: " + " ".join(f"{one['message_vi']} {one['hint_vi']}" for one in errors[:5]),
            "The diagram cannot be run: " + " ".join(f"{one['message_en']} {one['hint_en']}" for one in errors[:5]),
        )


def _calendar_of(settings: Settings) -> WorkCalendar | None:
    """The office's work calendar, for timers that count office time."""
    path = settings.processes / "_calendars" / "vn.yaml"
    return WorkCalendar.load(path) if path.is_file() else None

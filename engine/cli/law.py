"""`motcua quote`, `feel`, `dmn`, `rules`, `deadline`: the law at the command line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from engine.cli.reading import read_facts, read_instant
from engine.cli.say import CommandError, say, say_json
from engine.cli.words import Words, group, word
from engine.domain.calendar import WorkCalendar
from engine.domain.clock import SystemClock, local
from engine.domain.deadline import DeadlinePolicy, TimeLimit, due_at
from engine.domain.pack_files import read_pack
from engine.domain.procedure import PackError, parse_pack
from engine.settings import Settings
from rules.commands import quote_command, replay_command
from rules.dmn.commands import dmn_run, dmn_tck
from rules.feel.commands import feel_command


def add(words: Words) -> None:
    """Declare the words."""
    quote_word = word(words, "quote", "tính phí, lệ phí / what a procedure costs, and why", quote)
    quote_word.add_argument("procedure", metavar="MÃ_THỦ_TỤC")
    quote_word.add_argument("facts", nargs="*", metavar="tên=giá_trị", help="copies=2 channel=online …")
    quote_word.add_argument("--submitted-at", help="ISO 8601; mặc định: bây giờ / default: now")
    quote_word.add_argument("--accepted-at", help="ISO 8601")
    feel_word = word(words, "feel", "tính một biểu thức FEEL / evaluate an expression", feel)
    feel_word.add_argument("expression", metavar="BIỂU_THỨC")
    feel_word.add_argument("--context", default="{}", help="biến, JSON / variables, JSON")
    dmn = group(words, "dmn", "bảng quyết định / decision models")
    run_word = word(dmn, "run", "hỏi một quyết định / ask one decision", run_decision)
    run_word.add_argument("file", type=Path, metavar="TỆP")
    run_word.add_argument("decision", metavar="QUYẾT_ĐỊNH")
    run_word.add_argument("--inputs", default="{}", help="JSON")
    tck_word = word(dmn, "tck", "chạy bộ kiểm DMN TCK / run the DMN TCK", run_tck)
    tck_word.add_argument("folders", nargs="+", type=Path, metavar="THƯ_MỤC")
    rules = group(words, "rules", "biểu phí / fee tables")
    replay_word = word(rules, "replay", "so biểu cũ và mới trên hồ sơ / old and new tables on dossiers", replay)
    replay_word.add_argument("old", type=Path)
    replay_word.add_argument("new", type=Path)
    replay_word.add_argument("--dossiers", type=Path, required=True)
    _add_deadline(words)


def _add_deadline(words: Words) -> None:
    parser = word(words, "deadline", "hạn giải quyết / when a result is due, and why", deadline)
    parser.add_argument("accepted_at", metavar="LÚC_TIẾP_NHẬN", help="ISO 8601")
    parser.add_argument("limit", metavar="THỜI_HẠN", help="3wd, 5d, 4h, in_day hoặc mã thủ tục / or a procedure code")


def quote(settings: Settings, args: argparse.Namespace) -> int:
    """The quote as JSON, with its trace."""
    submitted = args.submitted_at or SystemClock().now().isoformat()
    facts = read_facts(args.facts)
    instant = read_instant(submitted).isoformat()
    accepted = read_instant(args.accepted_at).isoformat() if args.accepted_at else None
    say_json(quote_command(args.procedure, instant, accepted, facts, processes_root=settings.processes), indent=2)
    return 0


def feel(settings: Settings, args: argparse.Namespace) -> int:
    """The value as JSON."""
    say_json(feel_command(args.expression, args.context, now=SystemClock().now()))
    return 0


def run_decision(settings: Settings, args: argparse.Namespace) -> int:
    """The decision's value as JSON; exit code 1 when the model had a problem with it."""
    answer = dmn_run(args.file, args.decision, args.inputs, now=SystemClock().now())
    say_json(answer, indent=2)
    return 1 if answer["problems"] else 0


def run_tck(settings: Settings, args: argparse.Namespace) -> int:
    """One JSON line per test, then the summary."""
    for line in dmn_tck(args.folders):
        say_json(line)
    return 0


def replay(settings: Settings, args: argparse.Namespace) -> int:
    """What each dossier would cost under both tables."""
    say_json(replay_command(args.old, args.new, args.dossiers), indent=2)
    return 0


def deadline(settings: Settings, args: argparse.Namespace) -> int:
    """The due instant and how it follows, in both languages."""
    calendar = WorkCalendar.load(settings.processes / "_calendars" / "vn.yaml")
    limit, policy = _limit(settings, args.limit)
    due = due_at(calendar, limit, read_instant(args.accepted_at), policy)
    say(f"{local(due.due_at):%d/%m/%Y %H:%M}")
    for line in due.trace:
        say(f"  {line.vi}")
        say(f"  {line.en}")
    return 0


def _limit(settings: Settings, text: str) -> tuple[TimeLimit, DeadlinePolicy]:
    if text == "in_day":
        return TimeLimit(0, "in_day"), DeadlinePolicy()
    match = re.fullmatch(r"(\d{1,4})(wd|d|h)", text)
    if match is None:
        return _limit_of_procedure(settings, text)
    quantity = int(match[1])
    if match[2] == "h":
        return TimeLimit(quantity, "hour"), DeadlinePolicy()
    return TimeLimit(quantity, "working_day" if match[2] == "wd" else "day"), DeadlinePolicy()


def _limit_of_procedure(settings: Settings, code: str) -> tuple[TimeLimit, DeadlinePolicy]:
    try:
        procedure = parse_pack(read_pack(settings.processes, code)) if (settings.processes / code).is_dir() else None
    except PackError as error:
        raise CommandError(error.sentences[0].vi, error.sentences[0].en) from error
    if procedure is None:
        raise CommandError(
            f"“{code}” không phải thời hạn (3wd, 5d, 4h, in_day) hay mã thủ tục có trong thư mục processes.",
            f'"{code}" is neither a limit (3wd, 5d, 4h, in_day) nor the code of a procedure in processes.',
        )
    return procedure.limit, procedure.policy

"""`motcua quote`, `feel`, `dmn`: the law at the command line; `deadline` stands beside it."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from engine.cli.arguments import read_facts, read_facts_file, read_instant
from engine.cli.deadline import add_deadline
from engine.cli.declare import Words, group, json_mark, word
from engine.cli.output import say_json
from engine.domain.clock import SystemClock, local
from engine.settings import Settings
from rules.dmn import dmn_run, dmn_tck
from rules.errors import FactsError
from rules.feel import feel_command
from rules.fees import FeeInference, quote_command


def add(words: Words) -> None:
    """Declare the words."""
    _add_quote(words)
    feel_word = word(words, "feel", "tính một biểu thức FEEL / evaluate an expression", feel)
    feel_word.add_argument("expression", metavar="BIỂU_THỨC")
    feel_word.add_argument("--context", default="{}", help="biến, JSON / variables, JSON")
    json_mark(feel_word)
    dmn = group(words, "dmn", "bảng quyết định / decision models")
    run_word = word(dmn, "run", "hỏi một quyết định / ask one decision", run_decision)
    run_word.add_argument("file", type=Path, metavar="TỆP")
    run_word.add_argument("--decision", required=True, metavar="QUYẾT_ĐỊNH")
    run_word.add_argument("--inputs", default="{}", help="JSON")
    json_mark(run_word)
    tck_word = word(dmn, "tck", "chạy bộ kiểm DMN TCK / run the DMN TCK", run_tck)
    tck_word.add_argument("folders", nargs="+", type=Path, metavar="THƯ_MỤC")
    json_mark(tck_word)
    add_deadline(words)


def _add_quote(words: Words) -> None:
    parser = word(words, "quote", "tính phí, lệ phí / what a procedure costs, and why", quote)
    parser.add_argument("--procedure", required=True, metavar="MÃ_THỦ_TỤC")
    parser.add_argument("--submitted-at", help="ISO 8601; mặc định: bây giờ / default: now")
    parser.add_argument("--accepted-at", help="ISO 8601")
    parser.add_argument("--facts", metavar="TỆP|-", help="đối tượng JSON; - là đầu vào chuẩn / JSON object; - is stdin")
    parser.add_argument(
        "--paid",
        metavar="TỆP",
        help="bảng tính phí đã nộp (JSON của lệnh này): thêm số tiền hoàn trả / a quote that was paid: adds the refund",
    )
    parser.add_argument("more", nargs="*", metavar="tên=giá_trị", help="copies=2 channel=online …")
    json_mark(parser)


def quote(settings: Settings, args: argparse.Namespace) -> int:
    """The quote as JSON, with its trace; both engines must agree, as at every door.

    Lines carry the plain names `before` and `after` beside those a dossier keeps. Facts that are
    missing or that nobody documented end with code 2; then the JSON lists what is needed. With `--paid`, what was
    paid but never owed goes back, for instance when an exemption is proven later.
    """
    submitted = args.submitted_at or SystemClock().now().isoformat()
    instant = read_instant(submitted).isoformat()
    accepted = read_instant(args.accepted_at).isoformat() if args.accepted_at else None
    facts = {**(read_facts_file(args.facts) if args.facts else {}), **read_facts(args.more)}
    try:
        with closing(FeeInference(settings.inference)) as second:
            found = quote_command(
                args.procedure,
                instant,
                accepted,
                facts,
                processes_root=settings.processes,
                second=second,
                paid=read_facts_file(args.paid) if args.paid else None,
            )
    except FactsError as error:
        if args.json:
            say_json({"error": error.to_dict()})
        raise
    lines = [
        {"item": one["item"], "before": one["before_vnd"], "after": one["after_vnd"], **one} for one in found["lines"]
    ]
    say_json({**found, "lines": lines}, indent=None if args.json else 2)
    return 0


def feel(settings: Settings, args: argparse.Namespace) -> int:
    """The value as JSON."""
    say_json(feel_command(args.expression, args.context, now=local(SystemClock().now())))
    return 0


def run_decision(settings: Settings, args: argparse.Namespace) -> int:
    """The decision's value as JSON; exit code 1 when the model had a problem with it."""
    answer = dmn_run(args.file, args.decision, args.inputs, now=local(SystemClock().now()))
    say_json(answer, indent=None if args.json else 2)
    return 1 if answer["problems"] else 0


def run_tck(settings: Settings, args: argparse.Namespace) -> int:
    """One JSON line per test, then the summary."""
    for line in dmn_tck(args.folders):
        say_json(line)
    return 0

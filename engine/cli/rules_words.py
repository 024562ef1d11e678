"""`motcua rules check`, `rules replay`, `bench rules`: fee tables judged, compared and measured."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.say import CommandError, say_json
from engine.cli.words import Words, group, json_mark, word
from engine.settings import Settings
from rules.bench import bench_command
from rules.commands import check_command, replay_command

_DOSSIERS = 100_000


def add(words: Words) -> None:
    """Declare the words."""
    rules = group(words, "rules", "biểu phí / fee tables")
    check_word = word(rules, "check", "soát biểu phí, bảng quyết định / judge fee and decision tables", check)
    check_word.add_argument("path", type=Path, metavar="ĐƯỜNG_DẪN")
    json_mark(check_word)
    replay_word = word(rules, "replay", "so biểu cũ và mới trên hồ sơ / old and new tables on dossiers", replay)
    replay_word.add_argument("old", type=Path, metavar="CŨ")
    replay_word.add_argument("new", type=Path, metavar="MỚI")
    replay_word.add_argument("--dossiers", type=Path, required=True, metavar="TỆP", help="JSON lines")
    json_mark(replay_word)
    bench = group(words, "bench", "đo tốc độ / measure")
    bench_word = word(bench, "rules", "đo bộ luật / measure the rules engine", bench_rules)
    bench_word.add_argument("--dossiers", type=_count, default=_DOSSIERS, metavar="SỐ")
    json_mark(bench_word)


def check(settings: Settings, args: argparse.Namespace) -> int:
    """Every finding with its rows, an example and what to do; exit code 1 when one blocks publication."""
    if not args.path.exists():
        raise CommandError(f"Không có {args.path}.", f"There is no {args.path}.")
    found = check_command(args.path)
    say_json(found, indent=None if args.json else 2)
    return 0 if found["ok"] else 1


def replay(settings: Settings, args: argparse.Namespace) -> int:
    """What each dossier would cost under both folders of fee tables: who changes, and the totals."""
    say_json(replay_command(args.old, args.new, args.dossiers), indent=None if args.json else 2)
    return 0


def bench_rules(settings: Settings, args: argparse.Namespace) -> int:
    """Figures of this machine, beside a plain loop over rows and, where it is installed, zen-engine."""
    say_json(bench_command(settings.processes, dossiers=args.dossiers), indent=None if args.json else 2)
    return 0


def _count(text: str) -> int:
    if not text.isdecimal() or not 100 <= int(text) <= 10_000_000:
        raise argparse.ArgumentTypeError("100–10 000 000")
    return int(text)

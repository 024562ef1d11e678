"""`motcua bench rules`, `bench engine`: the machine's own figures, as ratios to a floor of the same run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

from engine.bench.command import FULL, QUICK, bench_command
from engine.bench.rules import bench_command as rules_bench
from engine.cli.bench import timers as bench_timers
from engine.cli.declare import Words, group, json_mark, word
from engine.cli.output import say_json
from engine.settings import Settings

_DOSSIERS: Final = 100_000
_SERVER: Final = "postgresql+psycopg://root@127.0.0.1:5432/test"
_ENGINE: Final = (
    "Đo xử lý hồ sơ: bộ máy quy trình cạnh SpiffWorkflow nguyên bản, cả thao tác cạnh chính các câu lệnh SQL của nó, "
    "số câu lệnh và số lần ghi, trên SQLite và PostgreSQL (nếu có). / Measures the 8-task diagram with a supplement "
    "loop: processor and wall time of a completed task, bytes of the stored instance after 1, 50 and 5,000 rounds, "
    "SpiffWorkflow's own reading and writing in the same run; 20 blocks of 3 parallel branches; whole actions "
    "(permission, queue, audit, outbox, commit) beside the same statements sent bare; statements, commits; actions a "
    "second with 1 and 4 threads. Scratch databases only; they are taken away afterwards."
)


def add(words: Words) -> None:
    """Declare the words."""
    bench = group(words, "bench", "đo tốc độ / measure")
    rules = word(bench, "rules", "đo bộ luật / measure the rules engine", bench_rules)
    rules.add_argument("--dossiers", type=_count(100, 10_000_000), default=_DOSSIERS, metavar="SỐ")
    json_mark(rules)
    engine = word(bench, "engine", "đo xử lý hồ sơ / measure the process engine", bench_engine)
    engine.description = _ENGINE
    engine.add_argument("--quick", action="store_true", help="ít lần đo / few rounds")
    engine.add_argument("--rounds", type=_count(1, 50_000), metavar="SỐ", help="vòng bổ sung / oldest supplement loop")
    engine.add_argument("--dossiers", type=_count(1, 10_000), metavar="SỐ", help="hồ sơ trên mỗi CSDL / per database")
    engine.add_argument("--postgresql", default=_SERVER, metavar="URL", help="máy chủ để thử / a server for scratch")
    json_mark(engine)
    bench_timers.declare(bench)


def bench_rules(settings: Settings, args: argparse.Namespace) -> int:
    """Figures of this machine, beside a plain loop over rows and, where it is installed, zen-engine."""
    say_json(rules_bench(settings.processes, dossiers=args.dossiers), indent=None if args.json else 2)
    return 0


def bench_engine(settings: Settings, args: argparse.Namespace) -> int:
    """Figures of this machine; nothing of the office's own database is touched."""
    size = QUICK if args.quick else FULL
    if args.rounds:
        size = size._replace(ages=(*(age for age in size.ages if age < args.rounds), args.rounds))
    if args.dossiers:
        size = size._replace(dossiers=args.dossiers)
    say_json(bench_command(settings, size, args.postgresql), indent=None if args.json else 2)
    return 0


def _count(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{least}–{most}")
        return int(text)

    return number

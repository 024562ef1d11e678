"""`motcua deadline`: when a result is due, and why."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from engine.cli.arguments import read_instant
from engine.cli.declare import Words, word
from engine.cli.output import CommandError, say
from engine.domain.clock import local
from engine.domain.deadlines import DeadlinePolicy, Pause, TimeLimit, Unit, WorkCalendar, due_at
from engine.domain.procedures import PackError, parse_pack, read_pack
from engine.settings import Settings

_UNITS: Final[Mapping[str, Unit]] = {"wd": "working_day", "d": "day", "h": "hour", "m": "month"}
_YEARS: Final = (1900, 2200)  # beyond them no calendar of days off means anything


def add_deadline(words: Words) -> None:
    """Declare the word."""
    parser = word(words, "deadline", "hạn giải quyết / when a result is due, and why", deadline)
    parser.add_argument("accepted_at", metavar="LÚC_TIẾP_NHẬN", help="ISO 8601")
    parser.add_argument(
        "limit", metavar="THỜI_HẠN", help="3wd, 5d, 4h, 2m, in_day hoặc mã thủ tục / or a procedure code"
    )
    for option, told in (
        ("--supplement", "chờ bổ sung; bỏ trống ĐẾN nếu còn chờ / waiting for the citizen; no end: still"),
        ("--exclude", "thời gian không tính / time the law leaves out"),
    ):
        parser.add_argument(option, help=told, action="append", default=[], metavar="TỪ/ĐẾN")
    parser.add_argument(
        "--on-supplement",
        choices=("restart", "pause"),
        help="bổ sung xong: tính lại từ đầu hay tính tiếp / after a supplement count anew, or go on",
    )
    parser.add_argument("--after-15h", action="store_true", help="sau 15 giờ tính ngày sau / after 15:00: the next day")


def deadline(settings: Settings, args: argparse.Namespace) -> int:
    """The due instant and how it follows, in both languages."""
    calendar = WorkCalendar.load(settings.processes / "_calendars" / "vn.yaml")
    limit, policy = _limit(settings, args.limit)
    if args.on_supplement:
        policy = replace(policy, supplement=args.on_supplement)
    if args.after_15h:
        policy = replace(policy, after_15h=True)
    pauses = [_pause(text, "--supplement") for text in args.supplement]
    pauses += [_pause(text, "--exclude") for text in args.exclude]
    due = due_at(calendar, limit, _instant(args.accepted_at), policy, pauses)
    say(f"{local(due.due_at):%d/%m/%Y %H:%M}")
    for line in due.trace:
        say(f"  {line.vi}")
        say(f"  {line.en}")
    return 0


def _instant(text: str) -> datetime:
    """An instant of a year for which days off mean anything."""
    found = read_instant(text)
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise CommandError(
            f"“{text}” phải thuộc các năm {_YEARS[0]} đến {_YEARS[1]}.",
            f"“{text}” must lie in the years {_YEARS[0]} to {_YEARS[1]}.",
        )
    return found


def _pause(text: str, option: str) -> Pause:
    """A stretch of time written FROM/TO; a supplement that is still awaited has no TO."""
    start, slash, end = text.partition("/")
    if not slash or not start or (option == "--exclude" and not end):
        raise CommandError(
            f"{option} viết TỪ/ĐẾN bằng hai thời điểm ISO 8601, ví dụ 2024-03-06T09:00/2024-03-11T09:00.",
            f"{option} is written FROM/TO with two ISO 8601 instants, such as 2024-03-06T09:00/2024-03-11T09:00.",
        )
    from_at, to_at = _instant(start), _instant(end) if end else None
    if to_at is not None and to_at < from_at:
        raise CommandError(
            f"{option} {text}: thời điểm kết thúc trước thời điểm bắt đầu.",
            f"{option} {text}: the end is before the start.",
        )
    return Pause(from_at, to_at, excluded=option == "--exclude")


def _limit(settings: Settings, text: str) -> tuple[TimeLimit, DeadlinePolicy]:
    if text == "in_day":
        return TimeLimit(0, "in_day"), DeadlinePolicy()
    match = re.fullmatch(r"([0-9]{1,4})(wd|d|h|m)", text)
    if match is None:
        return _limit_of_procedure(settings, text)
    return TimeLimit(int(match[1]), _UNITS[match[2]]), DeadlinePolicy()


def _limit_of_procedure(settings: Settings, code: str) -> tuple[TimeLimit, DeadlinePolicy]:
    try:
        procedure = parse_pack(read_pack(settings.processes, code)) if (settings.processes / code).is_dir() else None
    except PackError as error:
        raise CommandError(error.sentences[0].vi, error.sentences[0].en) from error
    if procedure is None:
        raise CommandError(
            f"“{code}” không phải thời hạn (3wd, 5d, 4h, 2m, in_day) hay mã thủ tục có trong thư mục processes.",
            f'"{code}" is neither a limit (3wd, 5d, 4h, 2m, in_day) nor the code of a procedure in processes.',
        )
    return procedure.limit, procedure.policy

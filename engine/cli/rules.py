"""`motcua rules check`, `rules replay`: fee tables judged and compared."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.declare import Words, group, json_mark, word
from engine.cli.output import CommandError, say_json
from engine.settings import Settings
from rules.fees import check_command, replay_command


def add(words: Words) -> None:
    """Declare the words."""
    rules = group(words, "rules", "biểu phí / fee tables")
    check_word = word(rules, "check", "soát biểu phí, bảng quyết định / judge fee and decision tables", check)
    check_word.add_argument("path", type=Path, metavar="ĐƯỜNG_DẪN")
    check_word.add_argument("--row", metavar="MÃ_DÒNG", help="chỉ dòng vừa sửa / only the row just edited")
    json_mark(check_word)
    replay_word = word(rules, "replay", "so biểu cũ và mới trên hồ sơ / old and new tables on dossiers", replay)
    replay_word.add_argument("old", type=Path, metavar="CŨ")
    replay_word.add_argument("new", type=Path, metavar="MỚI")
    replay_word.add_argument("--dossiers", type=Path, required=True, metavar="TỆP", help="JSON lines")
    json_mark(replay_word)


def check(settings: Settings, args: argparse.Namespace) -> int:
    """Every finding with its rows, an example and what to do; exit code 1 when one blocks publication."""
    if not args.path.exists():
        raise CommandError(f"Không có {args.path}.", f"There is no {args.path}.")
    found = check_command(args.path, args.row)
    say_json(found, indent=None if args.json else 2)
    return 0 if found["ok"] else 1


def replay(settings: Settings, args: argparse.Namespace) -> int:
    """What each dossier would cost under both folders of fee tables: who changes, and the totals."""
    for path in (args.old, args.new, args.dossiers):
        if not path.exists():
            raise CommandError(f"Không có {path}.", f"There is no {path}.")
    say_json(replay_command(args.old, args.new, args.dossiers), indent=None if args.json else 2)
    return 0

"""`motcua texts`: what the office says to people, key by key, and where this installation says it differently."""

from __future__ import annotations

import argparse

from engine.cli.declare import Words, json_mark, word
from engine.cli.output import say, say_json
from engine.domain.texts import Entry, load_texts
from engine.settings import Settings


def add(words: Words) -> None:
    """Declare the word."""
    parser = word(words, "texts", "lời văn gửi người dân, theo từng khóa / what the office says, key by key", texts)
    parser.add_argument("--own", action="store_true", help="chỉ những lời đã đổi / only what this installation changed")
    parser.add_argument("prefix", nargs="?", default="", help="đầu của khóa, ví dụ notice / how the keys begin")
    json_mark(parser)


def texts(settings: Settings, args: argparse.Namespace) -> int:
    """List the texts with their languages and placeholders; exit code 1 when none was found."""
    catalogue = load_texts(settings.texts)
    chosen = [one for one in catalogue if one.key.startswith(args.prefix) and (one.own or not args.own)]
    for entry in chosen:
        if args.json:
            placeholders = sorted(entry.placeholders)
            say_json({"key": entry.key, **entry.words, "placeholders": placeholders, "own": entry.own or None})
        else:
            _show(entry)
    return 0 if chosen else 1


def _show(entry: Entry) -> None:
    say(f"{entry.key}  ← {entry.own}" if entry.own else entry.key)
    for lang, words in entry.words.items():
        say(f"  {lang}: {words}")

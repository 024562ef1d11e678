"""How the command speaks: one line at a time, Vietnamese first, errors on the other channel."""

from __future__ import annotations

import json
import sys


class CommandError(Exception):
    """What was asked cannot be done as asked. One sentence in each language; the exit code is 2."""

    def __init__(self, message_vi: str, message_en: str) -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.message_en = message_en


def say(text: str = "") -> None:
    """One line for the person."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def say_json(value: object, *, indent: int | None = None) -> None:
    """A value for another program: one line, or indented for reading."""
    say(json.dumps(value, ensure_ascii=False, indent=indent, default=str))


def complain(message_vi: str, message_en: str) -> None:
    """One sentence in each language to the error channel."""
    sys.stderr.write(f"✗ {message_vi}\n  {message_en}\n")
    sys.stderr.flush()

"""How a word of the command is declared; one helper so that all groups look the same."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeAlias

from engine.settings import Settings

Function: TypeAlias = Callable[[Settings, argparse.Namespace], int]
Words: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def word(words: Words, name: str, help_text: str, function: Function) -> argparse.ArgumentParser:
    """Declare `motcua NAME`; gives its parser for the arguments."""
    parser = words.add_parser(name, help=help_text, description=help_text)
    parser.set_defaults(function=function)
    return parser


def group(words: Words, name: str, help_text: str) -> Words:
    """Declare `motcua NAME WORD`; gives the place for its words."""
    return words.add_parser(name, help=help_text, description=help_text).add_subparsers(metavar="VIỆC", required=True)


def json_mark(parser: argparse.ArgumentParser) -> None:
    """`--json`: each answer on one line, for another program; without it JSON is indented for reading."""
    parser.add_argument("--json", action="store_true", help="mỗi câu trả lời một dòng JSON / one line of JSON each")

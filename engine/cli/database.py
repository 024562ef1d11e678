"""`motcua db`: the tables of the record."""

from __future__ import annotations

import argparse

from engine.bootstrap import build
from engine.cli.declare import Words, group, word
from engine.cli.output import say
from engine.cli.serving.seed import put_in_order
from engine.settings import Settings


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "db", "cơ sở dữ liệu / the database")
    word(inner, "migrate", "đưa bảng về dạng mới nhất / bring the tables to the newest form", migrate)
    word(inner, "upgrade", "như migrate / the same as migrate", migrate)


def migrate(settings: Settings, args: argparse.Namespace) -> int:
    """Bring the tables to the newest form; safe at any time and by several at once."""
    platform = build(settings)
    platform.database.migrate()
    put_in_order(platform)
    platform.close()
    say("✓ Cơ sở dữ liệu đã ở dạng mới nhất / the database is up to date")
    return 0

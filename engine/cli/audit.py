"""`motcua audit`: is the history as it was written?"""

from __future__ import annotations

import argparse

from engine.bootstrap import build
from engine.cli.say import say, say_json
from engine.cli.words import Words, group, word
from engine.settings import Settings
from engine.store import events


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "audit", "nhật ký / the history")
    verify_word = word(inner, "verify", "kiểm tra chuỗi băm của nhật ký / verify the hash chains", verify)
    verify_word.add_argument("--chain", help="một hồ sơ (id) hoặc “office” / one dossier's id, or office")
    verify_word.add_argument("--json", action="store_true", help="mỗi chỗ sai một dòng JSON / one JSON line per fault")
    word(inner, "heads", "đầu chuỗi, để cất ở nơi khác / the heads, to be kept elsewhere", heads)


def verify(settings: Settings, args: argparse.Namespace) -> int:
    """Walk the chains; exit code 1 when one does not hold."""
    platform = build(settings)
    broken = 0
    with platform.database.read() as tx:
        for link in events.broken_links(tx, args.chain):
            broken += 1
            if args.json:
                say_json({"chain": link.chain, "number": link.number, "found": link.found})
            else:
                say(f"✗ {link.chain} #{link.number}: {link.found}")
        chains = sum(1 for _ in events.heads(tx))
    platform.close()
    if args.json:
        say_json({"chains": chains, "broken": broken})
    elif broken:
        say(f"✗ Nhật ký đã bị sửa ở {broken} chỗ / the history was changed in {broken} places")
    else:
        say(f"✓ Nhật ký nguyên vẹn: {chains} chuỗi / the history holds: {chains} chains")
    return 1 if broken else 0


def heads(settings: Settings, args: argparse.Namespace) -> int:
    """One JSON line per chain."""
    platform = build(settings)
    with platform.database.read() as tx:
        for chain, number, last in events.heads(tx):
            say_json({"chain": chain, "number": number, "hash": last})
    platform.close()
    return 0

"""`motcua retention`: what the law on archives lets go, looked at first, then removed."""

from __future__ import annotations

import argparse
import threading
from contextlib import closing

from engine.actions.records import HoldDossier, hold_dossier, rule_of
from engine.bootstrap import Platform, build
from engine.cli.declare import Words, group, word
from engine.cli.output import say, say_json
from engine.domain.actor import SYSTEM
from engine.domain.procedures import KINDS, finished_before
from engine.jobs.housekeeping import Housekeeper
from engine.settings import Settings
from engine.store.history import retention


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "retention", "thời hạn lưu trữ / how long data are kept")
    for name, help_text, function in (
        ("dry-run", "xem sẽ xóa gì, không xóa / what would be removed", dry_run),
        ("run", "xóa dữ liệu đã hết thời hạn lưu trữ / remove what is due", run),
    ):
        word(inner, name, help_text, function).add_argument("--json", action="store_true", help="JSON")
    for name, help_text, function in (
        ("hold", "giữ một hồ sơ, không xóa gì / a legal hold", hold),
        ("release", "thôi giữ / lift the hold", release),
    ):
        holding = word(inner, name, help_text, function)
        holding.add_argument("code", help="mã hồ sơ / the dossier's code")
        holding.add_argument("--reason", required=True, help="lý do, ghi vào nhật ký / the reason, for the history")


def dry_run(settings: Settings, args: argparse.Namespace) -> int:
    """One line per procedure and kind of data: how many dossiers are due, with examples. Changes nothing."""
    with closing(build(settings)) as platform, platform.database.read() as tx:
        for code in retention.procedure_codes(tx):
            rule = rule_of(tx, platform.office, code)
            for kind in KINDS:
                before = finished_before(rule, kind, tx.now) if rule else None
                if rule is None or before is None:
                    _tell(args, {"procedure": code, "kind": kind, "kept": "for ever"})
                    continue
                count, examples = retention.count_due(tx, code, kind, before)
                line = {"procedure": code, "kind": kind, "months": rule.months[kind], "source": rule.source}
                _tell(args, {**line, "finished_before": before.isoformat(), "due": count, "examples": examples})
    return 0


def _tell(args: argparse.Namespace, line: dict[str, object]) -> None:
    if args.json:
        say_json(line)
    elif "due" in line:
        shown = ", ".join(str(code) for code in line["examples"]) if isinstance(line["examples"], list) else ""
        say(f"{line['procedure']} · {line['kind']}: {line['due']} ({line['months']} tháng, {line['source']}) {shown}")
    else:
        say(f"{line['procedure']} · {line['kind']}: lưu mãi / kept for ever")


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Remove what is due, batch by batch; may be stopped and started again at any time."""
    total: dict[str, int] = {}
    with closing(build(settings)) as platform:
        for removed in Housekeeper(platform).retain(threading.Event()):
            for table, rows in removed.items():
                total[table] = total.get(table, 0) + rows
    if args.json:
        say_json(total)
    else:
        say(
            "✓ "
            + (", ".join(f"{table} {rows}" for table, rows in total.items()) or "không có gì đến hạn / nothing due")
        )
    return 0


def hold(settings: Settings, args: argparse.Namespace) -> int:
    """Nothing of the dossier is removed until the hold is lifted."""
    return _hold(settings, HoldDossier(SYSTEM, args.code, args.reason))


def release(settings: Settings, args: argparse.Namespace) -> int:
    """Lift the hold."""
    return _hold(settings, HoldDossier(SYSTEM, args.code, args.reason, lift=True))


def _hold(settings: Settings, cmd: HoldDossier) -> int:
    with closing(build(settings)) as platform:
        _do(platform, cmd)
    say(f"✓ {cmd.code}: " + ("đã thôi giữ / released" if cmd.lift else "đang được giữ / held"))
    return 0


def _do(platform: Platform, cmd: HoldDossier) -> None:
    with platform.database.begin() as tx:
        hold_dossier(tx, platform.office, cmd)

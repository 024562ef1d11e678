"""`motcua audit`: is the history as it was written? Also offline, from a file, on another machine."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from engine.bootstrap import build
from engine.cli.declare import Words, group, word
from engine.cli.history.history_file import HistoryFile, counted, read_heads, write_history
from engine.cli.output import CommandError, say, say_json
from engine.domain.history import BrokenLink, Head, HeadsDigest, KeptHeads, Verification
from engine.settings import Settings
from engine.store.connection import Tx
from engine.store.history import events

_SHOWN: Final = 1000  # faults told one by one; a torn file has millions, and the count says the rest
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "audit", "nhật ký / the history")
    verify_word = word(inner, "verify", "kiểm tra chuỗi băm của nhật ký / verify the hash chains", verify)
    verify_word.add_argument("file", nargs="?", type=Path, help="tệp đã xuất, không cần CSDL / an exported file")
    verify_word.add_argument("--chain", help="một hồ sơ (id) hoặc “office” / one dossier's id, or office")
    verify_word.add_argument("--heads", type=Path, help="đầu chuỗi đã cất / heads kept elsewhere, to compare with")
    verify_word.add_argument("--json", action="store_true", help="mỗi chỗ sai một dòng JSON / one JSON line per fault")
    verify_word.set_defaults(offline=verify_offline)
    heads_word = word(inner, "heads", "đầu chuỗi, để cất ở nơi khác / the heads, to be kept elsewhere", heads)
    heads_word.add_argument("--digest", action="store_true", help="chỉ dòng tổng, để in / the last line only, to print")
    export_word = word(inner, "export", "xuất nhật ký ra tệp / write the history to a file", export)
    export_word.add_argument("file", type=Path, help="tệp mới; .gz thì nén / a new file; .gz compresses")
    export_word.add_argument("--chain", help="một hồ sơ (id) hoặc “office” / one dossier's id, or office")
    export_word.add_argument("--month", help="một tháng, YYYY-MM (UTC) / one month")


def verify(settings: Settings, args: argparse.Namespace) -> int:
    """Walk the chains of the record; exit code 1 when one does not hold."""
    with _record(settings) as tx:
        own = KeptHeads((Head(*head) for head in events.heads(tx, args.chain)), exact=True)
        checked = Verification(kept=(own, *_kept(args)))
        _tell_faults(args, checked.over(counted(events.every(tx, args.chain))))
    return _tell_sum(args, checked)


def verify_offline(args: argparse.Namespace) -> int | None:
    """Walk the chains of a file, without database or settings; None when no file is named."""
    if args.file is None:
        return None
    history = HistoryFile(args.file)
    checked = Verification(kept=_kept(args), partial=history.partial)
    rows = counted(history.rows())
    if args.chain:
        rows = (row for row in rows if row["chain"] == args.chain)
    _tell_faults(args, checked.over(rows))
    checked.broken += len(history.faults)
    _tell_faults(args, history.faults)
    return _tell_sum(args, checked)


def _kept(args: argparse.Namespace) -> tuple[KeptHeads, ...]:
    if args.heads is None:
        return ()
    heads_there: Iterable[Head] = read_heads(args.heads)
    if args.chain:
        heads_there = [head for head in heads_there if head.chain == args.chain]
    return (KeptHeads(heads_there),)


def _tell_faults(args: argparse.Namespace, faults: Iterable[BrokenLink]) -> None:
    for told, fault in enumerate(faults):
        if told >= _SHOWN:
            continue
        if args.json:
            say_json({"chain": fault.chain, "number": fault.number, "found": fault.found})
        else:
            say(f"✗ {fault.chain} #{fault.number}: {fault.found}")


def _tell_sum(args: argparse.Namespace, checked: Verification) -> int:
    if args.json:
        counts = {"rows": checked.rows, "chains": checked.chains, "cleared": checked.cleared, "broken": checked.broken}
        say_json({**counts, "partial": checked.partial})
    elif checked.broken:
        say(f"✗ Nhật ký đã bị sửa ở {checked.broken} chỗ / the history was changed in {checked.broken} places")
    else:
        say(f"✓ Nhật ký nguyên vẹn: {checked.chains} chuỗi / the history holds: {checked.chains} chains")
    if checked.cleared and not args.json:
        say(
            f"  {checked.cleared} mục đã xóa dữ liệu cá nhân theo thời hạn lưu trữ / "
            f"personal data of {checked.cleared} links were removed by retention"
        )
    return 1 if checked.broken else 0


def heads(settings: Settings, args: argparse.Namespace) -> int:
    """One JSON line per chain, and a last one with the digest over all of them."""
    digest = HeadsDigest()
    with _record(settings) as tx:
        for chain, number, last in events.heads(tx):
            digest.add(Head(chain, number, last))
            if not args.digest:
                say_json({"chain": chain, "number": number, "hash": last})
        say_json({"chains": digest.chains, "at": tx.now.isoformat(), "digest": digest.hexdigest()})
    return 0


def export(settings: Settings, args: argparse.Namespace) -> int:
    """Write the chains, or one, or a month of all, to a new file."""
    with _record(settings) as tx:
        rows = _exported(tx, args)
        count, digest = write_history(args.file, rows, tx.now, args.month)
    say(f"✓ {count} dòng / rows → {args.file}\n  {digest}")
    return 0


def _exported(tx: Tx, args: argparse.Namespace) -> Iterator[Mapping[str, Any]]:
    if args.month is None:
        return events.every(tx, args.chain)
    named = _MONTH.match(args.month)
    if named is None:
        raise CommandError("Tháng viết dạng YYYY-MM, ví dụ 2026-11.", "Write the month as YYYY-MM, e.g. 2026-11.")
    year, month = int(named[1]), int(named[2])
    begin = datetime(year, month, 1, tzinfo=UTC)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    return events.every_between(tx, begin, end, args.chain)


@contextmanager
def _record(settings: Settings) -> Iterator[Tx]:
    with closing(build(settings)) as platform, platform.database.read() as tx:
        yield tx

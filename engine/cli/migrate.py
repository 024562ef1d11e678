"""`motcua migrate`: running dossiers go over to another version of their procedure."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.actions.migrations import (
    ContinueMigration,
    PlanMigration,
    RevertMigration,
    StopMigration,
    continue_migration,
    plan_migration,
    revert_migration,
    stop_migration,
    version_numbered,
)
from engine.bootstrap import Platform, build
from engine.cli.arguments import read_bytes, read_object
from engine.cli.declare import Words, group, word
from engine.cli.output import CommandError, say, say_json
from engine.domain.actor import SYSTEM, Actor, ActorKind
from engine.domain.errors import Invalid
from engine.domain.migration import Criterion, Selection
from engine.jobs.migration_runner import MigrationRunner
from engine.queries.migrations import (
    Forecast,
    ForecastRow,
    Question,
    RunView,
    forecast_rows,
    mapping_complaints,
    migration_moves,
    migration_runs_list,
    migration_view,
)
from engine.settings import Settings
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.process import migration_runs


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "migrate", "chuyển hồ sơ đang chạy sang phiên bản khác / move running dossiers")
    dry = word(inner, "dry-run", "thử, không ghi gì / try only", dry_run)
    run = word(inner, "run", "bắt đầu chuyển / start moving", start)
    for parser in (dry, run):
        _ask_which(parser)
    run.add_argument("--ground", required=True, help="căn cứ: số quyết định, lý do / why")
    run.add_argument("--canary", type=int, default=0, metavar="SỐ", help="số hồ sơ đi trước / how many go first")
    run.add_argument(
        "--criterion", choices=tuple(Criterion), default=Criterion.ASK, help="điều kiện đi tiếp / when the rest follow"
    )
    run.add_argument("--watch", type=int, default=0, metavar="PHÚT", help="theo dõi nhóm đi trước / minutes to watch")
    status_word = word(inner, "status", "các đợt chuyển, hoặc một đợt / runs, or one", status)
    status_word.add_argument("run", nargs="?", metavar="ĐỢT")
    status_word.add_argument("--json", action="store_true", help="mỗi dòng một JSON / one JSON per line")
    for name, text, function in (
        ("go-on", "đi tiếp / go on", go_on),
        ("stop", "dừng / stop", stop),
        ("revert", "trả về phiên bản cũ / put back", revert),
    ):
        steer = word(inner, name, text, function)
        steer.add_argument("run", metavar="ĐỢT")
        if function is not go_on:
            steer.add_argument("--reason", required=True, help="lý do / why")
        if function is revert:
            steer.add_argument("--dossier", action="append", default=[], metavar="MÃ", help="chỉ các hồ sơ này / only")
        _common(steer)
    _common(run)


def _ask_which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="THỦ_TỤC")
    parser.add_argument("--to", type=int, metavar="SỐ", help="phiên bản đích (mặc định: mới nhất) / target version")
    parser.add_argument("--map", action="append", default=[], metavar="CŨ=MỚI", help="bước cũ=bước mới / old=new step")
    parser.add_argument("--map-file", metavar="TỆP", help="JSON {cũ: mới} / JSON {old: new}")
    parser.add_argument("--dossier", action="append", default=[], metavar="MÃ")
    parser.add_argument("--element", default="", metavar="BƯỚC", help="đang ở bước này / standing there now")
    parser.add_argument("--unit", metavar="MÃ_ĐƠN_VỊ")
    parser.add_argument("--from", dest="from_on", type=date.fromisoformat, metavar="NGÀY", help="nộp từ ngày")
    parser.add_argument("--until", dest="until_on", type=date.fromisoformat, metavar="NGÀY", help="nộp đến ngày")
    if not parser.prog.endswith(" run"):
        parser.add_argument("--json", action="store_true", help="mỗi hồ sơ một dòng JSON / one JSON line per dossier")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", metavar="TÊN_ĐĂNG_NHẬP", help="cán bộ ra lệnh / the official who orders it")
    parser.add_argument("--here", action="store_true", help="làm ngay tại đây, không đợi tiến trình nền / work here")
    parser.add_argument("--json", action="store_true", help="một dòng JSON / one JSON line")


def dry_run(settings: Settings, args: argparse.Namespace) -> int:
    """Say of each dossier whether it can be moved; exit code 1 when one cannot."""
    platform = build(settings)
    found = Forecast()
    with platform.database.read() as tx:
        target = version_numbered(tx, args.code, args.to)
        asked = Question(args.code, target["id"], _mapping(args), _selection(tx, args))
        if faults := mapping_complaints(tx, platform.office, asked):
            raise Invalid(faults, next(iter(faults.values())))
        for row in forecast_rows(tx, platform.office, SYSTEM, asked):
            found.add(row)
            if args.json:
                say_json(_row(row))
    platform.close()
    _tell_forecast(found, target["number"], as_json=args.json)
    return 1 if found.movable < found.looked_at else 0


def _row(row: ForecastRow) -> dict[str, Any]:
    reasons = [
        {
            "code": one.code,
            "element": one.element_id,
            "token": one.token,
            "vi": one.message.vi,
            "en": one.message.en,
            "map": one.mappable,
        }
        for one in row.reasons
    ]
    return {"dossier": row.dossier_code, "movable": not reasons, "reasons": reasons}


def _tell_forecast(found: Forecast, number: int, *, as_json: bool) -> None:
    groups = sorted(found.groups.values(), key=lambda one: -one.number)
    if as_json:
        told = [
            {"code": g.reason.code, "element": g.reason.element_id, "number": g.number, "examples": g.examples}
            for g in groups
        ]
        say_json({"to": number, "looked_at": found.looked_at, "movable": found.movable, "reasons": told})
        return
    say(f"→ {number}: {found.movable}/{found.looked_at} hồ sơ chuyển được / can be moved")
    for one in groups:
        say(f"  ✗ {one.number} × {one.reason.message.vi} ({', '.join(one.examples)})")


def start(settings: Settings, args: argparse.Namespace) -> int:
    """Plan a run; a worker moves the dossiers, or we do with --here."""
    platform = build(settings)
    with platform.database.begin() as tx:
        command = PlanMigration(
            actor=_actor(tx, args.by),
            code=args.code,
            ground=args.ground,
            target=args.to,
            mapping=_mapping(args),
            selection=_selection(tx, args),
            canary=args.canary,
            criterion=args.criterion,
            watch_minutes=args.watch,
        )
        planned = plan_migration(tx, platform.office, command)
    return _after(platform, args, planned.run_id)


def go_on(settings: Settings, args: argparse.Namespace) -> int:
    """Let the rest follow."""
    platform = build(settings)
    with platform.database.begin() as tx:
        continue_migration(tx, platform.office, ContinueMigration(_actor(tx, args.by), args.run))
    return _after(platform, args, args.run)


def stop(settings: Settings, args: argparse.Namespace) -> int:
    """Move no further dossier."""
    platform = build(settings)
    with platform.database.begin() as tx:
        stop_migration(tx, platform.office, StopMigration(_actor(tx, args.by), args.run, args.reason))
    return _after(platform, args, args.run)


def revert(settings: Settings, args: argparse.Namespace) -> int:
    """Put dossiers back that have not moved on since."""
    platform = build(settings)
    with platform.database.begin() as tx:
        command = RevertMigration(_actor(tx, args.by), args.run, args.reason, tuple(args.dossier))
        revert_migration(tx, platform.office, command)
    return _after(platform, args, args.run)


def status(settings: Settings, args: argparse.Namespace) -> int:
    """The newest runs, or one with every dossier that was refused."""
    platform = build(settings)
    with platform.database.read() as tx:
        views = (migration_view(tx, SYSTEM, args.run),) if args.run else migration_runs_list(tx, SYSTEM)
        for view in views:
            _tell(view, as_json=args.json)
        if args.run:
            _tell_moves(tx, args.run, as_json=args.json)
    platform.close()
    return 0


def _tell_moves(tx: Tx, run_id: str, *, as_json: bool) -> None:
    after: str | None = ""
    while after is not None:
        page, after = migration_moves(tx, SYSTEM, run_id, "" if as_json else "refused", after, 500)
        for row in page:
            if as_json:
                reasons = [{"vi": one.vi, "en": one.en} for one in row.reasons]
                say_json({"dossier": row.dossier_code, "state": row.state, "canary": row.canary, "reasons": reasons})
            else:
                say(f"    ✗ {row.dossier_code}: {' '.join(one.vi for one in row.reasons)}")


def _after(platform: Platform, args: argparse.Namespace, run_id: str) -> int:
    """Work it off here if asked, then say how it stands."""
    if args.here:
        _work_here(platform, run_id)
    with platform.database.read() as tx:
        _tell(migration_view(tx, SYSTEM, run_id), as_json=args.json)
    platform.close()
    return 0


def _work_here(platform: Platform, run_id: str) -> None:
    """The worker's own hand, until the run waits for a person or for time, or is done."""
    hand, never = MigrationRunner(platform), threading.Event()
    while True:
        with platform.database.read() as tx:
            if run_id not in {row["id"] for row in migration_runs.due(tx)}:
                return
        hand.work_off(never)


def _tell(view: RunView, *, as_json: bool) -> None:
    if as_json:
        say_json(
            {
                "run": view.id,
                "procedure": view.procedure_code,
                "to": view.to_number,
                "state": view.state,
                "counts": dict(view.counts),
                "note": {"vi": view.note.vi, "en": view.note.en},
                "ground": view.ground,
                "by": view.who,
            }
        )
        return
    counts = ", ".join(f"{name} {number}" for name, number in sorted(view.counts.items()))
    say(f"{view.id}  {view.procedure_code} → {view.to_number}  {view.state_words.vi} ({counts})")
    if view.note.vi:
        say(f"    {view.note.vi}")


def _actor(tx: Tx, username: str | None) -> Actor:
    """The official named, who needs the role; nobody named: the system itself, as whoever may use this command."""
    if username is None:
        return SYSTEM
    row = staff.by_username(tx, username)
    if row is None or not row["active"]:
        raise CommandError(f"Không có cán bộ “{username}”.", f'There is no official "{username}".')
    return Actor(ActorKind.STAFF, row["id"], row["full_name"], frozenset(row["roles"]), row["unit_id"])


def _mapping(args: argparse.Namespace) -> Mapping[str, str]:
    given = read_object(read_bytes(args.map_file).decode("utf-8", "replace")) if args.map_file else {}
    mapping = {str(old): str(new) for old, new in given.items()}
    for pair in args.map:
        old, sign, new = pair.partition("=")
        if not (old.strip() and sign and new.strip()):
            raise CommandError(f"--map {pair}: hãy viết CŨ=MỚI.", f"--map {pair}: write OLD=NEW.")
        mapping[old.strip()] = new.strip()
    return mapping


def _selection(tx: Tx, args: argparse.Namespace) -> Selection:
    unit = staff.unit_by_code(tx, args.unit) if args.unit else None
    if args.unit and unit is None:
        raise CommandError(f"Không có đơn vị “{args.unit}”.", f'There is no unit "{args.unit}".')
    return Selection(tuple(args.dossier), args.element, unit["id"] if unit else "", args.from_on, args.until_on)

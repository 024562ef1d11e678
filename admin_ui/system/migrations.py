"""Moving running dossiers to another version: look first, then the first ones, then all, or back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Response

from admin_ui.guard import role
from admin_ui.request_context import RequestContext
from admin_ui.system.blueprint import room
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
from engine.domain.actor import Role
from engine.domain.errors import Invalid
from engine.domain.migration import Criterion, MoveState, Selection
from engine.domain.text import Text
from engine.queries.migrations import (
    MappingTable,
    Question,
    forecast,
    mapping_complaints,
    mapping_table,
    migration_moves,
    migration_runs_list,
    migration_view,
    procedure_versions,
    versions_of,
)
from engine.store.accounts import staff

LIMIT = 5000  # dossiers tried for one page; more follow on the next


@room.route("/migrations", role(Role.ADMIN))
def migrations(ask: RequestContext) -> Response:
    """Procedures with their versions, how many dossiers run on each, and the newest migrations."""
    found, runs = procedure_versions(ask.tx, ask.who), migration_runs_list(ask.tx, ask.who, limit=20)
    return ask.render("system/migrations.html", procedures=found, runs=runs)


@room.route("/migrations/new/<code>", role(Role.ADMIN))
def dry_run(ask: RequestContext, code: str) -> Response:
    """The dry run: who can be moved, who cannot and why, and what could be mapped. Nothing is written."""
    return _look(ask, code, ask.query)


def _look(ask: RequestContext, code: str, given: Mapping[str, str], error: Invalid | None = None) -> Response:
    procedure = versions_of(ask.tx, ask.who, code)
    target = version_numbered(ask.tx, code, _number(given.get("to", "")))
    table = mapping_table(ask.tx, ask.platform.office, ask.who, code, target["id"])
    errors = dict(error.fields) if error else {}
    chosen, faults = _selection(given)
    typed = {one.element_id: given.get(f"map.{one.element_id}", one.proposed or "") for one in table.pairings}
    asked = Question(code, target["id"], {old: new for old, new in typed.items() if new}, chosen)
    faults |= mapping_complaints(ask.tx, ask.platform.office, asked)
    found = None
    if not faults:
        found = forecast(ask.tx, ask.platform.office, ask.who, asked, given.get("after", "")[:26], LIMIT)
    return ask.render(
        "system/dry_run.html",
        422 if errors or faults else 200,
        procedure=procedure,
        target=target,
        pairings=_pairings(table, typed),
        step_options=[{"value": element, "label": f"{name} · {element}"} for element, name in table.choices],
        unit_options=_unit_options(ask),
        criterion=given.get("criterion", Criterion.ASK),
        given=given,
        found=found,
        errors=errors or faults,
        message=error.message if error and not errors else None,
    )


@dataclass(frozen=True)
class PairingField:
    """A step that the new diagram lacks, as a field of the form: which step takes its place."""

    field: str
    label: str
    chosen: str


def _unit_options(ask: RequestContext) -> list[dict[str, object]]:
    return [{"value": one["id"], "label": Text(one["name_vi"], one["name_en"])} for one in staff.units(ask.tx)]


def _pairings(table: MappingTable, typed: Mapping[str, str]) -> list[PairingField]:
    return [
        PairingField(
            field=f"map.{one.element_id}",
            label=f"{one.name or one.element_id} · {one.element_id}",
            chosen=typed[one.element_id],
        )
        for one in table.pairings
    ]


def _start_again(ask: RequestContext, code: str, error: Invalid) -> Response:
    return _look(ask, code, ask.form, error)


@room.route("/migrations/new/<code>", role(Role.ADMIN), methods=("POST",), again=_start_again)
def start_migration(ask: RequestContext, code: str) -> Response:
    """Write the run; a worker moves the dossiers, and its page shows how far it is."""
    form = ask.form
    chosen, faults = _selection(form)
    if faults:
        raise Invalid(faults)
    mapping = {name[4:]: value for name, value in form.items() if name.startswith("map.") and value}
    cmd = PlanMigration(
        actor=ask.who,
        code=code,
        ground=form.get("ground", ""),
        target=_number(form.get("to", "")),
        mapping=mapping,
        selection=chosen,
        canary=_number(form.get("canary", "")) or 0,
        criterion=form.get("criterion", Criterion.ASK),
        watch_minutes=_number(form.get("watch_minutes", "")) or 0,
    )
    planned = plan_migration(ask.tx, ask.platform.office, cmd)
    ask.say(Text("Đã bắt đầu: {count} hồ sơ.", "Started: {count} dossiers.").fill(count=planned.planned))
    return ask.go("system.migration", run_id=planned.run_id)


def _show(ask: RequestContext, run_id: str, error: Invalid | None = None) -> Response:
    view = migration_view(ask.tx, ask.who, run_id)
    state = ask.query.get("state", "")
    state = state if state in tuple(MoveState) else ""
    moves, following = migration_moves(ask.tx, ask.who, run_id, state, ask.query.get("after", "")[:26])
    errors = dict(error.fields) if error else {}
    return ask.render(
        "system/migration.html",
        422 if error else 200,
        run=view,
        moves=moves,
        following=following,
        state=state,
        states=tuple(MoveState),
        errors=errors,
        message=error.message if error and not errors else None,
    )


@room.route("/migrations/<run_id>", role(Role.ADMIN))
def migration(ask: RequestContext, run_id: str) -> Response:
    """How far a run is, what was refused and why, and what can be done now."""
    return _show(ask, run_id)


def _steer_again(ask: RequestContext, run_id: str, error: Invalid) -> Response:
    return _show(ask, run_id, error)


@room.route("/migrations/<run_id>", role(Role.ADMIN), methods=("POST",), again=_steer_again)
def steer(ask: RequestContext, run_id: str) -> Response:
    """Go on, stop, or put back (all, or the dossiers named)."""
    how, reason, office = ask.form.get("how", ""), ask.form.get("reason", ""), ask.platform.office
    if how == "continue":
        continue_migration(ask.tx, office, ContinueMigration(ask.who, run_id))
    elif how == "stop":
        stop_migration(ask.tx, office, StopMigration(ask.who, run_id, reason))
    elif how == "revert":
        codes = tuple(ask.form.get("codes", "").replace(",", " ").split())
        revert_migration(ask.tx, office, RevertMigration(ask.who, run_id, reason, codes))
    else:
        raise Invalid({"reason": Text("Hãy chọn việc cần làm.", "Please choose what to do.")})
    return ask.go("system.migration", run_id=run_id)


def _selection(given: Mapping[str, str]) -> tuple[Selection, dict[str, Text]]:
    """Which dossiers, as typed; a day that cannot be read is a fault of its field."""
    faults: dict[str, Text] = {}
    days: dict[str, date | None] = {}
    for name in ("from_on", "until_on"):
        days[name] = _day(given.get(name, "").strip(), name, faults)
    codes = tuple(given.get("codes", "").replace(",", " ").split())
    return Selection(codes, given.get("element", "").strip(), given.get("unit_id", ""), **days), faults


def _day(typed: str, name: str, faults: dict[str, Text]) -> date | None:
    if not typed:
        return None
    try:
        return datetime.strptime(typed, "%d/%m/%Y").replace(tzinfo=UTC).date()
    except ValueError:
        faults[name] = Text("Hãy ghi ngày dạng 19/04/2026.", "Write the day as 19/04/2026.")
        return None


def _number(typed: str) -> int | None:
    """A whole number as typed; anything else counts as nothing said."""
    digits = typed.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None

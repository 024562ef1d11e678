"""An administrator starts moving running dossiers to another version of their procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.actions.migrations.steering import specs_at_work, version_numbered
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.errors import Conflict, Invalid
from engine.domain.history import EventKind
from engine.domain.migration import Criterion, RunState, Selection
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.process import migration_runs
from engine.workflow.migration import mapping_faults

LONGEST_WATCH_MINUTES = 60 * 24 * 14


@dataclass(frozen=True)
class PlanMigration:
    """`target`: a version's number, None the newest. `canary`: how many go first, 0 all at once.

    `criterion`: what lets the rest follow the first: ask (a person says so), no_incident, all_moved (none refused
    either). `ground`: the decision or reason, kept in every dossier's history.
    """

    actor: Actor
    code: str
    ground: str
    target: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)
    canary: int = 0
    criterion: str = Criterion.ASK
    watch_minutes: int = 0


@dataclass(frozen=True)
class PlannedMigration:
    """The run and how many instances it will try to move."""

    run_id: str
    planned: int


def plan_migration(tx: Tx, office: OfficeContext, cmd: PlanMigration) -> PlannedMigration:
    """Write the run and a row per instance; a worker moves them. Two runs of one procedure never overlap.

    Raises Invalid with a sentence per fault, Conflict when another run of the procedure is under way.
    """
    cmd.actor.must_have_role(Role.ADMIN)
    target = version_numbered(tx, cmd.code, cmd.target)
    _check(cmd)
    olds, new = specs_at_work(tx, office, cmd.code, target["id"])
    if faults := mapping_faults(olds, new, cmd.mapping):
        told = {f"map.{one.element_id}": Text(one.message_vi, one.message_en) for one in faults}
        raise Invalid(told)
    events.hold_office(tx)  # whoever starts a second run at this moment waits here and then finds ours
    if (other := migration_runs.under_way(tx, cmd.code)) is not None:
        raise Conflict(busy(other["actor_name"]))
    run_id = migration_runs.add(
        tx,
        {
            "procedure_code": cmd.code,
            "target_id": target["id"],
            "mapping": dict(cmd.mapping),
            "selection": cmd.selection.to_dict(),
            "ground": cmd.ground.strip(),
            "actor_kind": cmd.actor.kind,
            "actor_id": cmd.actor.id,
            "actor_name": cmd.actor.name,
            "canary": cmd.canary,
            "criterion": cmd.criterion,
            "watch_minutes": cmd.watch_minutes,
            "state": (RunState.CANARY if cmd.canary else RunState.MOVING).value,
        },
    )
    planned = migration_runs.plan(tx, run_id, cmd.code, target["id"], cmd.selection, cmd.canary)
    if not planned:
        raise Invalid({"selection": NOBODY}, NOBODY)
    data = {"run": run_id, "procedure": cmd.code, "to": target["number"], "planned": planned}
    events.append(tx, events.OFFICE, cmd.actor, EventKind.MIGRATION_STARTED, {**data, "ground": cmd.ground.strip()})
    return PlannedMigration(run_id, planned)


NOBODY = Text(
    "Không có hồ sơ đang chạy nào khớp với lựa chọn, hoặc tất cả đã ở phiên bản này.",
    "No running dossier matches the selection, or all of them are on this version already.",
)


def busy(name: str) -> Text:
    """The sentence for the one who came second: it names who migrates already."""
    return Text(
        f"{name} đang chuyển phiên bản của thủ tục này. Hãy chờ đợt đó xong, hoặc dừng nó trước.",
        f"{name} is migrating this procedure. Wait until that is done, or stop it first.",
    )


def _check(cmd: PlanMigration) -> None:
    faults: dict[str, Text] = {}
    if not cmd.ground.strip():
        vi = "Hãy ghi căn cứ: số quyết định hoặc lý do chuyển phiên bản."
        faults["ground"] = Text(vi, "Give the ground: the decision's number or the reason.")
    if cmd.criterion not in tuple(Criterion):
        vi = "Hãy chọn điều kiện để chuyển tiếp số còn lại."
        faults["criterion"] = Text(vi, "Choose what lets the others follow.")
    if not 0 <= cmd.canary <= 100_000:
        vi = "Số hồ sơ đi trước phải từ 0 đến 100.000."
        faults["canary"] = Text(vi, "The number that goes first must be between 0 and 100,000.")
    if not 0 <= cmd.watch_minutes <= LONGEST_WATCH_MINUTES:
        vi = "Thời gian theo dõi phải từ 0 phút đến 14 ngày."
        faults["watch_minutes"] = Text(vi, "The time to watch must be between 0 minutes and 14 days.")
    if faults:
        raise Invalid(faults)

"""What a migration run needs to know in more than one of its actions."""

from __future__ import annotations

from typing import Final

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.errors import NotFound
from engine.domain.text import Text
from engine.domain.vocabulary import VersionState
from engine.store.catalogue import procedures
from engine.store.connection import Row, Tx
from engine.store.process import migration_runs
from engine.store.records import ProcedureVersionCard
from engine.workflow.spec import ProcessSpec

TURNED: Final = Text(
    "Đợt chuyển phiên bản này vừa đổi trạng thái. Hãy tải lại trang để xem.",
    "This migration has just changed its state. Reload the page to see it.",
)


def run_of(tx: Tx, actor: Actor, run_id: str) -> Row:
    """The run, for those who may steer it; raises Forbidden or NotFound."""
    actor.must_have_role(Role.ADMIN)
    run = migration_runs.get(tx, run_id)
    if run is None:
        raise NotFound(Text("Không có đợt chuyển phiên bản này.", "There is no such migration."))
    return run


def operator_of(run: Row) -> Actor:
    """Who started the run: the worker moves dossiers in their name."""
    return Actor(run["actor_kind"], run["actor_id"], run["actor_name"])


def reverter_of(run: Row) -> Actor:
    """Who wanted it put back."""
    asked = run["asked_back"]
    return Actor(asked["kind"], asked["id"], asked["name"])


def specs_at_work(tx: Tx, office: OfficeContext, code: str, target_id: str) -> tuple[list[ProcessSpec], ProcessSpec]:
    """The diagrams that instances still run on, and the target's."""
    olds = [one for one in migration_runs.counts_by_version(tx, code) if one != target_id]
    return [office.procedure_cache.spec(tx, one) for one in olds], office.procedure_cache.spec(tx, target_id)


def version_numbered(tx: Tx, code: str, number: int | None) -> ProcedureVersionCard:
    """The published version of that number (None: the newest); raises NotFound with what there is."""
    published = [row for row in procedures.versions(tx, code) if row["state"] == VersionState.PUBLISHED]
    found = next((row for row in published if number in (None, row["number"])), None)
    if found is None:
        known = ", ".join(str(row["number"]) for row in published) or "—"
        raise NotFound(
            Text(
                f"Thủ tục {code} không có phiên bản {number or ''} đã công bố. Đang có: {known}.",
                f"Procedure {code} has no published version {number or ''}. There are: {known}.",
            )
        )
    return found

"""What the law on archives lets go: found by partial indexes, removed in batches, a statement per table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, delete, func, literal, literal_column, null, select, update

from engine.domain.dossier import FINAL_STATES, DossierState
from engine.domain.vocabulary import Audience, FileState
from engine.store.connection import Tx
from engine.store.schema.columns import Instant
from engine.store.schema.dossiers import (
    BYTES_REMAIN,
    document,
    dossier,
    dossier_file,
    dossier_word,
    notice,
    supplement_request,
)
from engine.store.schema.migrating import migration_move
from engine.store.schema.work import connector_job, inbound_message, incident, process_instance, task, timer

# What remains of each row when its personal part goes; facts, numbers, dates and digests are not named here.
_EMPTIED: Final[Mapping[str, tuple[tuple[Table, dict[str, Any]], ...]]] = {
    "content": (
        (process_instance, {"variables": {}, "snapshot": b""}),
        (task, {"outputs": null(), "draft": null()}),
        (supplement_request, {"reason": "", "components": [], "answer_note": None, "changes": null()}),
        (connector_job, {"payload": {}, "result": {}, "error": None}),
        (inbound_message, {"payload": {}}),
        (migration_move, {"snapshot": None, "restore": null()}),
    ),
    "files": ((dossier_file, {"state": FileState.REMOVED, "file_name": "", "reject_reason": None}),),
    "documents": ((document, {"content": b""}),),
    "notices": (),
}
_FORGOTTEN: Final[dict[str, Any]] = {
    "applicant": {},
    "owner": {},
    "form": {},
    "delivery": {},
    "person_id": None,
    "submit_key": None,
}


def due(tx: Tx, procedure_code: str, kind: str, before: datetime, limit: int) -> list[str]:
    """Held for us until the transaction ends: dossiers of a procedure that ended before then, oldest first.

    What somebody else holds just now is passed over: nobody waits for retention, and it waits for nobody.
    """
    statement = _due(procedure_code, kind, before).order_by(dossier.c.finished_at).limit(limit)
    return list(tx.execute(statement.with_for_update(skip_locked=True)).scalars())


def count_due(tx: Tx, procedure_code: str, kind: str, before: datetime) -> tuple[int, list[str]]:
    """How many dossiers are due, and the codes of the oldest five."""
    statement = _due(procedure_code, kind, before)
    count = tx.execute(select(func.count()).select_from(statement.subquery())).scalar_one()
    oldest = statement.with_only_columns(dossier.c.code).order_by(dossier.c.finished_at).limit(5)
    return int(count), [str(code) for code in tx.execute(oldest).scalars()]


def _due(procedure_code: str, kind: str, before: datetime) -> Select[Any]:
    return select(dossier.c.id).where(
        dossier.c.procedure_code == procedure_code,
        dossier.c.finished_at < before,
        dossier.c.state.in_(FINAL_STATES),
        dossier.c.submitted_at.is_not(None),
        dossier.c.finished_at.is_not(None),
        dossier.c.hold_reason.is_(None),
        dossier.c[f"{kind}_cleared_at"].is_(None),
    )


def unsent(tx: Tx, before: datetime, limit: int) -> list[str]:
    """Held for us: drafts nobody has touched since `before`, discarded ones too."""
    statement = select(dossier.c.id).where(
        dossier.c.submitted_at.is_(None),
        dossier.c.hold_reason.is_(None),
        dossier.c.content_cleared_at.is_(None),
        dossier.c.updated_at < before,
    )
    ordered = statement.order_by(dossier.c.updated_at).limit(limit)
    return list(tx.execute(ordered.with_for_update(skip_locked=True)).scalars())


def procedure_codes(tx: Tx) -> list[str]:
    """Every procedure that has dossiers."""
    return list(tx.execute(select(dossier.c.procedure_code).distinct().order_by(dossier.c.procedure_code)).scalars())


def remove(tx: Tx, kind: str, ids: Sequence[str]) -> dict[str, int]:
    """Remove one kind of data of these dossiers and say when; gives rows per table. The history is not touched here."""
    counts: dict[str, int] = {}
    for table, emptied in _EMPTIED[kind]:
        counts[table.name] = tx.execute(update(table).where(table.c.dossier_id.in_(ids)).values(emptied)).rowcount
    instances = select(process_instance.c.id).where(process_instance.c.dossier_id.in_(ids))
    if kind == "content":
        silent = update(incident).where(incident.c.instance_id.in_(instances))
        counts["incident"] = tx.execute(silent.values(message_vi="", message_en="", resolution=None)).rowcount
        counts["timer"] = tx.execute(delete(timer).where(timer.c.instance_id.in_(instances))).rowcount
        tx.execute(delete(dossier_word).where(dossier_word.c.dossier_id.in_(ids)))
        by_citizen = update(task).where(task.c.dossier_id.in_(ids), task.c.audience == Audience.APPLICANT)
        tx.execute(by_citizen.values(completed_by=None))
    if kind == "notices":
        counts["notice"] = tx.execute(delete(notice).where(notice.c.dossier_id.in_(ids))).rowcount
    marked: dict[str, Any] = {f"{kind}_cleared_at": tx.now, "version": dossier.c.version + 1}
    forgotten = _FORGOTTEN if kind == "content" else {}
    counts["dossier"] = tx.execute(
        update(dossier).where(dossier.c.id.in_(ids)).values({**marked, **forgotten})
    ).rowcount
    return counts


def discard(tx: Tx, ids: Sequence[str]) -> None:
    """Drafts that end because nobody came back to them; updated_at stays, for it is what made them due."""
    values = {
        "state": DossierState.WITHDRAWN,
        "finished_at": func.coalesce(dossier.c.finished_at, literal(tx.now, Instant())),
    }
    tx.execute(update(dossier).where(dossier.c.id.in_(ids)).values(values))


def hold(tx: Tx, dossier_id: str, reason: str | None) -> bool:
    """Put a legal hold on a dossier, or lift it (None); False when there is no such dossier."""
    return tx.execute(update(dossier).where(dossier.c.id == dossier_id).values(hold_reason=reason)).rowcount == 1


def files_to_delete(tx: Tx, limit: int) -> list[tuple[str, str]]:
    """(row, key in the store) of removed files whose bytes still lie there."""
    statement = select(dossier_file.c.id, dossier_file.c.storage_key).where(_REMOVED).limit(limit)
    return [(str(row.id), str(row.storage_key)) for row in tx.execute(statement)]


# Written as words of the statement: only then does SQLite use the partial index.
_REMOVED: Final[ColumnElement[bool]] = literal_column(BYTES_REMAIN)


def files_deleted(tx: Tx, ids: Sequence[str]) -> None:
    """The bytes are gone from the store."""
    tx.execute(update(dossier_file).where(dossier_file.c.id.in_(ids)).values(storage_key=""))


def strays(tx: Tx, keys: Sequence[str]) -> list[str]:
    """Those of the keys in the store that no row points to."""
    known = tx.execute(select(dossier_file.c.storage_key).where(dossier_file.c.storage_key.in_(keys))).scalars()
    return sorted(set(keys) - set(known))

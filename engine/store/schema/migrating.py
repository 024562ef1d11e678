"""Migrations of running instances: the run an operator starts, and one row per instance it is to move."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, text

from engine.domain.actor import ActorKind
from engine.domain.migration import AT_WORK, Criterion, MoveState, RunState
from engine.store.schema.columns import Bytes, Instant, Json, LongText, among, key, metadata, word

migration_run = Table(
    "migration_run",
    metadata,
    key(),
    Column("procedure_code", String(20), nullable=False, index=True),
    Column("target_id", String(26), ForeignKey("procedure_version.id"), nullable=False),
    Column("mapping", Json, nullable=False),  # {element of the old diagram: element of the new one}
    Column("selection", Json, nullable=False),  # engine.domain.migration.Selection.to_dict()
    Column("ground", LongText, nullable=False),  # why: the decision's number or a sentence
    word("actor_kind", ActorKind, 10),
    Column("actor_id", String(26)),
    Column("actor_name", String(200), nullable=False),
    Column("canary", Integer, nullable=False),  # how many go first; 0: all at once
    word("criterion", Criterion, 12),
    Column("watch_minutes", Integer, nullable=False),
    word("state", RunState, 12),
    Column("note_vi", LongText, nullable=False, server_default=""),  # why it stands where it stands
    Column("note_en", LongText, nullable=False, server_default=""),
    Column("asked_back", Json),  # who wanted it reverted, and why: {kind, id, name, reason}
    Column("due_at", Instant, nullable=False),  # when a worker is to look at it next
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
IS_AT_WORK = among("state", AT_WORK)
Index(
    "ix_migration_run_due",
    migration_run.c.due_at,
    postgresql_where=text(IS_AT_WORK),
    sqlite_where=text(IS_AT_WORK),
)

# `snapshot` and `restore` hold what a revert puts back.
migration_move = Table(
    "migration_move",
    metadata,
    Column("run_id", String(26), ForeignKey("migration_run.id"), nullable=False),
    Column("instance_id", String(26), ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False),
    Column("from_id", String(26), ForeignKey("procedure_version.id"), nullable=False),
    Column("canary", Integer, nullable=False),
    word("state", MoveState, 10),
    Column("reason", String(200), nullable=False, server_default=""),  # code:element, to be counted by
    Column("reasons", Json),  # [{code, element, token, vi, en}]
    Column("moved_version", Integer),  # of the instance right after the move: still so means it has not moved on
    Column("snapshot", Bytes),
    Column("restore", Json),
    Column("at", Instant),
    PrimaryKeyConstraint("run_id", "instance_id"),
    Index("ix_migration_move_state", "run_id", "state", "instance_id"),
)

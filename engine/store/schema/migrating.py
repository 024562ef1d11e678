"""Migrations of running instances: the run an operator starts, and one row per instance it is to move."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, text

from engine.store.schema.columns import Bytes, Instant, Json, LongText, key, metadata

migration_run = Table(
    "migration_run",
    metadata,
    key(),
    Column("procedure_code", String(20), nullable=False, index=True),
    Column("target_id", String(26), ForeignKey("procedure_version.id"), nullable=False),
    Column("mapping", Json, nullable=False),  # {element of the old diagram: element of the new one}
    Column("selection", Json, nullable=False),  # engine.domain.migration.Selection.to_dict()
    Column("ground", LongText, nullable=False),  # why: the decision's number or a sentence
    Column("actor_kind", String(10), nullable=False),
    Column("actor_id", String(26)),
    Column("actor_name", String(200), nullable=False),
    Column("canary", Integer, nullable=False),  # how many go first; 0: all at once
    Column("criterion", String(12), nullable=False),  # ask | no_incident | all_moved
    Column("watch_minutes", Integer, nullable=False),
    Column("state", String(12), nullable=False),  # engine.domain.migration.RunState
    Column("note_vi", LongText, nullable=False, server_default=""),  # why it stands where it stands
    Column("note_en", LongText, nullable=False, server_default=""),
    Column("asked_back", Json),  # who wanted it reverted, and why: {kind, id, name, reason}
    Column("due_at", Instant, nullable=False),  # when a worker is to look at it next
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
)
AT_WORK = "state in ('canary', 'watching', 'moving', 'reverting')"
Index(
    "ix_migration_run_due",
    migration_run.c.due_at,
    postgresql_where=text(AT_WORK),
    sqlite_where=text(AT_WORK),
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
    Column("state", String(10), nullable=False),  # planned | moved | refused | reverting | reverted
    Column("reason", String(200), nullable=False, server_default=""),  # code:element, to be counted by
    Column("reasons", Json),  # [{code, element, token, vi, en}]
    Column("moved_version", Integer),  # of the instance right after the move: still so means it has not moved on
    Column("snapshot", Bytes),
    Column("restore", Json),
    Column("at", Instant),
    PrimaryKeyConstraint("run_id", "instance_id"),
    Index("ix_migration_move_state", "run_id", "state", "instance_id"),
)

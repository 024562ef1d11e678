"""The work: process instances, tasks, timers, connector jobs, incidents and the chained history."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from engine.store.schema.columns import Bytes, Instant, Json, LongText, key, metadata

process_instance = Table(
    "process_instance",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, unique=True),
    Column("procedure_version_id", String(26), ForeignKey("procedure_version.id"), nullable=False),
    Column("spec_hash", String(64), nullable=False),
    Column("snapshot", Bytes, nullable=False),
    Column("variables", Json, nullable=False),
    Column("state", String(12), nullable=False),  # running | ended | cancelled
    Column("end_kind", String(12)),
    Column("version", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

task = Table(
    "task",
    metadata,
    key(),
    Column("instance_id", String(26), ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    Column("token", String(80), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("name_vi", String(300), nullable=False),
    Column("name_en", String(300), nullable=False),
    Column("audience", String(10), nullable=False),  # applicant | staff
    Column("role", String(40), nullable=False),
    Column("unit_id", String(26), ForeignKey("unit.id"), nullable=False),
    Column("state", String(10), nullable=False),  # open | completed | cancelled
    Column("assignee_id", String(26), ForeignKey("staff.id")),
    Column("claimed_at", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("sort_at", Instant, nullable=False),  # due_at, or the far future: never null, so keyset paging holds
    Column("completed_at", Instant),
    Column("completed_by", String(200)),
    Column("outputs", Json),
    Column("draft", Json),
    Column("search_text", LongText, nullable=False, server_default=""),
    UniqueConstraint("instance_id", "token"),
)
Index(
    "ix_task_queue",
    task.c.unit_id,
    task.c.role,
    task.c.sort_at,
    task.c.id,
    postgresql_where=text("state = 'open'"),
    sqlite_where=text("state = 'open'"),
)
Index(
    "ix_task_mine",
    task.c.assignee_id,
    task.c.sort_at,
    task.c.id,
    postgresql_where=text("state = 'open'"),
    sqlite_where=text("state = 'open'"),
)

timer = Table(
    "timer",
    metadata,
    key(),
    Column("instance_id", String(26), ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("token", String(80), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),  # waiting | fired | cancelled
    UniqueConstraint("instance_id", "token"),
)
Index(
    "ix_timer_due",
    timer.c.due_at,
    postgresql_where=text("state = 'waiting'"),
    sqlite_where=text("state = 'waiting'"),
)

# What others tell us, each once. A message that comes before anybody waits for it is kept until somebody does.
inbound_message = Table(
    "inbound_message",
    metadata,
    key(),
    Column("source", String(40), nullable=False),  # post | …
    Column("nonce", String(64), nullable=False),  # the sender's own number, used once
    Column("name", String(80), nullable=False),  # as the diagrams call it
    Column("key", String(120), nullable=False),  # whom it is for: the key under which we called the other side
    Column("payload", Json, nullable=False),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), index=True),
    Column("state", String(10), nullable=False),  # taken | waiting | late | unclaimed
    Column("received_at", Instant, nullable=False),
    Column("taken_at", Instant),
    UniqueConstraint("source", "nonce"),
)

# The lines to the other sides: shared by all workers, so that each does not find out for itself.
connector_circuit = Table(
    "connector_circuit",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("failures", Integer, nullable=False),  # calls in a row without a usable answer
    Column("open_until", Instant),  # until then nothing of this kind is called
    Column("reason", String(200)),
    Column("changed_at", Instant, nullable=False),
)

# The truth of every outside effect: row first, notify after.
connector_job = Table(
    "connector_job",
    metadata,
    key(),
    Column("kind", String(40), nullable=False),
    Column("key", String(120), nullable=False, unique=True),  # ours; the other side gets it too
    Column("payload", Json, nullable=False),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), index=True),
    Column("instance_id", String(26), ForeignKey("process_instance.id")),
    Column("token", String(80)),  # the service task that waits, if one does
    Column("state", String(10), nullable=False),  # pending | claimed | done | failed | unknown | cancelled
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),  # next try; while claimed: the end of the lease
    Column("called_at", Instant),  # when the last call began, not when it was asked about
    Column("owner", String(80)),
    Column("result", Json),
    Column("error", LongText),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("emptied_at", Instant),  # when housekeeping removed what was sent
)
_FULL = text("state in ('done', 'cancelled') AND emptied_at IS NULL")
Index("ix_connector_job_full", connector_job.c.finished_at, postgresql_where=_FULL, sqlite_where=_FULL)
Index(
    "ix_connector_job_due",
    connector_job.c.due_at,
    postgresql_where=text("state in ('pending', 'claimed')"),
    sqlite_where=text("state in ('pending', 'claimed')"),
)
Index(
    "ix_connector_job_failed",
    connector_job.c.dossier_id,
    postgresql_where=text("state in ('failed', 'unknown')"),
    sqlite_where=text("state in ('failed', 'unknown')"),
)

incident = Table(
    "incident",
    metadata,
    key(),
    Column("instance_id", String(26), ForeignKey("process_instance.id"), index=True),
    Column("job_id", String(26), ForeignKey("connector_job.id")),
    Column("element_id", String(120)),
    Column("token", String(80)),  # where the process stands still: retry and skip name it
    Column("code", String(40), nullable=False),
    Column("message_vi", LongText, nullable=False),
    Column("message_en", LongText, nullable=False),
    Column("state", String(10), nullable=False),  # open | resolved
    Column("opened_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolution", LongText),
)

# Append only: the database itself refuses to change or delete a row (see the migration 0008). On PostgreSQL one
# partition per month, by `at`; a key over a partitioned table must hold `at`, so what keeps a number from being given
# twice is the chain's row in `event_head`, moved from one number to the next by the database at every insert.
event = Table(
    "event",
    metadata,
    Column("chain", String(26), primary_key=True),  # dossier id, or "office" for what belongs to no dossier
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, primary_key=True),
    Column("actor_kind", String(10), nullable=False),
    Column("actor_id", String(26)),
    Column("actor_name", String(200), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("data", Json, nullable=False),
    Column("public", Integer, nullable=False, server_default="0"),  # shown on the citizen's timeline
    Column("salt", String(32)),
    Column("body", String(64)),  # salted digest of what may be removed one day: data, a citizen's name
    Column("hash", String(64), nullable=False),  # covers the row and the hash before it within its chain
    Column("cleared_at", Instant),  # when retention removed data and name
    postgresql_partition_by="RANGE (at)",
)

# Where each chain ends. Written by the database with every event; only forwards.
event_head = Table(
    "event_head",
    metadata,
    Column("chain", String(26), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("cleared_to", Integer),  # up to this link retention may remove data; the only way past the guard
)

"""The work: process instances, tasks, timers, connector jobs, incidents and the chained history."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from engine.domain.actor import ActorKind
from engine.domain.vocabulary import (
    OPEN_JOBS,
    SETTLED_JOBS,
    TROUBLED_JOBS,
    Audience,
    EndKind,
    IncidentState,
    InstanceState,
    JobState,
    MessageState,
    TaskState,
    TimerState,
)
from engine.store.schema.columns import Bytes, Instant, Json, LongText, among, key, metadata, word

process_instance = Table(
    "process_instance",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, unique=True),
    Column("procedure_version_id", String(26), ForeignKey("procedure_version.id"), nullable=False),
    Column("spec_hash", String(64), nullable=False),
    Column("snapshot", Bytes, nullable=False),
    Column("variables", Json, nullable=False),
    word("state", InstanceState, 12),
    word("end_kind", EndKind, 12, nullable=True),
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
    word("audience", Audience, 10),
    Column("role", String(40), nullable=False),
    Column("unit_id", String(26), ForeignKey("unit.id"), nullable=False),
    word("state", TaskState, 10),
    Column("assignee_id", String(26), ForeignKey("staff.id")),
    Column("claimed_at", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("sort_at", Instant, nullable=False),  # due_at, or the far future: never null, so keyset paging holds
    Column("completed_at", Instant),
    Column("completed_by", String(200)),
    Column("outputs", Json),
    Column("draft", Json),
    UniqueConstraint("instance_id", "token"),
)
_OPEN: Final = text(f"state = '{TaskState.OPEN}'")
Index(
    "ix_task_queue",
    task.c.unit_id,
    task.c.role,
    task.c.sort_at,
    task.c.id,
    postgresql_where=_OPEN,
    sqlite_where=_OPEN,
)
Index(
    "ix_task_mine",
    task.c.assignee_id,
    task.c.sort_at,
    task.c.id,
    postgresql_where=_OPEN,
    sqlite_where=_OPEN,
)

timer = Table(
    "timer",
    metadata,
    key(),
    Column("instance_id", String(26), ForeignKey("process_instance.id"), nullable=False, index=True),
    Column("token", String(80), nullable=False),
    Column("element_id", String(120), nullable=False),
    Column("due_at", Instant, nullable=False),
    word("state", TimerState, 10),
    UniqueConstraint("instance_id", "token"),
)
_WAITING: Final = text(f"state = '{TimerState.WAITING}'")
Index(
    "ix_timer_due",
    timer.c.due_at,
    postgresql_where=_WAITING,
    sqlite_where=_WAITING,
)

# What others tell us, each once. A message that comes before anybody waits for it is kept until somebody does.
inbound_message = Table(
    "inbound_message",
    metadata,
    key(),
    Column("source", String(40), nullable=False),  # post | … ; process: the dossier's own
    Column("nonce", String(64), nullable=False),  # the sender's own number, used once
    Column("name", String(80), nullable=False),  # as the diagrams call it
    Column("key", String(120), nullable=False),  # whom it is for: the key under which we called the other side
    Column("payload", Json, nullable=False),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), index=True),
    word("state", MessageState, 10),
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
    word("state", JobState, 10),
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
IS_OPEN: Final = among("state", OPEN_JOBS)
IS_IN_TROUBLE: Final = among("state", TROUBLED_JOBS)
IS_FULL: Final = f"{among('state', SETTLED_JOBS)} AND emptied_at IS NULL"  # what was sent still lies there
_FULL: Final = text(IS_FULL)
Index("ix_connector_job_full", connector_job.c.finished_at, postgresql_where=_FULL, sqlite_where=_FULL)
Index(
    "ix_connector_job_due",
    connector_job.c.due_at,
    postgresql_where=text(IS_OPEN),
    sqlite_where=text(IS_OPEN),
)
Index(
    "ix_connector_job_failed",
    connector_job.c.dossier_id,
    postgresql_where=text(IS_IN_TROUBLE),
    sqlite_where=text(IS_IN_TROUBLE),
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
    word("state", IncidentState, 10),
    Column("opened_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolution", LongText),
)

# Append only: the database itself refuses to change or delete a row (see the baseline migration). On PostgreSQL one
# partition per month, by `at`; a key over a partitioned table must hold `at`, so what keeps a number from being given
# twice is the chain's row in `event_head`, moved from one number to the next by the database at every insert.
event = Table(
    "event",
    metadata,
    Column("chain", String(26), primary_key=True),  # dossier id, or "office" for what belongs to no dossier
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, primary_key=True),
    word("actor_kind", ActorKind, 10),
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

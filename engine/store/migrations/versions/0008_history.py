"""Guard the history in the database itself, part it by month on PostgreSQL, and let retention find what is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Instant

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

_REFUSED = (
    "Nhật ký chỉ được ghi thêm, không được sửa hay xóa / "
    "The history is append only: no row may be changed or deleted (docs/operations.md, section 6)"
)
_TWICE = "Số này trong chuỗi nhật ký đã có người ghi / This number of the chain is taken"
_COLUMNS = "chain, number, at, actor_kind, actor_id, actor_name, kind, data, public, hash"

_KINDS = ("content", "files", "documents", "notices")
_UNSENT = "submitted_at IS NULL AND hold_reason IS NULL AND content_cleared_at IS NULL"
_REMOVED = "state = 'removed' AND storage_key <> ''"
_FULL = "state in ('done', 'cancelled') AND emptied_at IS NULL"


def upgrade() -> None:
    """Write the table anew, in order and with every digest as it was; then put the guards on."""
    op.rename_table("event", "event_before")
    op.create_table(
        "event",
        sa.Column("chain", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("public", sa.Integer(), server_default="0", nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("body", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("cleared_at", Instant(), nullable=True),
        # The old table's key still has the name pk_event on PostgreSQL until it is dropped.
        sa.PrimaryKeyConstraint("chain", "number", "at", name="pk_event_chain"),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_table(
        "event_head",
        sa.Column("chain", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("cleared_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("chain", name="pk_event_head"),
    )
    if _on_postgresql():
        _say(_MONTHS)
    _say(f"INSERT INTO event ({_COLUMNS}) SELECT {_COLUMNS} FROM event_before ORDER BY chain, number")  # noqa: S608 - our own words only
    _say(
        "INSERT INTO event_head (chain, number, hash, began_at, last_at)"
        " SELECT e.chain, e.number, e.hash, span.began_at, span.last_at FROM event e JOIN"
        " (SELECT chain, max(number) AS number, min(at) AS began_at, max(at) AS last_at FROM event GROUP BY chain) span"
        " ON span.chain = e.chain AND span.number = e.number"
    )
    op.drop_table("event_before")
    for statement in _POSTGRESQL_GUARDS if _on_postgresql() else _SQLITE_GUARDS:
        _say(statement)
    _prepare_retention()


def downgrade() -> None:
    """Only while no link of the new form was written: the old verifier could not read those."""
    bind = op.get_bind()
    if bind.exec_driver_sql("SELECT count(*) FROM event WHERE body IS NOT NULL").scalar_one():
        raise RuntimeError("The history holds links of the new form; restore a backup instead of going back.")
    _forget_retention()
    op.rename_table("event", "event_after")
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("chain", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("public", sa.Integer(), server_default="0", nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("chain", "number", name="uq_event_chain_number"),
    )
    _say(f"INSERT INTO event ({_COLUMNS}) SELECT {_COLUMNS} FROM event_after ORDER BY at, chain, number")  # noqa: S608 - our own words only
    op.drop_table("event_after")
    op.drop_table("event_head")
    if _on_postgresql():
        for function in ("event_refuse", "event_change", "event_count", "event_head_forwards"):
            _say(f"DROP FUNCTION {function}()")


def _prepare_retention() -> None:
    """A dossier can be held, says what was removed, and is found when it is due without looking at all."""
    op.add_column("dossier", sa.Column("hold_reason", sa.Text(), nullable=True))
    for kind in _KINDS:
        op.add_column("dossier", sa.Column(f"{kind}_cleared_at", Instant(), nullable=True))
    op.add_column("connector_job", sa.Column("emptied_at", Instant(), nullable=True))
    for kind in _KINDS:
        kept = f"finished_at IS NOT NULL AND hold_reason IS NULL AND {kind}_cleared_at IS NULL"
        _index(f"ix_dossier_keep_{kind}", "dossier", ["procedure_code", "finished_at"], kept)
    _index("ix_dossier_unsent", "dossier", ["updated_at"], _UNSENT)
    _index("ix_dossier_file_removed", "dossier_file", ["id"], _REMOVED)
    _index("ix_connector_job_full", "connector_job", ["finished_at"], _FULL)
    op.create_index("ix_dossier_file_storage_key", "dossier_file", ["storage_key"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])
    op.create_index("ix_sign_in_attempt_created_at", "sign_in_attempt", ["created_at"])


def _forget_retention() -> None:
    """What was removed stays removed; nobody can see any longer that it was."""
    op.drop_index("ix_sign_in_attempt_created_at", "sign_in_attempt")
    op.drop_index("ix_session_expires_at", "session")
    op.drop_index("ix_dossier_file_storage_key", "dossier_file")
    op.drop_index("ix_connector_job_full", "connector_job")
    op.drop_index("ix_dossier_file_removed", "dossier_file")
    op.drop_index("ix_dossier_unsent", "dossier")
    for kind in _KINDS:
        op.drop_index(f"ix_dossier_keep_{kind}", "dossier")
    op.drop_column("connector_job", "emptied_at")
    for kind in _KINDS:
        op.drop_column("dossier", f"{kind}_cleared_at")
    op.drop_column("dossier", "hold_reason")


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where))


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _say(statement: str) -> None:
    # psycopg takes a bare percent sign for a parameter.
    op.get_bind().exec_driver_sql(statement.replace("%", "%%") if _on_postgresql() else statement)


# A partition for each month that has events, for this month and the three to come; the rest catches all others.
_MONTHS = """
DO $$
DECLARE month timestamp;
BEGIN
  CREATE TABLE event_other PARTITION OF event DEFAULT;
  FOR month IN
    SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') FROM event_before
    UNION
    SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead)
    FROM generate_series(0, 3) AS ahead
    ORDER BY 1
  LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)',
      'event_' || to_char(month, 'YYYY_MM'),
      to_char(month, 'YYYY-MM-DD"T"00:00:00"Z"'),
      to_char(month + interval '1 month', 'YYYY-MM-DD"T"00:00:00"Z"'));
  END LOOP;
END $$
"""

_POSTGRESQL_GUARDS = (
    f"""
CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
END $$
""",
    # A link may be emptied, and only that, where its chain's head says that retention is at work.
    f"""
CREATE FUNCTION event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.cleared_at IS NULL AND NEW.cleared_at IS NOT NULL AND NEW.salt IS NULL AND NEW.data::text = '{{}}'
    AND (NEW.chain, NEW.number, NEW.at, NEW.actor_kind, NEW.kind, NEW.public, NEW.hash)
      = (OLD.chain, OLD.number, OLD.at, OLD.actor_kind, OLD.kind, OLD.public, OLD.hash)
    AND NEW.body IS NOT DISTINCT FROM OLD.body
    AND (OLD.actor_kind = 'citizen' AND NEW.actor_id IS NULL AND NEW.actor_name = ''
      OR OLD.actor_kind <> 'citizen'
        AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id AND NEW.actor_name = OLD.actor_name)
    AND EXISTS (SELECT FROM event_head WHERE chain = OLD.chain AND cleared_to >= OLD.number)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
END $$
""",
    f"""
CREATE FUNCTION event_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number = 1 THEN
    INSERT INTO event_head (chain, number, hash, began_at, last_at)
    VALUES (NEW.chain, 1, NEW.hash, NEW.at, NEW.at) ON CONFLICT (chain) DO NOTHING;
  ELSE
    UPDATE event_head
    SET number = NEW.number, hash = NEW.hash,
        began_at = LEAST(began_at, NEW.at), last_at = GREATEST(last_at, NEW.at)
    WHERE chain = NEW.chain AND number = NEW.number - 1;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION '{_TWICE}' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$
""",  # noqa: S608 - our own words only
    f"""
CREATE FUNCTION event_head_forwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.chain <> OLD.chain OR NEW.number < OLD.number OR (NEW.number = OLD.number AND NEW.hash <> OLD.hash) THEN
    RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
""",
    "CREATE TRIGGER event_count BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_count()",
    "CREATE TRIGGER event_change BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_change()",
    "CREATE TRIGGER event_keep BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuse()",
    "CREATE TRIGGER event_keep_all BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()",
    "CREATE TRIGGER event_head_change BEFORE UPDATE ON event_head FOR EACH ROW EXECUTE FUNCTION event_head_forwards()",
    "CREATE TRIGGER event_head_keep BEFORE DELETE ON event_head FOR EACH ROW EXECUTE FUNCTION event_refuse()",
    "CREATE TRIGGER event_head_keep_all BEFORE TRUNCATE ON event_head"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()",
    # A partition can be emptied by its own name; such a trigger is not inherited.
    """
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'event'::regclass LOOP
    EXECUTE format('CREATE TRIGGER event_keep_all BEFORE TRUNCATE ON %s'
      ' FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()', part);
  END LOOP;
END $$
""",
)

_SQLITE_GUARDS = (
    f"""
CREATE TRIGGER event_count BEFORE INSERT ON event
WHEN NEW.number <> COALESCE((SELECT number FROM event_head WHERE chain = NEW.chain), 0) + 1
BEGIN
  SELECT RAISE(ABORT, '{_TWICE}');
END
""",  # noqa: S608 - our own words only
    """
CREATE TRIGGER event_counted AFTER INSERT ON event
BEGIN
  INSERT INTO event_head (chain, number, hash, began_at, last_at)
  VALUES (NEW.chain, NEW.number, NEW.hash, NEW.at, NEW.at)
  ON CONFLICT (chain) DO UPDATE SET number = excluded.number, hash = excluded.hash,
    began_at = min(began_at, excluded.began_at), last_at = max(last_at, excluded.last_at);
END
""",
    f"""
CREATE TRIGGER event_change BEFORE UPDATE ON event
WHEN NOT (OLD.cleared_at IS NULL AND NEW.cleared_at IS NOT NULL AND NEW.salt IS NULL AND NEW.data = '{{}}'
  AND NEW.chain = OLD.chain AND NEW.number = OLD.number AND NEW.at = OLD.at AND NEW.actor_kind = OLD.actor_kind
  AND NEW.kind = OLD.kind AND NEW.public = OLD.public AND NEW.hash = OLD.hash AND NEW.body IS OLD.body
  AND CASE WHEN OLD.actor_kind = 'citizen' THEN NEW.actor_id IS NULL AND NEW.actor_name = ''
      ELSE NEW.actor_id IS OLD.actor_id AND NEW.actor_name = OLD.actor_name END
  AND EXISTS (SELECT 1 FROM event_head WHERE chain = OLD.chain AND cleared_to >= OLD.number))
BEGIN
  SELECT RAISE(ABORT, '{_REFUSED}');
END
""",  # noqa: S608 - our own words only
    f"CREATE TRIGGER event_keep BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
    f"""
CREATE TRIGGER event_head_change BEFORE UPDATE ON event_head
WHEN NEW.chain <> OLD.chain OR NEW.number < OLD.number OR (NEW.number = OLD.number AND NEW.hash <> OLD.hash)
BEGIN
  SELECT RAISE(ABORT, '{_REFUSED}');
END
""",
    f"CREATE TRIGGER event_head_keep BEFORE DELETE ON event_head BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END",
)

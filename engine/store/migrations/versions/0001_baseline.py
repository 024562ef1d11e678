"""The first form of the record that was given out: tables, vocabularies, partial indexes and the history's guards.

It stands as SQL, one file for each database, so that it stays what it was whatever the schema in Python becomes.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001_baseline"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Run the statements of the database's own file, in order."""
    bind = op.get_bind()
    path = Path(__file__).resolve().parents[1] / "baseline" / f"{bind.dialect.name}.sql"
    for statement in path.read_text(encoding="utf-8").split("\n\n"):
        # psycopg takes a bare percent sign for a parameter.
        bind.exec_driver_sql(statement.replace("%", "%%") if bind.dialect.name == "postgresql" else statement)


def downgrade() -> None:
    """There is nothing before it."""
    raise RuntimeError("The record has no older form; restore a backup instead of going back.")

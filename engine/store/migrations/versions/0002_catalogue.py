"""Draw the tables of the catalogue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Day, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those it points to."""
    _code_counter()
    _poll()
    _procedure_version()
    _visit_day()
    _article()
    _poll_option()
    _poll_vote()


def downgrade() -> None:
    """Take the tables away again, with all they hold."""
    op.drop_table("poll_vote")
    op.drop_table("poll_option")
    op.drop_table("article")
    op.drop_table("visit_day")
    op.drop_table("procedure_version")
    op.drop_table("poll")
    op.drop_table("code_counter")


def _code_counter() -> None:
    op.create_table(
        "code_counter",
        sa.Column("agency_code", sa.String(length=40), nullable=False),
        sa.Column("day_on", Day(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_code", "day_on", name="pk_code_counter"),
    )


def _poll() -> None:
    op.create_table(
        "poll",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("question_vi", sa.String(length=500), nullable=False),
        sa.Column("question_en", sa.String(length=500), nullable=False),
        sa.Column("opens_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
    )


def _procedure_version() -> None:
    op.create_table(
        "procedure_version",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("valid_from", Day(), nullable=True),
        sa.Column("valid_to", Day(), nullable=True),
        sa.Column("name_vi", sa.String(length=500), nullable=False),
        sa.Column("name_en", sa.String(length=500), nullable=False),
        sa.Column("sector_vi", sa.String(length=200), nullable=False),
        sa.Column("sector_en", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_procedure_version"),
        sa.UniqueConstraint("code", "number", name="uq_procedure_version_code_number"),
    )
    op.create_index("ix_procedure_version_state", "procedure_version", ["state", "code"], unique=False)


def _visit_day() -> None:
    op.create_table(
        "visit_day",
        sa.Column("day_on", Day(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day_on", name="pk_visit_day"),
    )


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title_vi", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("summary_vi", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("body_vi", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.String(length=26), nullable=True),
        sa.Column("published_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_article_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("slug", name="uq_article_slug"),
    )
    op.create_index("ix_article_kind_published", "article", ["kind", "published_at"], unique=False)


def _poll_option() -> None:
    op.create_table(
        "poll_option",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("poll_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label_vi", sa.String(length=300), nullable=False),
        sa.Column("label_en", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_option_poll_id"),
        sa.PrimaryKeyConstraint("id", name="pk_poll_option"),
    )
    op.create_index("ix_poll_option_poll_id", "poll_option", ["poll_id"], unique=False)


def _poll_vote() -> None:
    op.create_table(
        "poll_vote",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("poll_id", sa.String(length=26), nullable=False),
        sa.Column("option_id", sa.String(length=26), nullable=False),
        sa.Column("voter_hash", sa.String(length=64), nullable=False),
        sa.Column("voted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["poll_option.id"], name="fk_poll_vote_option_id"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_vote_poll_id"),
        sa.PrimaryKeyConstraint("id", name="pk_poll_vote"),
        sa.UniqueConstraint("poll_id", "voter_hash", name="uq_poll_vote_poll_id_voter_hash"),
    )

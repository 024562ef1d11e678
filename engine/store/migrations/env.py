"""Alembic's entry: runs the revisions on the connection we hand in, so that all is one transaction."""

from __future__ import annotations

from alembic import context

from engine.store.migrations.rendering import is_ours, render_item
from engine.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
    compare_type=True,
    compare_server_default=True,
    render_item=render_item,
    include_name=is_ours,
    transaction_per_migration=False,
)
context.run_migrations()

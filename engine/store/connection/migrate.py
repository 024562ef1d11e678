"""Runs the migrations of `engine/store/migrations` on an open engine."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

_FOLDER: Final = Path(__file__).resolve().parents[1] / "migrations"
_LOCK: Final = 6_866_882  # any number, the same for all of us: two starting processes migrate one after the other


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision. On SQLite the write lock, on PostgreSQL an advisory lock orders us."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

"""Runs the migrations of `engine/store/migrations` on an open engine."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from engine.domain.errors import WrongState
from engine.domain.text import Text

_FOLDER: Final = Path(__file__).resolve().parents[1] / "migrations"
_LOCK: Final = 6_866_882  # any number, the same for all of us: two starting processes migrate one after the other


class UnknownRecord(WrongState):
    """The database was made by a version whose migrations this one does not have."""


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision. On SQLite the write lock, on PostgreSQL an advisory lock orders us.

    Raises UnknownRecord, and changes nothing, for a database whose revision is none of ours.
    """
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        _must_be_ours(connection, ScriptDirectory.from_config(config))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _must_be_ours(connection: Connection, scripts: ScriptDirectory) -> None:
    """A half-migrated record would be worse than one that is refused."""
    known = {script.revision for script in scripts.walk_revisions()}
    for found in MigrationContext.configure(connection).get_current_heads():
        if found not in known:
            raise UnknownRecord(
                Text(
                    f"Cơ sở dữ liệu này ở phiên bản bảng “{found}”, bản Motcua đang chạy không biết phiên bản đó"
                    " (có thể là bản thử trước khi phát hành, hoặc bản mới hơn). Chưa có gì bị thay đổi. Hãy dùng"
                    " một cơ sở dữ liệu trống, hoặc chạy đúng bản Motcua đã tạo ra nó.",
                    f'The tables of this database are of revision "{found}", which this Motcua does not know (it may be'
                    " from before the first release, or newer). Nothing was changed. Use an empty database, or run the"
                    " Motcua that made it.",
                )
            )

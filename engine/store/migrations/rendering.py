"""How our own column kinds are written in a generated revision, and which tables are not ours to compare."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

from alembic.autogenerate.api import AutogenContext

from engine.store.schema.columns import Day, Instant

_MONTH: Final = re.compile(r"event_(\d{4}_\d{2}|other)\Z")  # partitions come and go by month


def is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Whether a table in the database is one of the schema's, and no partition of one."""
    return kind != "table" or name is None or _MONTH.match(name) is None


def render_item(kind: str, thing: Any, context: AutogenContext) -> str | Literal[False]:
    """`Instant()` and `Day()` by name; everything else as Alembic writes it."""
    if kind == "type" and isinstance(thing, (Instant, Day)):
        context.imports.add("from engine.store.schema.columns import Day, Instant")
        return f"{type(thing).__name__}()"
    return False

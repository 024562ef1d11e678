"""How our own column kinds are written in a generated revision."""

from __future__ import annotations

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext

from engine.store.schema.columns import Day, Instant


def render_item(kind: str, thing: Any, context: AutogenContext) -> str | Literal[False]:
    """`Instant()` and `Day()` by name; everything else as Alembic writes it."""
    if kind == "type" and isinstance(thing, (Instant, Day)):
        context.imports.add("from engine.store.schema.columns import Day, Instant")
        return f"{type(thing).__name__}()"
    return False

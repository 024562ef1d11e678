"""What a transaction really sent to the database: for counting it, and for sending the same again bare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Executable, event

from engine.store.connection import Database, Tx

Params: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Statement: TypeAlias = tuple[Executable, Params]


@dataclass
class Recording:
    """`statements` with their parameters, in order; `texts`, what reached the driver; `commits`.

    BEGIN and COMMIT are not in `texts`. A statement that the driver repeats row by row stands there once a row.
    """

    statements: list[Statement] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    commits: int = 0


@contextmanager
def recorded(database: Database) -> Iterator[Recording]:
    """Write down what is sent while this is open, by whatever thread."""
    recording = Recording()

    def executed(connection: Connection, statement: Executable, many: Any, params: Any, options: Any) -> None:
        recording.statements.append((statement, list(many) or dict(params)))

    def sent(connection: Connection, cursor: Any, text: str, params: Any, context: Any, executemany: bool) -> None:
        if not text.startswith("BEGIN"):
            repeated = executemany and isinstance(params, list)
            recording.texts += [text] * (len(params) if repeated else 1)

    def committed(connection: Connection) -> None:
        recording.commits += 1

    hooks = (("before_execute", executed), ("before_cursor_execute", sent), ("commit", committed))
    for name, hook in hooks:
        event.listen(database.writer, name, hook)
    try:
        yield recording
    finally:
        for name, hook in hooks:
            event.remove(database.writer, name, hook)


def replay(tx: Tx, statements: Sequence[Statement]) -> None:
    """Send recorded statements again, and read what they answer."""
    for statement, params in statements:
        result = tx.execute(statement, params)
        if result.returns_rows:
            result.all()

"""How the record is reached: one transaction at a time, on SQLite or PostgreSQL."""

from __future__ import annotations

from engine.store.connection.database import Database, open_database
from engine.store.connection.rows import Row
from engine.store.connection.tx import Tx

__all__ = [
    "Database",
    "Row",
    "Tx",
    "open_database",
]

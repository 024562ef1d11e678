"""The messages the sandbox gateway has taken, and when each reaches its phone."""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connectors.sms.text import Encoding, count_parts
from connectors.training.sandbox.faults import FAULT_SCHEMA
from connectors.training.sandbox.state import SandboxState

_SCHEMA: Final = (
    FAULT_SCHEMA
    + """
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, number TEXT NOT NULL,
    text TEXT NOT NULL, sender TEXT NOT NULL, encoding TEXT NOT NULL, parts INTEGER NOT NULL,
    accepted_at REAL NOT NULL, deliver_at REAL
);
CREATE INDEX IF NOT EXISTS message_key ON message (key);
CREATE INDEX IF NOT EXISTS message_number ON message (number, id);
"""
)


class KeyTaken(Exception):  # noqa: N818 - the name says what happened
    """The key came before with another number or text."""


@dataclass(frozen=True)
class Incoming:
    """A message as the caller sent it."""

    key: str
    number: str
    text: str
    sender: str
    encoding: Encoding


@dataclass(frozen=True)
class Message:
    """A message taken. `deliver_at` None: it never arrives. Instants in seconds since 1970."""

    message_id: str
    key: str
    number: str
    text: str
    sender: str
    encoding: str
    parts: int
    accepted_at: float
    deliver_at: float | None

    def status(self, now: float) -> str:
        """ "delivered" once its time has come, else "queued"."""
        return "delivered" if self.deliver_at is not None and self.deliver_at <= now else "queued"


class MessageBook:
    """Takes each key once and remembers every message."""

    def __init__(self, path: Path) -> None:
        self.state = SandboxState(path, _SCHEMA)

    def take(self, incoming: Incoming, *, now: float, deliver_at: float | None, honour_key: bool) -> Message:
        """Accept a message. The same key again gives the first one back; KeyTaken when it differs."""
        with self.state.writing() as db:
            earlier = db.execute("SELECT * FROM message WHERE key = ?", (incoming.key,)).fetchone()
            if earlier is not None and honour_key:
                if (earlier["number"], earlier["text"]) != (incoming.number, incoming.text):
                    raise KeyTaken
                return _message(earlier)
            message = Message(
                f"M{secrets.token_hex(8)}", incoming.key, incoming.number, incoming.text, incoming.sender,
                incoming.encoding, count_parts(incoming.text, incoming.encoding), now, deliver_at,
            )  # fmt: skip
            db.execute(
                "INSERT INTO message (message_id, key, number, text, sender, encoding, parts, accepted_at,"
                " deliver_at) VALUES (:message_id, :key, :number, :text, :sender, :encoding, :parts,"
                " :accepted_at, :deliver_at)",
                vars(message),
            )
            db.execute("INSERT INTO effect (key) VALUES (?)", (incoming.key,))
            return message

    def find(self, key: str) -> Message | None:
        """The first message taken under the key."""
        with self.state.reading() as db:
            row = db.execute("SELECT * FROM message WHERE key = ? ORDER BY id", (key,)).fetchone()
        return _message(row) if row is not None else None

    def arrived(self, number: str | None, now: float, limit: int = 100) -> list[Message]:
        """What has reached the phone (or all phones), newest first."""
        with self.state.reading() as db:
            rows = db.execute(
                "SELECT * FROM message WHERE deliver_at <= ? AND (? IS NULL OR number = ?)"
                " ORDER BY deliver_at DESC, id DESC LIMIT ?",
                (now, number, number, limit),
            ).fetchall()
        return [_message(row) for row in rows]

    def numbers(self) -> list[str]:
        """Every number that was written to, the latest first."""
        with self.state.reading() as db:
            rows = db.execute("SELECT number FROM message GROUP BY number ORDER BY max(id) DESC LIMIT 100")
            return [row["number"] for row in rows]


def _message(row: sqlite3.Row) -> Message:
    return Message(**{name: row[name] for name in Message.__dataclass_fields__})

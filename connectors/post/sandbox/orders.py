"""The postal orders the sandbox has taken, and their way from registered to delivered."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connectors.training.sandbox.faults import FAULT_SCHEMA
from connectors.training.sandbox.state import SandboxState

REGISTERED: Final = 1
COLLECTING: Final = 2
DELIVERED: Final = 3
CANCELLED: Final = 4
NEXT: Final[Mapping[int, tuple[int, ...]]] = {
    REGISTERED: (COLLECTING, DELIVERED, CANCELLED),
    COLLECTING: (DELIVERED, CANCELLED),
    DELIVERED: (),
    CANCELLED: (),
}
_SCHEMA: Final = (
    FAULT_SCHEMA
    + """
CREATE TABLE IF NOT EXISTS parcel (
    id INTEGER PRIMARY KEY, tracking_number TEXT NOT NULL UNIQUE, key TEXT NOT NULL,
    details TEXT NOT NULL, status INTEGER NOT NULL, status_at REAL NOT NULL, report TEXT
);
CREATE INDEX IF NOT EXISTS parcel_key ON parcel (key);
CREATE TABLE IF NOT EXISTS step (
    id INTEGER PRIMARY KEY, tracking_number TEXT NOT NULL, status INTEGER NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS step_number ON step (tracking_number, id);
"""
)
# UPU S10: eight digits weighted so, check digit, country.
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


class KeyTaken(Exception):  # noqa: N818 - the name says what happened
    """The key came before with other details."""


class WrongStatus(Exception):  # noqa: N818 - the name says what happened
    """The order cannot go from where it is to where it was told."""


@dataclass(frozen=True)
class Parcel:
    """One order. `status` 1 registered, 2 collecting, 3 delivered, 4 cancelled; instants in seconds."""

    tracking_number: str
    key: str
    details: Mapping[str, object]
    status: int
    status_at: float
    report: str | None
    history: tuple[tuple[int, float], ...]


class OrderBook:
    """Takes each key once and knows where every parcel is."""

    def __init__(self, path: Path) -> None:
        self.state = SandboxState(path, _SCHEMA)

    def take(self, key: str, details: Mapping[str, object], *, now: float, honour_key: bool) -> Parcel:
        """Register an order. The same key again gives the first one back; KeyTaken when it differs."""
        written = json.dumps(details, ensure_ascii=False, sort_keys=True)
        with self.state.writing() as db:
            earlier = db.execute("SELECT * FROM parcel WHERE key = ?", (key,)).fetchone()
            if earlier is not None and honour_key:
                if earlier["details"] != written:
                    raise KeyTaken
                return _parcel(db, earlier)
            number = s10_number(secrets.randbelow(10**8))
            db.execute(
                "INSERT INTO parcel (tracking_number, key, details, status, status_at) VALUES (?, ?, ?, ?, ?)",
                (number, key, written, REGISTERED, now),
            )
            _record_step(db, number, REGISTERED, now)
            db.execute("INSERT INTO effect (key) VALUES (?)", (key,))
            row = db.execute("SELECT * FROM parcel WHERE tracking_number = ?", (number,)).fetchone()
            return _parcel(db, row)

    def find(self, *, key: str | None = None, number: str | None = None) -> Parcel | None:
        """The order under a key or a tracking number."""
        with self.state.reading() as db:
            row = db.execute(
                "SELECT * FROM parcel WHERE key = ? OR tracking_number = ? ORDER BY id", (key, number)
            ).fetchone()
            return _parcel(db, row) if row is not None else None

    def latest(self, limit: int = 100) -> list[Parcel]:
        """The newest orders first."""
        with self.state.reading() as db:
            rows = db.execute("SELECT * FROM parcel ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
            return [_parcel(db, row) for row in rows]

    def move(self, number: str, status: int, *, now: float) -> Parcel | None:
        """Move an order on; to where it already is changes nothing. None: no such order; or WrongStatus."""
        with self.state.writing() as db:
            row = db.execute("SELECT * FROM parcel WHERE tracking_number = ?", (number,)).fetchone()
            if row is None:
                return None
            if row["status"] != status:
                if status not in NEXT[row["status"]]:
                    raise WrongStatus
                db.execute(
                    "UPDATE parcel SET status = ?, status_at = ? WHERE tracking_number = ?", (status, now, number)
                )
                _record_step(db, number, status, now)
                row = db.execute("SELECT * FROM parcel WHERE tracking_number = ?", (number,)).fetchone()
            return _parcel(db, row)

    def note_report(self, number: str, report: str) -> None:
        """Remember how the report of the last step to the platform went."""
        with self.state.writing() as db:
            db.execute("UPDATE parcel SET report = ? WHERE tracking_number = ?", (report, number))


def s10_number(serial: int) -> str:
    """A tracking number in the form of UPU S10, e.g. "EM473124829VN", check digit included."""
    digits = f"{serial:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _S10_WEIGHTS, strict=True)) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    return f"EM{digits}{check}VN"


def _record_step(db: sqlite3.Connection, number: str, status: int, now: float) -> None:
    db.execute("INSERT INTO step (tracking_number, status, at) VALUES (?, ?, ?)", (number, status, now))


def _parcel(db: sqlite3.Connection, row: sqlite3.Row) -> Parcel:
    steps = db.execute(
        "SELECT status, at FROM step WHERE tracking_number = ? ORDER BY id", (row["tracking_number"],)
    ).fetchall()
    return Parcel(
        row["tracking_number"],
        row["key"],
        json.loads(row["details"]),
        row["status"],
        row["status_at"],
        row["report"],
        tuple((step["status"], step["at"]) for step in steps),
    )

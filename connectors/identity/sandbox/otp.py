"""One-time codes by SMS: six digits, five minutes, five attempts in all, a new one after sixty seconds."""

from __future__ import annotations

import enum
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Final

from connectors.identity.sandbox.people import SamplePerson
from connectors.identity.sandbox.secret import code_hash
from connectors.port import Call, Connector, Done, Outcome
from connectors.sms.gateway import delivery_status
from connectors.training.sandbox.state import SandboxState

LIFE_S: Final = 300
ATTEMPTS: Final = 5
PAUSE_S: Final = 60
SENDS: Final = 4
ACCOUNT_SENDS_PER_HOUR: Final = 60

LOGIN: Final = "login"
RESET: Final = "reset"


class Answer(enum.Enum):
    """What a typed code led to."""

    PASSED = "passed"
    WRONG = "wrong"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True)
class Challenge:
    """A code that was asked for. `account` None: nobody by that name, and nothing was sent."""

    id: str
    purpose: str
    account: str | None
    attempts: int
    sends: int
    sent_at: float

    @property
    def attempts_left(self) -> int:
        """How many more codes may be typed."""
        return max(ATTEMPTS - self.attempts, 0)

    @property
    def sms_key(self) -> str:
        """The idempotency key of the latest message."""
        return f"otp-{self.id}-{self.sends}"


class OneTimeCodes:
    """Makes, sends and judges the codes. Only a keyed hash of a code is kept."""

    def __init__(self, state: SandboxState, sms: Connector, pepper: bytes) -> None:
        self._state = state
        self._sms = sms
        self._pepper = pepper

    def challenge(self, sign_in_id: str, purpose: str) -> Challenge | None:
        """The challenge of a sign-in, if one was made."""
        with self._state.reading() as db:
            row = db.execute(
                "SELECT * FROM challenge WHERE sign_in = ? AND purpose = ?", (sign_in_id, purpose)
            ).fetchone()
        return _challenge(row) if row is not None else None

    def ask(
        self, sign_in_id: str, purpose: str, person: SamplePerson | None, *, now: float
    ) -> tuple[Challenge, str | None]:
        """Make a challenge, or renew the one there is; gives it and the new code to send, if any.

        No new code comes within sixty seconds, after four sends, or over the account's hourly budget. The
        attempts are never given back: going back a page does not buy five more guesses.
        """
        account = person.tech_id if person else None
        with self._state.writing() as db:
            row = db.execute(
                "SELECT * FROM challenge WHERE sign_in = ? AND purpose = ?", (sign_in_id, purpose)
            ).fetchone()
            if row is not None and _too_soon(row, account, now):
                return _challenge(row), None
            challenge_id = row["id"] if row is not None else secrets.token_hex(12)
            if row is None:
                db.execute(
                    "INSERT INTO challenge (id, sign_in, purpose, attempts, sends, sent_at, expires_at)"
                    " VALUES (?, ?, ?, 0, 0, ?, ?)",
                    (challenge_id, sign_in_id, purpose, now, now),
                )
            code = self._renew(db, challenge_id, account, now)
            row = db.execute("SELECT * FROM challenge WHERE id = ?", (challenge_id,)).fetchone()
            return _challenge(row), code if self._within_budget(db, account, now) else None

    def send(self, challenge: Challenge, phone: str, code: str) -> bool:
        """Send the code over the SMS gateway; a doubtful sending is repeated once under the same key."""
        aim = "đăng nhập" if challenge.purpose == LOGIN else "đặt lại mật khẩu"
        text = (
            f"Mã xác nhận {aim} của bạn là {code}, hiệu lực 5 phút. Không cung cấp mã này cho bất kỳ ai, kể cả cán bộ."
        )
        call = Call(self._sms.kind, challenge.sms_key, {"to": phone, "text": text})
        outcome: Outcome = self._sms.call(call)
        if not isinstance(outcome, Done):
            outcome = self._sms.call(call)
        return isinstance(outcome, Done)

    def delivery(self, challenge: Challenge) -> str:
        """The gateway's word on the latest message: "delivered", "queued" or "unknown"."""
        return delivery_status(self._sms.find(challenge.sms_key))

    def answer(self, sign_in_id: str, purpose: str, typed: str, *, now: float) -> Answer:
        """Judge a typed code. Each call uses up one attempt, also when a hundred come at once."""
        with self._state.writing() as db:
            counted = db.execute(
                "UPDATE challenge SET attempts = attempts + 1 WHERE sign_in = ? AND purpose = ?"
                " AND attempts < ? AND passed_at IS NULL RETURNING *",
                (sign_in_id, purpose, ATTEMPTS),
            ).fetchone()
            if counted is None:
                return Answer.EXHAUSTED
            if now >= counted["expires_at"]:
                return Answer.EXPIRED
            typed_hash = code_hash(self._pepper, counted["id"], typed)
            fits = hmac.compare_digest(typed_hash, counted["code_hash"] or "")
            if not fits or counted["account"] is None:
                return Answer.EXHAUSTED if counted["attempts"] >= ATTEMPTS else Answer.WRONG
            db.execute("UPDATE challenge SET passed_at = ? WHERE id = ?", (now, counted["id"]))
            return Answer.PASSED

    def _renew(self, db: sqlite3.Connection, challenge_id: str, account: str | None, now: float) -> str:
        code = f"{secrets.randbelow(10**6):06d}"
        db.execute(
            "UPDATE challenge SET account = ?, code_hash = ?, sends = sends + 1, sent_at = ?, expires_at = ?"
            " WHERE id = ?",
            (account, code_hash(self._pepper, challenge_id, code), now, now + LIFE_S, challenge_id),
        )
        return code

    @staticmethod
    def _within_budget(db: sqlite3.Connection, account: str | None, now: float) -> bool:
        if account is None:
            return False
        db.execute("DELETE FROM code_sent WHERE at < ?", (now - 3600,))
        sent = db.execute("SELECT count(*) FROM code_sent WHERE account = ?", (account,)).fetchone()[0]
        if sent >= ACCOUNT_SENDS_PER_HOUR:
            return False
        db.execute("INSERT INTO code_sent (account, at) VALUES (?, ?)", (account, now))
        return True


def _too_soon(row: sqlite3.Row, account: str | None, now: float) -> bool:
    """Four sends are all; sixty seconds between two to the same account (a corrected typo need not wait)."""
    same = row["account"] == account
    return bool(row["sends"] >= SENDS or (same and now < row["sent_at"] + PAUSE_S))


def _challenge(row: sqlite3.Row) -> Challenge:
    return Challenge(row["id"], row["purpose"], row["account"], row["attempts"], row["sends"], row["sent_at"])

"""An official signs in with user name, password and, where set up, a one-time code."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.actions.accounts.open_session import SignedIn, SignInRefused, open_session
from engine.context import OfficeContext
from engine.domain.actor import Actor, ActorKind
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import SessionKind
from engine.store.accounts import staff
from engine.store.connection import Row, Tx
from engine.store.history import events

MAX_FAILURES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
_STEP_S: Final = 30
_HASHER: Final = PasswordHasher()
# Verified when there is no such account, so that the answer takes as long as for a real one.
_NOBODYS_HASH: Final = _HASHER.hash("nobody signs in with this")
_WRONG: Final = Text(
    "Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng. Sau 5 lần sai liên tiếp, tài khoản bị khóa 15 phút: "
    "khi đó hãy chờ hoặc liên hệ quản trị hệ thống.",
    "User name, password or code is wrong. After 5 failures in a row the account is locked for 15 minutes: "
    "then wait, or ask the administrator.",
)
_CODE_NEEDED: Final = Text(
    "Hãy nhập mã 6 chữ số trong ứng dụng xác thực của bạn.", "Type the six digits your authenticator shows."
)


@dataclass(frozen=True)
class SignInStaff:
    """`totp`: the six digits of the authenticator, None on the first page."""

    username: str
    password: str = field(repr=False)
    totp: str | None = field(default=None, repr=False)
    device: str = ""


def hash_password(password: str) -> str:
    """The argon2id hash that the staff row keeps."""
    return _HASHER.hash(password)


def sign_in_staff(tx: Tx, office: OfficeContext, cmd: SignInStaff) -> SignedIn | SignInRefused:
    """Check the password, then the code; count failures, lock the account after five, open a session.

    A locked account answers like one that does not exist: nobody learns from here which user names there are.
    """
    row = staff.by_username_locked(tx, cmd.username.strip())
    if row is None or not row["active"] or _is_locked(tx, row):
        _password_fits(_NOBODYS_HASH, cmd.password)
        return SignInRefused(_WRONG)
    if not _password_fits(row["password_hash"], cmd.password):
        return _failed(tx, row)
    step: int | None = None
    if row["totp_secret"]:
        if not cmd.totp:
            return SignInRefused(_CODE_NEEDED, totp_needed=True)
        step = _fitting_step(tx, row, cmd.totp)
        if step is None:
            return _failed(tx, row, totp_needed=True)
    return _welcome(tx, office, row, step, cmd.device)


def _welcome(tx: Tx, office: OfficeContext, row: Row, step: int | None, device: str) -> SignedIn:
    changes: dict[str, Any] = {"failed_count": 0, "locked_until": None}
    if step is not None:
        changes["totp_last_step"] = step
    staff.change(tx, row["id"], changes)
    token, session_id = open_session(tx, office, SessionKind.STAFF, row["id"], device)
    events.append(tx, events.OFFICE, _actor(row), EventKind.STAFF_SIGNED_IN, {})
    return SignedIn(token, session_id, row["id"], row["full_name"], row["language"])


def _failed(tx: Tx, row: Row, *, totp_needed: bool = False) -> SignInRefused:
    """Remember the failure; the fifth locks the account."""
    count = row["failed_count"] + 1
    if count < MAX_FAILURES:
        staff.change(tx, row["id"], {"failed_count": count})
    else:
        staff.change(tx, row["id"], {"failed_count": 0, "locked_until": tx.now + LOCKED_FOR})
        events.append(tx, events.OFFICE, _actor(row), EventKind.STAFF_LOCKED, {"failures": count})
    return SignInRefused(_WRONG, totp_needed)


def _is_locked(tx: Tx, row: Row) -> bool:
    return row["locked_until"] is not None and row["locked_until"] > tx.now


def _password_fits(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _fitting_step(tx: Tx, row: Row, code: str) -> int | None:
    """The time step the code belongs to (now, or one step to either side), if it was not used before."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(row["totp_secret"], interval=_STEP_S)
    now = int(tx.now.timestamp()) // _STEP_S
    for step in (now, now - 1, now + 1):
        fits = hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())
        if fits and step > (row["totp_last_step"] or 0):
            return step
    return None


def _actor(row: Row) -> Actor:
    return Actor(ActorKind.STAFF, row["id"], row["full_name"], frozenset(row["roles"]), row["unit_id"])

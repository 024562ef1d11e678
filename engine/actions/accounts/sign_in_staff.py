"""An official signs in with user name, password and, where set up, a one-time code.

Three steps: `begin_staff_sign_in` reads what the password is compared with, `PasswordCheck.of` compares outside any
transaction, `sign_in_staff` writes down what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from engine.actions.accounts.guesses import (
    ACCOUNT,
    ACCOUNT_AT_PLACE,
    KNOWN_DEVICE,
    PLACE,
    Counted,
    count_try,
    pause_left,
)
from engine.actions.accounts.known_device import device_token, known_device
from engine.actions.accounts.open_session import SignedIn, SignInRefused, open_session
from engine.actions.accounts.second_factor import fitting_step, secret_of
from engine.actions.accounts.staff_password import CheckedPassword, PasswordCheck
from engine.context import OfficeContext
from engine.domain.actor import SYSTEM, Actor, ActorKind
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import SessionKind
from engine.store.accounts import staff, throttle
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.records import StaffRow

_WRONG: Final = Text(
    "Tên đăng nhập, mật khẩu hoặc mã xác thực không đúng. Sau vài lần sai, mỗi lần thử phải chờ lâu hơn; nếu quên mật "
    "khẩu, hãy liên hệ quản trị hệ thống.",
    "User name, password or code is wrong. After a few failures each try has to wait longer; if you forgot the "
    "password, ask the administrator.",
)
_CODE_NEEDED: Final = Text(
    "Hãy nhập mã 6 chữ số trong ứng dụng xác thực của bạn.", "Type the six digits your authenticator shows."
)


@dataclass(frozen=True)
class SignInStaff:
    """`totp`: the six digits of the authenticator, None on the first page. `place`: the address they come from.

    `known`: the token of this browser from an earlier sign-in.
    """

    username: str
    totp: str | None = field(default=None, repr=False)
    device: str = ""
    place: str = ""
    known: str = field(default="", repr=False)


def begin_staff_sign_in(tx: Tx, office: OfficeContext, cmd: SignInStaff) -> PasswordCheck | SignInRefused:
    """What to compare the password with, or the pause that is still to be waited. Reads only."""
    row = staff.by_username(tx, cmd.username.strip())
    wait = pause_left(tx, _counted(office, cmd, row))
    if wait:
        return _paused(wait)
    return PasswordCheck(row["password_hash"] if row is not None and row["active"] else None)


def sign_in_staff(
    tx: Tx, office: OfficeContext, cmd: SignInStaff, checked: CheckedPassword
) -> SignedIn | SignInRefused:
    """Judge a compared password, then the code; count failures, open a session.

    An account that is locked, a sample or missing answers like a wrong password: nobody learns which names there are.
    """
    row = staff.by_username_locked(tx, cmd.username.strip())
    counted = _counted(office, cmd, row)
    wait = pause_left(tx, counted)  # parallel tries meet here one by one
    if wait:
        return _paused(wait)
    reason = _reason_against(office, row, checked)
    if row is None or reason:
        return _failed(tx, office, cmd, row, counted, reason)
    step: int | None = None
    if secret := secret_of(office, row):
        if not cmd.totp:
            return SignInRefused(_CODE_NEEDED, totp_needed=True)
        step = fitting_step(tx, secret, cmd.totp, row["totp_last_step"] or 0)
        if step is None:
            return _failed(tx, office, cmd, row, counted, "code")
    return _welcome(tx, office, cmd, row, step)


def _reason_against(office: OfficeContext, row: StaffRow | None, checked: CheckedPassword) -> str:
    """Why this password opens nothing; empty: it does. The word stands in the history, the person is told less."""
    if row is None:
        return "unknown"
    if not row["active"]:
        return "locked"
    if not checked.fits or checked.password_hash != row["password_hash"]:
        return "password"
    if (row["sample"] or checked.sample) and not office.settings.practice:
        return "sample"
    return ""


def _welcome(tx: Tx, office: OfficeContext, cmd: SignInStaff, row: StaffRow, step: int | None) -> SignedIn:
    if step is not None:
        staff.change(tx, row["id"], {"totp_last_step": step})
    throttle.forget(tx, [each.subject for each in _counted(office, cmd, row) if each.bound in _ONES_OWN])
    token, session_id = open_session(tx, office, SessionKind.STAFF, row["id"], cmd.device)
    events.append(tx, events.OFFICE, actor_of(row), EventKind.STAFF_SIGNED_IN, {})
    known = cmd.known if known_device(office, row, cmd.known) else None
    return SignedIn(token, session_id, row["id"], row["full_name"], row["language"], device_token(office, row, known))


_ONES_OWN: Final = (ACCOUNT_AT_PLACE, KNOWN_DEVICE)


def _failed(
    tx: Tx, office: OfficeContext, cmd: SignInStaff, row: StaffRow | None, counted: list[Counted], reason: str
) -> SignInRefused:
    """Count the failure and write down who was tried, from where (both by a name that cannot be turned back)."""
    count_try(tx, counted)
    who = {"staff": row["id"]} if row is not None else {"name": office.box.pseudonym("name", _folded(cmd))}
    place = office.box.pseudonym("place", cmd.place)
    actor = actor_of(row) if row is not None else SYSTEM
    data = {**who, "reason": reason, "place": place}
    events.append(tx, events.OFFICE, actor, EventKind.STAFF_SIGN_IN_FAILED, data)
    return SignInRefused(_WRONG, totp_needed=reason == "code")


def _paused(seconds: int) -> SignInRefused:
    return SignInRefused(
        Text(
            f"Đã có nhiều lần thử sai. Hãy chờ {seconds} giây rồi thử lại; quản trị hệ thống có thể mở ngay.",
            f"There were several wrong tries. Wait {seconds} seconds and try again; an administrator can open it now.",
        ),
        wait_s=seconds,
    )


def _counted(office: OfficeContext, cmd: SignInStaff, row: StaffRow | None) -> list[Counted]:
    """What a wrong try is counted for: on a device that has signed in before only that device."""
    account = account_subject(office, cmd.username)
    device = known_device(office, row, cmd.known) if row is not None and cmd.known else None
    if device is not None:
        return [Counted(f"{account}@{office.box.pseudonym('device', device)}", KNOWN_DEVICE)]
    place = office.box.pseudonym("place", cmd.place)
    return [
        Counted(f"{account}@{place}", ACCOUNT_AT_PLACE),
        Counted(account, ACCOUNT),
        Counted(f"place:{place}", PLACE),
    ]


def account_subject(office: OfficeContext, username: str) -> str:
    """The name under which wrong tries at an account are counted, also one that does not exist."""
    return f"account:{office.box.pseudonym('account', username.strip().lower())}"


def _folded(cmd: SignInStaff) -> str:
    return cmd.username.strip().lower()


def actor_of(row: StaffRow) -> Actor:
    """The official of a staff row."""
    return Actor(ActorKind.STAFF, row["id"], row["full_name"], frozenset(row["roles"]), row["unit_id"])

"""The second step of an official's sign-in: a secret shared with their authenticator, kept sealed."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Final

import pyotp

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.errors import Invalid, NotFound
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.records import StaffRow

_ISSUER: Final = "Motcua"
_STEP_S: Final = 30


@dataclass(frozen=True)
class SetSecondFactor:
    """`wanted`: True makes a new secret, also when there was one; False takes it away, as for a lost telephone.

    `by`: who typed the command.
    """

    actor: Actor
    username: str
    wanted: bool = True
    by: str = ""


@dataclass(frozen=True)
class OfferedSecret:
    """A new secret on the way to the authenticator: `address` (otpauth://…) for it, `sealed` for the page's form."""

    address: str = field(repr=False)
    sealed: str = field(repr=False)


@dataclass(frozen=True)
class ConfirmSecondFactor:
    """An official has taken the offered secret in; `code` proves it."""

    actor: Actor
    sealed: str = field(repr=False)
    code: str = field(repr=False)


def set_second_factor(tx: Tx, office: OfficeContext, cmd: SetSecondFactor) -> str | None:
    """Give the address (otpauth://…) that the authenticator takes in; it is shown once and never again."""
    cmd.actor.must_have_role(Role.ADMIN)
    row = staff.by_username_locked(tx, cmd.username.strip())
    if row is None:
        raise NotFound(Text(f"Không có tài khoản “{cmd.username}”.", f"There is no account “{cmd.username}”."))
    secret = pyotp.random_base32() if cmd.wanted else None
    _keep(tx, office, row, secret)
    kind = EventKind.STAFF_SECOND_FACTOR_SET if secret else EventKind.STAFF_SECOND_FACTOR_REMOVED
    events.append(tx, events.OFFICE, cmd.actor, kind, {"staff": row["id"], **({"by": cmd.by} if cmd.by else {})})
    return _address(secret, row) if secret else None


def offer_second_factor(tx: Tx, office: OfficeContext, actor: Actor) -> OfferedSecret:
    """A new secret for this official's authenticator. Nothing is kept until they prove that it arrived."""
    row = staff.get(tx, actor.id or "")
    if row is None:
        raise NotFound
    secret = pyotp.random_base32()
    return OfferedSecret(_address(secret, row), office.box.seal(secret, _offer(row)))


def offered_again(tx: Tx, office: OfficeContext, actor: Actor, sealed: str) -> OfferedSecret:
    """The same offer, for a page that is shown once more; a new one when it cannot be opened."""
    row = staff.get(tx, actor.id or "")
    secret = office.box.open(sealed, _offer(row)) if row is not None else None
    if row is None or secret is None:
        return offer_second_factor(tx, office, actor)
    return OfferedSecret(_address(secret, row), sealed)


def confirm_second_factor(tx: Tx, office: OfficeContext, cmd: ConfirmSecondFactor) -> None:
    """Keep the offered secret; the code that proves it is used up. Raises Invalid when it does not come from it."""
    row = staff.get(tx, cmd.actor.id or "")
    secret = office.box.open(cmd.sealed, _offer(row)) if row is not None else None
    step = fitting_step(tx, secret, cmd.code) if secret is not None else None
    if row is None or secret is None or step is None:
        words = Text(
            "Mã không đúng. Hãy quét lại mã QR rồi nhập 6 chữ số đang hiện trong ứng dụng.",
            "The code is wrong. Scan the picture again and type the six digits the app shows now.",
        )
        raise Invalid({"code": words}, words)
    _keep(tx, office, row, secret, step)
    events.append(tx, events.OFFICE, cmd.actor, EventKind.STAFF_SECOND_FACTOR_SET, {"staff": row["id"]})


def secret_of(office: OfficeContext, row: StaffRow) -> str | None:
    """The secret in clear, to compare codes with; None when no code is asked.

    One that no longer opens (the installation's secret was changed) gives a secret nobody has: no code fits.
    """
    sealed = row["totp_sealed"]
    if sealed is None:
        return str(row["totp_secret"]) if row["totp_secret"] else None
    return office.box.open(sealed, _purpose(row)) or pyotp.random_base32()


def seal_old_secrets(tx: Tx, office: OfficeContext) -> int:
    """Seal what stands in clear or under an older secret; gives how many."""
    changed = 0
    for row in staff.with_second_factor(tx):
        sealed = row["totp_sealed"] or ""
        secret = row["totp_secret"] or office.box.open(sealed, _purpose(row))
        if secret and (row["totp_secret"] or not office.box.is_current(sealed, _purpose(row))):
            staff.change(tx, row["id"], {"totp_secret": None, "totp_sealed": office.box.seal(secret, _purpose(row))})
            changed += 1
    return changed


def fitting_step(tx: Tx, secret: str, code: str, after: int = 0) -> int | None:
    """The time step the code belongs to (now, or one to either side) if it lies after the last one used (RFC 6238)."""
    typed, now = "".join(code.split()), int(tx.now.timestamp()) // _STEP_S
    totp = pyotp.TOTP(secret, interval=_STEP_S)
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def _keep(tx: Tx, office: OfficeContext, row: StaffRow, secret: str | None, step: int | None = None) -> None:
    sealed = office.box.seal(secret, _purpose(row)) if secret else None
    staff.change(tx, row["id"], {"totp_secret": None, "totp_sealed": sealed, "totp_last_step": step})


def _address(secret: str, row: StaffRow) -> str:
    return pyotp.TOTP(secret).provisioning_uri(name=row["username"], issuer_name=_ISSUER)


def _purpose(row: StaffRow) -> str:
    return f"totp of {row['id']}"


def _offer(row: StaffRow) -> str:
    return f"offered totp of {row['id']}"

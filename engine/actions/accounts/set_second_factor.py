"""An official's sign-in asks for a code of their authenticator from now on, or no longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyotp

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import NotFound
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.history import events

_ISSUER: Final = "Motcua"


@dataclass(frozen=True)
class SetSecondFactor:
    """`wanted`: True makes a new secret, also when there was one; False takes it away, as for a lost telephone."""

    actor: Actor
    username: str
    wanted: bool = True


def set_second_factor(tx: Tx, office: OfficeContext, cmd: SetSecondFactor) -> str | None:
    """Give the address (otpauth://…) that the authenticator takes in; it is shown once and never again."""
    row = staff.by_username_locked(tx, cmd.username.strip())
    if row is None:
        raise NotFound(Text(f"Không có tài khoản “{cmd.username}”.", f"There is no account “{cmd.username}”."))
    secret = pyotp.random_base32() if cmd.wanted else None
    staff.change(tx, row["id"], {"totp_secret": secret, "totp_last_step": None})
    kind = EventKind.STAFF_SECOND_FACTOR_SET if secret else EventKind.STAFF_SECOND_FACTOR_REMOVED
    events.append(tx, events.OFFICE, cmd.actor, kind, {"staff": row["id"]})
    return pyotp.TOTP(secret).provisioning_uri(name=row["username"], issuer_name=_ISSUER) if secret else None

"""A browser in which an official has signed in before: it is told from a stranger's when somebody guesses passwords."""

from __future__ import annotations

import hmac

from engine.context import OfficeContext
from engine.domain.tokens import new_token
from engine.store.records import StaffRow


def device_token(office: OfficeContext, row: StaffRow, known: str | None = None) -> str:
    """What the browser keeps: a random name and our seal. A changed password makes strangers of all devices."""
    name = _name(known) if known else new_token()
    return f"{name}.{_seal(office, row, name)}"


def known_device(office: OfficeContext, row: StaffRow, token: str) -> str | None:
    """The device's name if we gave it this token for this account, else None."""
    name, _, seal = token.partition(".")
    fits = bool(name) and hmac.compare_digest(seal.encode(), _seal(office, row, name).encode())
    return name if fits else None


def _name(token: str) -> str:
    return token.partition(".")[0]


def _seal(office: OfficeContext, row: StaffRow, name: str) -> str:
    return office.box.pseudonym("device", f"{row['id']}|{row['password_hash']}|{name}")

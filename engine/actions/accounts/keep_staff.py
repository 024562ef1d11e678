"""An administrator enters, locks and opens officials' accounts and sets their passwords; each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actions.accounts.change_password import own_page_subject
from engine.actions.accounts.sign_in_staff import account_subject
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.errors import Conflict, Invalid, NotFound
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.store.accounts import sessions, staff, throttle
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.records import StaffRow

_REASON_NEEDED = Text("Hãy ghi lý do.", "Please give a reason.")


@dataclass(frozen=True)
class AddStaff:
    """`password_hash`: of a password others know, so it is changed at the first sign-in. `by`: who typed it in."""

    actor: Actor
    username: str
    full_name: str
    roles: tuple[str, ...]
    unit_code: str
    password_hash: str = field(repr=False)
    by: str = ""


@dataclass(frozen=True)
class AddUnit:
    """`kind`: one_stop | division | commune | department. `agency_code`: the prefix of its dossiers' codes.

    `by`: who typed the command.
    """

    actor: Actor
    code: str
    name: Text
    kind: str
    agency_code: str
    by: str = ""


@dataclass(frozen=True)
class LockStaff:
    """`by`: who typed the command, where no account stands for them."""

    actor: Actor
    username: str
    reason: str
    by: str = ""


@dataclass(frozen=True)
class UnlockStaff:
    """The account works again, and wrong guesses at it are forgotten."""

    actor: Actor
    username: str
    reason: str
    by: str = ""


@dataclass(frozen=True)
class SetStaffPassword:
    """A new password from an administrator; the official changes it at the next sign-in."""

    actor: Actor
    username: str
    password_hash: str = field(repr=False)
    reason: str = ""
    by: str = ""


def add_staff(tx: Tx, office: OfficeContext, cmd: AddStaff) -> str:
    """Enter an official; gives the id. Raises NotFound for an unknown unit, Conflict for a name that is taken, Invalid
    for one that cannot be kept or typed at the sign-in."""
    cmd.actor.must_have_role(Role.ADMIN)
    _must_be_names(("username", cmd.username, staff.USERNAME_LONGEST), ("full_name", cmd.full_name, staff.NAME_LONGEST))
    unit = staff.unit_by_code(tx, cmd.unit_code)
    if unit is None:
        known = ", ".join(row["code"] for row in staff.units(tx)) or "— (motcua unit add)"
        raise NotFound(Text(f"Không có đơn vị “{cmd.unit_code}”. Đang có: {known}.", f"No such unit. Known: {known}."))
    if staff.by_username(tx, cmd.username) is not None:
        raise Conflict(
            Text(f"Tên đăng nhập “{cmd.username}” đã có người dùng.", f"The name “{cmd.username}” is taken.")
        )
    values = {
        "username": cmd.username,
        "full_name": cmd.full_name,
        "roles": sorted(set(cmd.roles)),
        "unit_id": unit["id"],
        "password_hash": cmd.password_hash,
        "must_change_password": True,
    }
    staff_id = staff.add(tx, values)
    _tell(tx, cmd.actor, EventKind.STAFF_ADDED, {"staff": staff_id, "roles": values["roles"], "by": cmd.by})
    return staff_id


def add_unit(tx: Tx, office: OfficeContext, cmd: AddUnit) -> str:
    """Enter a unit; gives the id. Raises Conflict for a code that is taken, Invalid for names that cannot be kept."""
    cmd.actor.must_have_role(Role.ADMIN)
    names = (("name_vi", cmd.name.vi, staff.UNIT_NAME_LONGEST), ("name_en", cmd.name.en, staff.UNIT_NAME_LONGEST))
    codes = (("code", cmd.code, staff.CODE_LONGEST), ("agency_code", cmd.agency_code, staff.CODE_LONGEST))
    _must_be_names(*codes, *names)
    if staff.unit_by_code(tx, cmd.code) is not None:
        raise Conflict(Text(f"Mã đơn vị “{cmd.code}” đã có.", f"The unit code “{cmd.code}” is taken."))
    values = {"code": cmd.code, "name_vi": cmd.name.vi, "name_en": cmd.name.en, "kind": cmd.kind}
    unit_id = staff.add_unit(tx, {**values, "agency_code": cmd.agency_code})
    _tell(tx, cmd.actor, EventKind.UNIT_ADDED, {"unit": unit_id, "code": cmd.code, "by": cmd.by})
    return unit_id


def lock_staff(tx: Tx, office: OfficeContext, cmd: LockStaff) -> None:
    """Nobody signs in with the account any more, and its sessions end now."""
    row = _changed(tx, cmd.actor, cmd.username, cmd.reason, {"active": False})
    sessions.end_all_of_staff(tx, row["id"])
    _tell(tx, cmd.actor, EventKind.STAFF_LOCKED, {"staff": row["id"], "reason": cmd.reason, "by": cmd.by})


def unlock_staff(tx: Tx, office: OfficeContext, cmd: UnlockStaff) -> None:
    """The account works again at once, whatever was guessed at it."""
    row = _changed(tx, cmd.actor, cmd.username, cmd.reason, {"active": True})
    throttle.forget_all_of(tx, account_subject(office, row["username"]))
    _tell(tx, cmd.actor, EventKind.STAFF_UNLOCKED, {"staff": row["id"], "reason": cmd.reason, "by": cmd.by})


def set_staff_password(tx: Tx, office: OfficeContext, cmd: SetStaffPassword) -> None:
    """The account gets this password and loses all its sessions."""
    changes = {"password_hash": cmd.password_hash, "must_change_password": True}
    row = _changed(tx, cmd.actor, cmd.username, cmd.reason, changes)
    sessions.end_all_of_staff(tx, row["id"])
    throttle.forget_all_of(tx, account_subject(office, row["username"]))
    throttle.forget(tx, [own_page_subject(row["id"])])  # where they change it at once
    _tell(tx, cmd.actor, EventKind.STAFF_PASSWORD_SET, {"staff": row["id"], "reason": cmd.reason, "by": cmd.by})


def _changed(tx: Tx, actor: Actor, username: str, reason: str, changes: Mapping[str, Any]) -> StaffRow:
    """Write the account's row and give it as it was. Raises NotFound, and Invalid without a reason."""
    actor.must_have_role(Role.ADMIN)
    if not reason.strip():
        raise Invalid({"reason": _REASON_NEEDED}, _REASON_NEEDED)
    row = staff.by_username_locked(tx, username.strip())
    if row is None:
        raise NotFound(Text(f"Không có tài khoản “{username}”.", f"There is no account “{username}”."))
    staff.change(tx, row["id"], changes)
    return row


def _must_be_names(*given: tuple[str, str, int]) -> None:
    """Raise Invalid for a field (name, text, most signs) that is blank, too long, or has signs nobody sees or types."""
    for field_name, text, longest in given:
        if text.strip() and len(text) <= longest and text.isprintable():
            continue
        words = Text(
            f"Tên và mã không được để trống, không quá {longest} ký tự và không có ký tự ẩn.",
            f"Names and codes are not blank, have {longest} signs at most, and none that is invisible.",
        )
        raise Invalid({field_name: words}, words)


def _tell(tx: Tx, actor: Actor, kind: EventKind, data: Mapping[str, Any]) -> None:
    events.append(tx, events.OFFICE, actor, kind, {name: value for name, value in data.items() if value})

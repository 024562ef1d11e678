"""An official changes their own password; whoever else was signed in as them is out."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.actions.accounts.guesses import KNOWN_DEVICE, Counted, count_try, pause_left
from engine.actions.accounts.staff_password import CheckedPassword, PasswordCheck
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_staff
from engine.domain.errors import Invalid, NotFound, TooMany
from engine.domain.history import EventKind
from engine.domain.passwords import clean_password
from engine.domain.text import Text
from engine.store.accounts import sessions, staff
from engine.store.connection import Tx
from engine.store.history import events

_WRONG = Text("Mật khẩu hiện tại không đúng.", "The present password is wrong.")


@dataclass(frozen=True)
class ChangePassword:
    """`checked`: the present password, compared outside the transaction. `new_hash`: None when it did not fit."""

    actor: Actor
    session_id: str
    checked: CheckedPassword
    new_hash: str | None = field(repr=False)


def begin_password_change(tx: Tx, office: OfficeContext, actor: Actor) -> PasswordCheck:
    """What the present password is compared with. Raises TooMany while a pause lasts."""
    wait = pause_left(tx, _counted(actor))
    if wait:
        raise TooMany(wait)
    row = staff.get(tx, must_be_staff(actor).id or "")
    if row is None:
        raise NotFound
    return PasswordCheck(row["password_hash"])


def change_password(tx: Tx, office: OfficeContext, cmd: ChangePassword) -> Text | None:
    """Keep the new password and end every other session. A wrong present one is counted, and told by a sentence."""
    row = staff.locked(tx, must_be_staff(cmd.actor).id or "")
    if row is None:
        raise NotFound
    if not cmd.checked.fits or cmd.new_hash is None or cmd.checked.password_hash != row["password_hash"]:
        count_try(tx, _counted(cmd.actor))
        return _WRONG
    staff.change(tx, row["id"], {"password_hash": cmd.new_hash, "must_change_password": False})
    ended = sessions.end_all_of_staff(tx, row["id"], but=cmd.session_id)
    events.append(tx, events.OFFICE, cmd.actor, EventKind.STAFF_PASSWORD_CHANGED, {"ended": ended})
    return None


def must_differ(old: str, new: str, again: str) -> None:
    """Raise Invalid when the new password is the old one or was typed differently the second time."""
    old, new, again = map(clean_password, (old, new, again))  # as they are hashed: one spelling for the same signs
    if new != again:
        words = Text("Hai lần nhập mật khẩu mới không giống nhau.", "The new password was typed in two ways.")
        raise Invalid({"again": words}, words)
    if new == old:
        words = Text("Mật khẩu mới phải khác mật khẩu hiện tại.", "The new password must differ from the present one.")
        raise Invalid({"new_password": words}, words)


def _counted(actor: Actor) -> list[Counted]:
    return [Counted(own_page_subject(actor.id or ""), KNOWN_DEVICE)]


def own_page_subject(staff_id: str) -> str:
    """The name under which wrong tries at an official's own page are counted."""
    return f"password:{staff_id}"

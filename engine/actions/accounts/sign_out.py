"""Somebody signs out, here or on another of their devices."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_staff
from engine.domain.errors import NotFound
from engine.domain.history import EventKind
from engine.store.accounts import sessions
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.records import SessionRow


@dataclass(frozen=True)
class SignOut:
    """End one of the actor's own sessions."""

    actor: Actor
    session_id: str


@dataclass(frozen=True)
class EndOtherSessions:
    """End all of an official's sessions but this one."""

    actor: Actor
    session_id: str


def end_other_sessions(tx: Tx, office: OfficeContext, cmd: EndOtherSessions) -> int:
    """Sign out everywhere else; gives how many sessions that ended."""
    ended = sessions.end_all_of_staff(tx, must_be_staff(cmd.actor).id or "", but=cmd.session_id)
    if ended:
        events.append(tx, events.OFFICE, cmd.actor, EventKind.STAFF_SESSIONS_ENDED, {"ended": ended})
    return ended


def sign_out(tx: Tx, office: OfficeContext, cmd: SignOut) -> None:
    """End the session; ending it twice is no error. Raises NotFound for somebody else's."""
    row = sessions.get(tx, cmd.session_id)
    if row is None or cmd.actor.id is None or cmd.actor.id != _holder(row, cmd.actor):
        raise NotFound
    if sessions.end(tx, cmd.session_id):
        kind = EventKind.CITIZEN_SIGNED_OUT if cmd.actor.is_citizen else EventKind.STAFF_SIGNED_OUT
        events.append(tx, events.OFFICE, cmd.actor, kind, {})


def _holder(session: SessionRow, actor: Actor) -> str | None:
    return session["person_id"] if actor.is_citizen else session["staff_id"]

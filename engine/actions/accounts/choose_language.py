"""Somebody switches the language; the account remembers it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import Invalid
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.store.accounts import persons, staff
from engine.store.connection import Tx
from engine.store.history import events


@dataclass(frozen=True)
class ChooseLanguage:
    """`language`: vi | en."""

    actor: Actor
    language: str


def choose_language(tx: Tx, office: OfficeContext, cmd: ChooseLanguage) -> None:
    """Keep the choice with the account."""
    if cmd.language not in ("vi", "en") or cmd.actor.id is None:
        raise Invalid({"language": Text("Chỉ có tiếng Việt và tiếng Anh.", "Only Vietnamese and English exist.")})
    change = persons.change if cmd.actor.is_citizen else staff.change
    change(tx, cmd.actor.id, {"language": cmd.language})
    events.append(tx, events.OFFICE, cmd.actor, EventKind.LANGUAGE_CHOSEN, {"language": cmd.language})

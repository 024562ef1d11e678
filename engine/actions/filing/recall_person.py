"""At the counter stands somebody who has been here before: what they stated then is taken over, not typed again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.errors import Invalid
from engine.domain.filing import form_of_step, words_of
from engine.domain.history import EventKind
from engine.domain.identifiers import check_national_id
from engine.store.connection import Tx
from engine.store.dossiers import found_by
from engine.store.history import events


@dataclass(frozen=True)
class RecallPerson:
    """By the number on the identity paper the official has in hand."""

    actor: Actor
    procedure_code: str
    national_id: str


def recall_person(tx: Tx, office: OfficeContext, cmd: RecallPerson) -> dict[str, str]:
    """The applicant's step as the newest dossier of the official's unit tells it; empty when there is none.

    That somebody looked is written into that dossier's history. Raises Invalid (field `recall`) for no number at all.
    """
    actor = must_be_staff(cmd.actor, Role.RECEPTION)
    number = re.sub(r"[\s.]", "", cmd.national_id)
    wrong = check_national_id(number)
    if wrong is not None:
        raise Invalid({"recall": wrong})
    _, procedure = office.procedure_cache.current(tx, cmd.procedure_code)
    form = form_of_step(procedure, "applicant")
    for row in found_by.newest_with(tx, number, actor.unit_id or ""):
        known = next((one for one in (row["applicant"], row["owner"]) if _is(one, number)), None)
        if known is not None and form is not None:
            events.append(tx, row["id"], actor, EventKind.PERSON_RECALLED, {"procedure": procedure.code})
            return {key: word for key, word in words_of(known).items() if key in form.keys}
    return {}


def _is(person: Mapping[str, Any], number: str) -> bool:
    return re.sub(r"[\s.]", "", str(person.get("national_id") or "")) == number

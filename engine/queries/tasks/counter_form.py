"""The page on which a dossier is taken in at the counter: the shared forms and the procedure's declaration.

counter_form(tx, office, code) -> CounterForm     raises NotFound when the procedure is not published
counter_quote(tx, office, code, form, delivery)    what it will cost, before it is filed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.errors import NotFound
from engine.domain.filing import form_of_step
from engine.domain.forms import Form
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.vocabulary import Channel
from engine.queries.dossier import quote_or_reason
from engine.store.connection import Tx
from rules.fees import Quote


@dataclass(frozen=True)
class CounterForm:
    """Four forms on one page; their fields are sent as `applicant.full_name`, `form.copies` and so on."""

    procedure: Procedure
    applicant: Form
    owner: Form
    declaration: Form
    delivery: Form


def counter_form(tx: Tx, office: OfficeContext, code: str) -> CounterForm:
    """The forms of the procedure in force."""
    _version_id, procedure = office.procedure_cache.current(tx, code)
    parts = (_form(procedure, step) for step in ("applicant", "owner", "declaration", "delivery"))
    return CounterForm(procedure, *parts)


def counter_quote(
    tx: Tx, office: OfficeContext, code: str, form: Mapping[str, str], delivery: Mapping[str, str]
) -> tuple[Quote | None, Text | None]:
    """What it will cost as typed so far; else why no amount can be named yet."""
    _version_id, procedure = office.procedure_cache.current(tx, code)
    typed = {"form": form, "delivery": delivery, "channel": Channel.COUNTER, "accepted_at": None}
    return quote_or_reason(office, procedure, typed, tx.now)


def _form(procedure: Procedure, step: str) -> Form:
    form = form_of_step(procedure, step)
    if form is None:
        raise NotFound
    return form

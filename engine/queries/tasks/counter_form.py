"""The page on which a dossier is taken in at the counter: the shared forms and the procedure's declaration.

counter_form(tx, office, code) -> CounterForm     raises NotFound when the procedure is not published
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.errors import NotFound
from engine.domain.filing import form_of_step
from engine.domain.forms import Form
from engine.domain.procedures import Procedure
from engine.store.connection import Tx


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


def _form(procedure: Procedure, step: str) -> Form:
    form = form_of_step(procedure, step)
    if form is None:
        raise NotFound
    return form

"""One step of the filing wizard."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.context import NO_TRUSTED_AMOUNT, OfficeContext, quote_dossier
from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.dossier import DossierState
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.fee_by_hand import LATER
from engine.domain.filing import (
    STEPS,
    DraftStep,
    Errors,
    check_filing,
    fingerprint,
    form_of_step,
    party_of_person,
    verified,
    words_of,
)
from engine.domain.forms import Form
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.vocabulary import FileState
from engine.queries.dossier.dossier_access import readable_dossier
from engine.queries.dossier.dossier_view import DossierView, dossier_view
from engine.store.accounts import persons
from engine.store.connection import Tx
from rules.errors import FactsError, RulesError
from rules.fees import Quote

__all__ = ["STEPS", "DraftView", "StepState", "draft_view", "preview_quote", "quote_or_reason"]

_COLUMN = {"applicant": "applicant", "owner": "owner", "declaration": "form", "delivery": "delivery"}
_FROM_ACCOUNT = Text("Từ tài khoản đăng nhập của bạn", "From your account")
_FROM_APPLICANT = Text("Từ thông tin người nộp", "From the applicant")
_FROM_OWNER = Text("Từ thông tin chủ hồ sơ", "From the owner of the dossier")

_AFTER_THE_REST = Text(
    "Số tiền được tính ngay khi các mục còn thiếu ở trên được điền đủ.",
    "The amount is worked out as soon as what is missing above has been filled in.",
)


@dataclass(frozen=True)
class StepState:
    """A step in the wizard's rail: done when nothing is missing on it."""

    name: str
    done: bool
    errors: int

    @property
    def sends(self) -> bool:
        """Whether this is the last step, on which all is looked over and sent."""
        return self.name == STEPS[-1]


@dataclass(frozen=True)
class DraftView:
    """`form`: the fields of this step (None for papers and review). `origins`: where a prefilled value came from."""

    dossier: DossierView
    step: str
    steps: tuple[StepState, ...]
    form: Form | None
    data: Mapping[str, str]
    origins: Mapping[str, Text]
    errors: Mapping[str, Mapping[str, Text]]
    quote: Quote | None
    quote_missing: Text | None
    submit_key: str
    fixed: frozenset[str]  # fields of this step that are the verified account's and cannot be changed
    seen: str  # what the step held when this was made

    @property
    def missing(self) -> tuple[tuple[str, str, Text], ...]:
        """What is still missing on the steps before the last, as (step, field, words)."""
        steps = ((step, fields) for step, fields in self.errors.items() if step != STEPS[-1])
        return tuple((step, name, words) for step, fields in steps for name, words in fields.items())


def draft_view(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str, step: str, lang: str = "vi") -> DraftView:
    """The step with what was typed or is known already; `errors` of all steps, for the review."""
    if step not in STEPS:
        raise NotFound
    view = dossier_view(tx, office, actor, dossier_id)
    if view.state != DossierState.DRAFT:
        raise WrongState(
            Text("Hồ sơ đã được gửi nên không sửa bản nháp được nữa.", "The dossier has been sent; there is no draft.")
        )
    row: Mapping[str, Any] = readable_dossier(tx, actor, dossier_id)
    attached = [one.component_code for slot in view.slots for one in slot.files if one.state == FileState.ATTACHED]
    errors = _missing(tx, view.procedure, row, attached)
    form = form_of_step(view.procedure, step)
    data, origins = _filled(tx, row, step, form)
    quote, missing = quote_or_reason(office, view.procedure, dict(row), tx.now)
    return DraftView(
        dossier=view,
        step=step,
        steps=tuple(StepState(name, _is_done(name, errors), len(errors.get(name, {}))) for name in STEPS),
        form=form,
        data=data,
        origins=origins,
        errors=errors,
        quote=quote,
        quote_missing=missing,
        submit_key=view.submit_key or secrets.token_urlsafe(24),
        fixed=frozenset(_of_account(tx, row, step)),
        seen=fingerprint(row[_COLUMN[step]]) if step in _COLUMN else "",
    )


def _is_done(step: str, errors: Mapping[str, Mapping[str, Text]]) -> bool:
    """Whether nothing is missing on a step. Which papers are asked for is known when it is said for whom and what."""
    known = (DraftStep.OWNER, DraftStep.DECLARATION) if step == DraftStep.PAPERS else ()
    return not any(errors.get(name) for name in (step, *known))


def preview_quote(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> Quote:
    """What it will cost if it is sent now; raises Invalid naming the facts that are still missing."""
    row = readable_dossier(tx, actor, dossier_id)
    procedure = office.procedure_cache.procedure(tx, row["procedure_version_id"])
    try:
        return quote_dossier(office, procedure, dict(row), tx.now)
    except NO_TRUSTED_AMOUNT as error:
        raise Invalid({"fee": LATER}) from error
    except RulesError as error:
        raise Invalid({"fee": Text(error.message_vi, error.message_en)}) from error


def quote_or_reason(
    office: OfficeContext, procedure: Procedure, row: Mapping[str, Any], at: datetime
) -> tuple[Quote | None, Text | None]:
    """What a dossier like this costs if it is sent at that instant; else why no amount can be named yet."""
    try:
        return quote_dossier(office, procedure, row, at), None
    except NO_TRUSTED_AMOUNT:
        return None, LATER
    except FactsError:  # what the rules ask for is what the pages ask for
        return None, _AFTER_THE_REST
    except RulesError as error:
        return None, Text(error.message_vi, error.message_en)


def _missing(tx: Tx, procedure: Procedure, row: Mapping[str, Any], attached: Sequence[str]) -> Errors:
    """What is missing, as the pages show it: a field that its page fills in by itself is not asked for.

    A step on which all would be filled in so, but that nobody has been on, is asked for as it is kept.
    """
    today = local_day(tx.now)
    _, kept = check_filing(procedure, dict(row), attached, today=today)
    shown = dict(row)
    for step, column in _COLUMN.items():
        shown[column] = _filled(tx, row, step, form_of_step(procedure, step))[0] or row[column]
    _, left = check_filing(procedure, shown, attached, today=today)
    return {step: (step in _COLUMN and left.get(step)) or errors for step, errors in kept.items()}


def _filled(tx: Tx, row: Mapping[str, Any], step: str, form: Form | None) -> tuple[dict[str, str], dict[str, Text]]:
    """What was typed, and for empty fields what the office knows already, each with its origin."""
    if form is None:
        return {}, {}
    typed = words_of(row[_COLUMN[step]]) | _of_account(tx, row, step)
    known = _known(tx, row, step)
    data, origins = dict(typed), {}
    for entry in form.fields:
        value, origin = known.get(entry.prefill or "", ("", None))
        if entry.key not in data:  # what a person has cleared does not come back by itself
            data[entry.key] = value or entry.default or ""
        if origin is not None and value and data[entry.key] == value:
            origins[entry.key] = origin
    return data, origins


def _of_account(tx: Tx, row: Mapping[str, Any], step: str) -> dict[str, str]:
    """What the verified account says about its person, on the applicant's step."""
    person = persons.get(tx, row["person_id"]) if step == "applicant" and row["person_id"] else None
    return verified(person) if person else {}


def _known(tx: Tx, row: Mapping[str, Any], step: str) -> dict[str, tuple[str, Text]]:
    """Values by the name a form's `prefill` gives them; on the applicant's step they come from the account.

    What stands in the owner's own step was typed or copied from the applicant; it is no source for itself.
    """
    if step == "owner":
        same = ((name, str(value)) for name, value in row["applicant"].items())
        return {f"owner.{name}": (v, _FROM_APPLICANT) for name, v in same if str(row["owner"].get(name)) == v}
    known = {f"owner.{name}": (str(value), _FROM_OWNER) for name, value in row["owner"].items() if value}
    for name, value in row["applicant"].items():
        known[f"applicant.{name}"] = (str(value), _FROM_APPLICANT)
    person = persons.get(tx, row["person_id"]) if row["person_id"] else None
    for name, value in party_of_person(person).items() if person else ():
        known[f"applicant.{name}"] = (value, _FROM_ACCOUNT)
    return known

"""What a filing is made of and what still misses: the same check for every page, the review and the sending."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from engine.domain.filing.identity import VERIFIED_LEVEL
from engine.domain.forms import Form, read_date
from engine.domain.identifiers import check_national_id, fold, storable
from engine.domain.meanings import Meaning, Outcome
from engine.domain.procedures import Procedure
from engine.domain.text import Text


class DraftStep(StrEnum):
    """The pages of filing, in order."""

    APPLICANT = "applicant"
    OWNER = "owner"
    DECLARATION = "declaration"
    PAPERS = "papers"
    DELIVERY = "delivery"
    REVIEW = "review"


STEPS: Final = tuple(DraftStep)

_LONGEST: Final = 20_000
_OF_AGE: Final = 18

_SHARED: Final = ("applicant", "owner", "delivery")  # forms every pack carries

Errors = dict[str, dict[str, Text]]


def typed(data: Mapping[str, str], keys: Collection[str] | None = None) -> dict[str, str]:
    """What was typed, composed (NFC) and bounded; names the form does not know are dropped."""
    known = data if keys is None else {key: data[key] for key in data if key in keys}
    return {str(key)[:120]: _plain(value) for key, value in list(known.items())[:300]}


def _plain(value: str) -> str:
    """Text the record can hold: no NUL, no lone surrogates, not endless."""
    return storable(str(value)[:_LONGEST])


def fingerprint(words: Mapping[str, Any]) -> str:
    """A short sign of what a step of the draft held when its page was made; changes when anything in it does."""
    return hashlib.sha256(json.dumps(words_of(words), sort_keys=True).encode()).hexdigest()[:16]


def asks_papers(form: Form | None) -> bool:
    """Whether a task's form can ask for a supplement; then papers can be ticked beside it."""
    return bool(_asking(form))


def hides_papers(form: Form | None) -> str:
    """When the papers beside the form do not matter: FEEL over its fields, true until a supplement is asked for."""
    return " and ".join(f"{key} != {json.dumps(value, ensure_ascii=False)}" for key, value in _asking(form))


def _asking(form: Form | None) -> tuple[tuple[str, str], ...]:
    """The decisions that ask for a supplement: the field's key and the value."""
    fields = form.fields_with(Meaning.DECISION) if form else ()
    options = ((entry.key, option) for entry in fields for option in entry.options)
    return tuple((key, option.value) for key, option in options if option.outcome == Outcome.SUPPLEMENT)


def form_of_step(procedure: Procedure, step: str) -> Form | None:
    """The form of a step of the wizard; None for papers and review."""
    if step == "declaration":
        return procedure.declaration
    form = procedure.forms.get(step) if step in _SHARED else None
    return _offering(form, procedure.delivery_methods) if form is not None and step == "delivery" else form


def _offering(form: Form, methods: tuple[str, ...]) -> Form:
    """The delivery form with only the ways this procedure offers."""
    components = tuple(
        replace(entry, options=tuple(option for option in entry.options if option.value in methods))
        if entry.key == "method"  # a column of the record, like every field of the people's forms
        else entry
        for entry in form.components
    )
    return replace(form, components=components)


def is_same_party(applicant: Mapping[str, str], owner: Mapping[str, str]) -> bool:
    """Whether the owner of the dossier is the one who files it: same name and same number."""
    keys = ("full_name", "national_id")
    return all(owner.get(key) and fold(owner[key]) == fold(applicant.get(key, "")) for key in keys)


def dossier_facts(dossier: Mapping[str, Any], on: date) -> dict[str, object]:
    """The facts the papers' conditions ask about: what the dossier says of its people on the day it is filed."""
    applicant, owner = dossier["applicant"], dossier["owner"]
    level = str(applicant.get("identity_level", "0"))
    same = bool(dossier["owner_is_applicant"])
    return {
        "owner_is_applicant": same,
        "owner_known": same or bool(str(owner.get("full_name") or "").strip()),
        "owner_is_minor": _is_minor(applicant if same else owner, on),
        "identity_verified": level.isdigit() and int(level) >= VERIFIED_LEVEL,
        "channel": dossier["channel"],
        "delivery_method": dossier["delivery"].get("method"),
        "applicant_kind": applicant.get("kind", "person"),
        "applicant_name": applicant.get("full_name") or None,
        "applicant_national_id": applicant.get("national_id") or None,
        "applicant_birth_on": _iso(applicant),
    }


def _iso(party: Mapping[str, Any]) -> str | None:
    """The day of birth as answers of a declaration are kept; None when it is not known."""
    born_on = read_date(str(party.get("birth_on") or ""))
    return born_on.isoformat() if born_on else None


def _is_minor(party: Mapping[str, Any], on: date) -> bool | None:
    """Chưa thành niên: under eighteen on that day (Bộ luật Dân sự 2015 Điều 21); None when the birth is not known."""
    if party.get("kind", "person") != "person":
        return False
    born_on = read_date(str(party.get("birth_on") or ""))
    if born_on is None:
        return None
    return (on.year - born_on.year, on.month, on.day) < (_OF_AGE, born_on.month, born_on.day)


def paper_facts(procedure: Procedure, dossier: Mapping[str, Any], on: date) -> dict[str, object]:
    """The same with the declaration's answers; what nobody answered yet is unknown. `on`: the day it is filed."""
    clean, _ = procedure.declaration.validate(words_of(dossier["form"]), partial=True)
    answers: dict[str, object] = dict.fromkeys(procedure.declaration.keys)
    return {**answers, **clean, **dossier_facts(dossier, on)}


def words_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Kept values as they would be typed."""
    return {key: _word(value) for key, value in values.items() if value is not None}


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return str(value)


def check_filing(
    procedure: Procedure,
    dossier: Mapping[str, Any],
    attached: Iterable[str],
    *,
    today: date,
    papers_at_desk: bool = False,
) -> tuple[dict[str, dict[str, Any]], Errors]:
    """Check every step; gives the clean values by step and what is missing by step and field.

    `attached`: the codes of the papers that have a file. At the desk papers may stay on paper. `today`: the office's.
    """
    clean: dict[str, dict[str, Any]] = {}
    errors: Errors = {}
    columns = {"applicant": "applicant", "owner": "owner", "declaration": "form", "delivery": "delivery"}
    for step, column in columns.items():
        form = form_of_step(procedure, step)
        if form is not None:
            clean[step], errors[step] = form.validate(words_of(dossier[column]))
    facts = paper_facts(procedure, dossier, today)
    faults: Errors = {
        "declaration": procedure.contradictions(facts),
        "applicant": _birth_fault(dossier["applicant"], today),
    }
    faults["owner"] = _birth_fault(dossier["owner"], today) | _party_faults(dossier["owner"])
    for step, found in faults.items():
        errors[step] = {**found, **errors[step]}
    if dossier["owner_is_applicant"]:
        errors["owner"] = {}
    errors["papers"] = {} if papers_at_desk else _missing_papers(procedure, facts, frozenset(attached))
    return clean, {step: found for step, found in errors.items() if found}


def _birth_fault(party: Mapping[str, str], today: date) -> dict[str, Text]:
    born_on = read_date(party.get("birth_on", ""))
    if born_on is None or born_on <= today:
        return {}
    later = Text("Ngày sinh không thể ở sau ngày hôm nay.", "A date of birth cannot lie after today.")
    return {"birth_on": later}


def _party_faults(party: Mapping[str, str]) -> dict[str, Text]:
    """A number typed by hand has to agree with the birth date and sex beside it."""
    number = party.get("national_id", "")
    wrong = (
        check_national_id(number, born_on=read_date(party.get("birth_on", "")), sex=party.get("sex"))
        if number
        else None
    )
    return {"national_id": wrong} if wrong else {}


def _missing_papers(procedure: Procedure, facts: Mapping[str, object], attached: frozenset[str]) -> dict[str, Text]:
    return {
        component.code: Text(
            f"Hãy tải lên “{component.name.vi}”: giấy tờ này là bắt buộc với hồ sơ của bạn.",
            f"Upload “{component.name.en}”: your dossier needs it.",
        )
        for component, required in procedure.slots(facts)
        if required and component.code not in attached
    }

"""What people filled in on the way, with the form they filled in: what papers print and the next person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.context import OfficeContext, task_form
from engine.domain import fee_by_hand
from engine.domain.forms import Form
from engine.domain.meanings import Meaning
from engine.domain.procedures import Paper, filled
from engine.store.connection import Tx

Answers = tuple[Form, Mapping[str, Any]]


def form_of_step(tx: Tx, office: OfficeContext, versions: Sequence[str], element_id: str) -> Form | None:
    """A step's form. `versions`: the one the process follows; should a migration have taken the step away, older."""
    if element_id == fee_by_hand.ELEMENT:
        return fee_by_hand.FORM
    for version_id in versions:
        spec = office.procedure_cache.spec(tx, version_id)
        if element_id in spec.elements:
            return task_form(office.procedure_cache.procedure(tx, version_id), spec, element_id)
    return None


def answers_so_far(
    tx: Tx, office: OfficeContext, versions: Sequence[str], tasks: Iterable[Mapping[Any, Any]]
) -> Iterator[Answers]:
    """The forms filled in so far with their answers, the latest first."""
    done = [row for row in tasks if row["outputs"]]
    for row in reversed(sorted(done, key=lambda row: row["completed_at"])):
        form = form_of_step(tx, office, versions, row["element_id"])
        if form is not None:
            yield form, row["outputs"]


def said_last(answers: Iterable[Answers], *meanings: Meaning) -> str:
    """What was written last in a field of these meanings, of one step the first that was filled in; "" for nothing."""
    for form, outputs in answers:
        for meaning in meanings:
            value = form.value_with(meaning, outputs)
            if value not in (None, ""):
                return str(value).strip()
    return ""


def result_number(paper: Paper, values: Mapping[str, str]) -> str:
    """The number of a result by the paper's pattern; "" while a part of it is not known."""
    wanted = {name: values.get(name, "") for name in ("result_number", "code", "count", "year")}
    asked = {name: value for name, value in wanted.items() if f"{{{name}}}" in paper.number}
    return filled(paper.number, wanted)[:60] if all(asked.values()) else ""

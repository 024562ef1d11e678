"""What people wrote on the way, found by what it means: the pack's author names the fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.actions.dossier.dossier_work import DossierWork
from engine.context import task_form
from engine.domain.forms import Form
from engine.domain.meanings import Meaning
from engine.store.process import tasks


def last_written(work: DossierWork, *meanings: Meaning) -> str:
    """What was written last in a field of these meanings, of one step the first that was filled in; "" for nothing."""
    for form, outputs in _steps(work):
        for meaning in meanings:
            value = form.value_with(meaning, outputs)
            if value not in (None, ""):
                return str(value).strip()
    return ""


def _steps(work: DossierWork) -> Iterator[tuple[Form, Mapping[str, Any]]]:
    """The forms filled in so far with their answers, the latest first: the step in hand, then what is on record."""
    for element_id, outputs in _answers(work):
        form = _form_of(work, element_id)
        if form is not None:
            yield form, outputs


def _answers(work: DossierWork) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if work.done is not None:
        yield work.done.row["element_id"], work.done.outputs
    rows = [row for row in tasks.of_dossier(work.tx, work.id) if row["outputs"]]
    for row in sorted(rows, key=lambda row: row["completed_at"], reverse=True):
        yield row["element_id"], row["outputs"]


def _form_of(work: DossierWork, element_id: str) -> Form | None:
    """The step's form; should a migration have taken the step away, as the version filed under has it."""
    for version_id in (work.course_id, work.dossier["procedure_version_id"]):
        spec = work.office.procedure_cache.spec(work.tx, version_id)
        if element_id in spec.elements:
            return task_form(work.office.procedure_cache.procedure(work.tx, version_id), spec, element_id)
    return None

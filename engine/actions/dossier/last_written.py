"""What people wrote on the way, found by what it means: the pack's author names the fields."""

from __future__ import annotations

from collections.abc import Iterator

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.meanings import Meaning
from engine.papers import Answers, answers_so_far, form_of_step, said_last
from engine.store.process import tasks


def last_written(work: DossierWork, *meanings: Meaning) -> str:
    """What was written last in a field of these meanings, of one step the first that was filled in; "" for nothing."""
    return said_last(_answers(work), *meanings)


def _answers(work: DossierWork) -> Iterator[Answers]:
    """The forms filled in so far with their answers, the latest first: the step in hand, then what is on record."""
    versions = (work.course_id, str(work.dossier["procedure_version_id"]))
    if work.done is not None:
        form = form_of_step(work.tx, work.office, versions, work.done.row["element_id"])
        if form is not None:
            yield form, work.done.outputs
    yield from answers_so_far(work.tx, work.office, versions, tasks.of_dossier(work.tx, work.id))

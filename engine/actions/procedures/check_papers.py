"""Whether a pack's result papers can be printed: every fact is known, every sign has a picture in our fonts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.actions.procedures.check_meanings import APPLICANT, after_withdrawal
from engine.context import task_form
from engine.domain.actor import Role
from engine.domain.meanings import Meaning
from engine.domain.procedures import DOSSIER_PARTIES, OWN_FACTS, Paper, Procedure
from engine.papers import unprintable
from engine.workflow.ahead import statuses_ahead
from engine.workflow.findings import Finding, finding_of
from engine.workflow.spec import ProcessSpec

_ISSUED: Final = "9"  # the national status of a step that issues the result
_ISSUING: Final = ("2", "3", "5", "8", _ISSUED)  # statuses that come with a paper of the office
_REVIEWS: Final = Role.UNIT_HEAD


def check_papers(procedure: Procedure, spec: ProcessSpec) -> Iterator[Finding]:
    """What would be missing on the paper, or be a hole in it; facts and signature where the diagram issues a result."""
    known = _known(procedure, spec)
    issued = any(info.extension.get("status") == _ISSUED for info in spec.elements.values())
    for paper in procedure.papers.values():
        yield from _unknown(paper, known) if issued else ()
        if lost := unprintable("".join(f"{text.vi}{text.en}" for text in paper.texts())):
            yield finding_of("paper_glyphs", f"papers/{paper.code}.yaml", paper.title.vi, what=lost)
        if issued and paper.signed_by not in procedure.lanes.values():
            yield finding_of("paper_unsigned", f"papers/{paper.code}.yaml", paper.title.vi, what=paper.signed_by)
        yield from _internal(procedure, spec, paper)
    yield from _unseen(procedure, spec)


def _internal(procedure: Procedure, spec: ProcessSpec, paper: Paper) -> Iterator[Finding]:
    """What was declared to be for officials only, printed for the citizen."""
    forms = (task_form(procedure, spec, element_id) for element_id in spec.elements)
    notes = {f"task.{entry.key}" for form in forms if form for entry in form.fields_with(Meaning.INTERNAL_NOTE)}
    for place, name in paper.facts():
        if name in notes:
            yield finding_of("paper_internal", f"papers/{paper.code}.yaml {place}", paper.title.vi, ref=name)


def _unseen(procedure: Procedure, spec: ProcessSpec) -> Iterator[Finding]:
    """Steps that sign, review or number, but lead to no paper: whoever does them decides without seeing one."""
    signing = {paper.signed_by for paper in procedure.papers.values()} | {_REVIEWS}
    withdrawn = after_withdrawal(spec)
    for info in spec.elements.values():
        form = task_form(procedure, spec, info.id) if info.kind == "user_task" else None
        if form is None or info.scope in withdrawn or info.extension.get("audience") == APPLICANT:
            continue
        numbers = form.fields_with(Meaning.RESULT_NUMBER)
        decides = form.fields_with(Meaning.DECISION) and procedure.lanes.get(info.lane or "") in signing
        if (numbers or decides) and not statuses_ahead(spec, info.id, {}, _ISSUING):
            yield finding_of("paper_unseen", info.id, info.name, severity="warning")


def _known(procedure: Procedure, spec: ProcessSpec) -> frozenset[str]:
    """The facts a paper may print, as it names them."""
    forms = (task_form(procedure, spec, element_id) for element_id in spec.elements)
    written = {f"task.{key}" for form in forms if form for key in form.keys}
    people = ((name, procedure.forms[name]) for name in DOSSIER_PARTIES if name in procedure.forms)
    parties = {f"{name}.{key}" for name, form in people for key in form.keys}
    return frozenset(OWN_FACTS | written | parties | {f"form.{key}" for key in procedure.declaration.keys})


def _unknown(paper: Paper, known: frozenset[str]) -> Iterator[Finding]:
    for place, name in paper.facts():
        if name not in known:
            where = f"papers/{paper.code}.yaml {place}"
            yield finding_of("paper_fact_unknown", where, paper.title.vi, ref=name, own=", ".join(sorted(OWN_FACTS)))

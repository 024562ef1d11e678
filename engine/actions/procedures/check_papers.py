"""Whether a pack's result papers can be printed: every fact is known, every sign has a picture in our fonts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.context import task_form
from engine.domain.procedures import DOSSIER_PARTIES, OWN_FACTS, Paper, Procedure
from engine.papers import unprintable
from engine.workflow.findings import Finding, finding_of
from engine.workflow.spec import ProcessSpec

_ISSUED: Final = "9"  # the national status of a step that issues the result


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

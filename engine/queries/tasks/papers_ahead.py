"""Which papers a step leads to: the pack's statuses say what is issued, the diagram where it leads from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.dossier import NationalStatus
from engine.domain.forms import Form
from engine.domain.meanings import Meaning
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.vocabulary import DocumentKind
from engine.papers import TITLES
from engine.workflow.ahead import statuses_ahead
from engine.workflow.spec import ProcessSpec

N = NationalStatus
_ACCEPTS: Final = (N.ACCEPTED, N.PROCESSING)  # whichever comes first: a dossier is accepted once
_KINDS: Final[Mapping[NationalStatus, DocumentKind]] = {
    N.ACCEPTED: DocumentKind.ACKNOWLEDGEMENT_SLIP,
    N.PROCESSING: DocumentKind.ACKNOWLEDGEMENT_SLIP,
    N.NOT_ACCEPTED: DocumentKind.REFUSAL,
    N.STOPPED: DocumentKind.REFUSAL,
    N.SUPPLEMENT_ASKED: DocumentKind.SUPPLEMENT_REQUEST,
}


@dataclass(frozen=True)
class PaperAhead:
    """A paper that completing this step brings nearer. `direct`: this very step issues it.

    `certain`: it is the only one that can come of it.
    """

    kind: str
    title: Text
    direct: bool
    certain: bool


def papers_ahead(
    procedure: Procedure,
    spec: ProcessSpec,
    dossier: Mapping[Any, Any],
    element_id: str,
    form: Form | None,
    known: Mapping[str, Any],
    said: Mapping[str, Any],
) -> tuple[PaperAhead, ...]:
    """The papers ahead of an open step. `known`: the process's variables; `said`: what its form holds so far.

    Of several only those count that this step chooses among or issues itself.
    """
    if element_id not in spec.elements or dossier["status"] == N.WITHDRAWAL_ASKED:
        return ()  # who withdraws gets no paper; the office's own step is in no diagram
    stops = {str(status.value) for status in (*_KINDS, N.COMPLETED) if _counts(status, dossier)}
    settled = {name: value for name, value in known.items() if name not in spec.elements[element_id].outputs}
    ahead = statuses_ahead(spec, element_id, {**settled, **said}, stops) or statuses_ahead(
        spec, element_id, settled, stops
    )
    found: dict[str, tuple[Text, bool]] = {}
    for one in ahead:
        kind, title = _paper(procedure, N(int(one.status)))
        found[kind] = (title, one.direct or (kind in found and found[kind][1]))
    chooses = form is not None and bool(form.fields_with(Meaning.DECISION))
    papers = (PaperAhead(kind, title, direct, certain=len(found) == 1) for kind, (title, direct) in found.items())
    return tuple(one for one in papers if one.certain or one.direct or chooses)


def _counts(status: NationalStatus, dossier: Mapping[Any, Any]) -> bool:
    return status not in _ACCEPTS or dossier["accepted_at"] is None


def _paper(procedure: Procedure, status: NationalStatus) -> tuple[str, Text]:
    if status is N.COMPLETED:
        paper = procedure.papers[procedure.result_document]
        return paper.code, paper.title
    kind = _KINDS[status]
    return kind.value, TITLES[kind]

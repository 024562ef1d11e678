"""The catalogue of procedures: search that forgives, and one procedure's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from engine.context import OfficeContext, ProcedureCache, quote_dossier
from engine.domain.clock import local_day
from engine.domain.dossier import NATIONAL_STATUS, DossierState
from engine.domain.forms import Form
from engine.domain.identifiers import fold
from engine.domain.procedures import Component, LegalReference, Procedure
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, DeliveryMethod
from engine.queries.page import Page
from engine.queries.portal.catalogue_index import catalogue_index
from engine.store.connection import Tx
from engine.store.records import ProcedureVersionCard
from engine.workflow.mandatory_path import unavoidable
from engine.workflow.spec import ProcessSpec
from rules.errors import RulesError
from rules.fees import Quote

# Popular names that are not the law's: the law's word is added to what is searched.
_SYNONYMS: Final = {
    "lien minh hop tac xa": "lien hiep hop tac xa",
    "htx": "hop tac xa",
    "ho kd": "ho kinh doanh",
    "so do": "giay chung nhan quyen su dung dat",
    "so hong": "giay chung nhan quyen su dung dat",
    "giay khai sinh": "khai sinh",
    "ly lich tu phap": "phieu ly lich tu phap",
}
_SHELF: Final = ProcedureCache()  # versions never change, so one shelf serves every search
_LONGEST: Final = 200  # what is typed beyond is nobody's search


@dataclass(frozen=True)
class ProcedureCard:
    """One line of the catalogue. `level`: toan_trinh | mot_phan."""

    code: str
    name: Text
    sector: Text
    agency: Text
    level: str
    online: bool
    limit_text: Text


@dataclass(frozen=True)
class Sector:
    """A field of administration and how many procedures it has."""

    name: Text
    count: int


@dataclass(frozen=True)
class FeeExample:
    """What one filing with the usual answers costs today by one channel, with the trace of why."""

    channel: str
    quote: Quote


@dataclass(frozen=True)
class Step:
    """One step of the diagram, in the order drawn. `audience`: applicant | staff; `hours`: its limit, if any.

    `always`: no dossier gets its result without it; the others only some dossiers come to.
    """

    element_id: str
    name: Text
    audience: str
    role: str
    hours: int | None
    always: bool

    @property
    def by_applicant(self) -> bool:
        """Whether the citizen does this step."""
        return self.audience == Audience.APPLICANT


@dataclass(frozen=True)
class ProcedureView:
    """Everything on a procedure's page; `procedure` carries level and reason, subjects, results, guide."""

    version_id: str
    procedure: Procedure
    components: tuple[Component, ...]
    fees: tuple[FeeExample, ...]
    legal_basis: tuple[LegalReference, ...]
    steps: tuple[Step, ...]
    limit_text: Text
    forms: Mapping[str, Form]
    xml: bytes


def search(
    tx: Tx, text: str = "", lang: str = "vi", page: int = 1, sector: str | None = None, size: int = 20
) -> Page[ProcedureCard]:
    """Procedures that match all words, accents and spelling forgiven; nothing typed lists all.

    When nothing matches as typed, the nearest come with `approximate` set.
    """
    index, words = catalogue_index(tx), _words(text[:_LONGEST])
    within = index.of_sector(sector)
    found = index.exact(words, lang, within)
    approximate = not found and bool(words)
    if approximate:
        found = index.nearest(words, within)
    number = Page.within(page, size, len(found))
    start = (number - 1) * size
    cards = tuple(_card(tx, row) for row in found[start : start + size])
    return Page(cards, number, size, len(found), approximate and bool(found))


def sectors(tx: Tx) -> tuple[Sector, ...]:
    """The fields that have a procedure in force, by name."""
    names = {row["sector_vi"]: row["sector_en"] for row in catalogue_index(tx).cards}
    counted = Counter(row["sector_vi"] for row in catalogue_index(tx).cards)
    return tuple(Sector(Text(name, names[name]), counted[name]) for name in sorted(counted, key=fold))


def procedure_page(tx: Tx, office: OfficeContext, code: str) -> ProcedureView:
    """The page of the version in force; raises NotFound."""
    version_id, procedure = office.procedure_cache.current(tx, code)
    spec = office.procedure_cache.spec(tx, version_id)
    return ProcedureView(
        version_id=version_id,
        procedure=procedure,
        components=procedure.components,
        fees=tuple(_fees(tx, office, procedure)),
        legal_basis=procedure.legal_basis_on(local_day(tx.now)),
        steps=tuple(_steps(procedure, spec)),
        limit_text=procedure.limit.label(),
        forms=procedure.forms,
        xml=procedure.process_xml,
    )


def _words(text: str) -> list[str]:
    folded = f" {fold(text)} "
    for popular, lawful in _SYNONYMS.items():
        folded = folded.replace(f" {popular} ", f" {lawful} ")
    return folded.split()[:12]


def _card(tx: Tx, row: ProcedureVersionCard) -> ProcedureCard:
    procedure = _SHELF.procedure(tx, row["id"])
    return ProcedureCard(
        code=row["code"],
        name=procedure.names,
        sector=procedure.sector,
        agency=procedure.agency,
        level=procedure.level,
        online="online" in procedure.channels,
        limit_text=procedure.limit.label(),
    )


def _fees(tx: Tx, office: OfficeContext, procedure: Procedure) -> Iterable[FeeExample]:
    """One example per channel with the form's usual answers; channels whose facts are not usual give none."""
    answers = {entry.key: entry.default for entry in procedure.declaration.fields if entry.default is not None}
    for channel in procedure.channels:
        usual = {
            "form": answers,
            "delivery": {"method": DeliveryMethod.COUNTER},
            "channel": channel,
            "accepted_at": None,
        }
        with suppress(RulesError):
            yield FeeExample(channel, quote_dossier(office, procedure, usual, tx.now))


def _steps(procedure: Procedure, spec: ProcessSpec) -> Iterable[Step]:
    course = unavoidable(spec, str(NATIONAL_STATUS[DossierState.DELIVERED]))
    for element_id, guide in procedure.tasks.items():
        info = spec.elements.get(element_id)
        if info is None:
            continue
        role = procedure.lanes.get(info.lane or "", info.lane or "")
        audience = Audience.APPLICANT if role == "applicant" else Audience.STAFF
        yield Step(element_id, guide.name, audience, role, guide.hours, element_id in course)

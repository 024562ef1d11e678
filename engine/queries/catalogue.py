"""The catalogue of procedures: search that forgives, and one procedure's page.

search(tx, text, lang="vi", page=1, sector=None, size=20) -> Page[ProcedureCard]
sectors(tx) -> tuple[Sector, ...]
procedure_page(tx, office, code) -> ProcedureView
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.procedure import Component, Procedure
from engine.domain.text import Text
from rules.fees import Quote
from rules.legal import LegalBasis


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
    """What one copy or one filing costs today by one channel, with the trace of why."""

    channel: str
    quote: Quote


@dataclass(frozen=True)
class Step:
    """One step of the diagram a person will meet, in order."""

    name: Text
    audience: str
    role: str


@dataclass(frozen=True)
class ProcedureView:
    """Everything on a procedure's page; `procedure` carries papers, level and reason, legal basis, results."""

    version_id: str
    procedure: Procedure
    components: tuple[Component, ...]
    fees: tuple[FeeExample, ...]
    legal_basis: tuple[LegalBasis, ...]
    steps: tuple[Step, ...]
    limit_text: Text
    forms: Mapping[str, object]

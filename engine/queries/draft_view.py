"""One step of the filing wizard.

draft_view(tx, office, actor, dossier_id, step, lang="vi") -> DraftView
preview_quote(tx, office, actor, dossier_id) -> Quote          what it will cost, before sending
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.form import Form
from engine.domain.text import Text
from engine.queries.dossier_view import DossierView
from rules.fees import Quote

STEPS = ("applicant", "owner", "declaration", "papers", "delivery", "review")


@dataclass(frozen=True)
class StepState:
    """A step in the wizard's rail: done when nothing is missing on it."""

    name: str
    done: bool
    errors: int


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

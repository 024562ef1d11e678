"""A step of the filing wizard is saved, as one types or on "Tiếp tục"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.domain.actor import Actor
from engine.domain.text import Text


@dataclass(frozen=True)
class SaveDraft:
    """`step`: applicant | owner | declaration | papers | delivery | review. `version`: what the page was made from."""

    actor: Actor
    dossier_id: str
    step: str
    data: Mapping[str, str]
    version: int | None = None


@dataclass(frozen=True)
class SavedDraft:
    """What was typed is kept even when it is wrong; `errors` says by field what must still be mended."""

    version: int
    errors: Mapping[str, Text] = field(default_factory=dict)

"""A procedure pack becomes the version under which new dossiers are filed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.domain.actor import Actor


@dataclass(frozen=True)
class PublishProcedure:
    """`files`: the whole pack, path → text. `valid_from` None: today."""

    actor: Actor
    files: Mapping[str, str]
    valid_from: date | None = None


@dataclass(frozen=True)
class PublishedProcedure:
    """`changed` False: this very pack was already the published version."""

    version_id: str
    code: str
    number: int
    changed: bool = True

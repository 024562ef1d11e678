"""A paper is taken out of its slot again, before sending."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class RemoveFile:
    """Only while the dossier is a draft or waits for a supplement, and only files not yet sent."""

    actor: Actor
    dossier_id: str
    file_id: str

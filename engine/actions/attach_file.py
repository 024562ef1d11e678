"""A paper is put into its slot, in a draft or while answering a supplement request."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.store_upload import StoredFile
from engine.domain.actor import Actor


@dataclass(frozen=True)
class AttachFile:
    """The action answers the id of the file's row. A second file in the same slot stands beside the first."""

    actor: Actor
    dossier_id: str
    component_code: str
    stored: StoredFile

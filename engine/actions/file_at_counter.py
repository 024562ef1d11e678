"""The reception officer takes a dossier at the one-stop desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.actions.store_upload import StoredFile
from engine.domain.actor import Actor


@dataclass(frozen=True)
class CounterFile:
    """A paper scanned at the desk."""

    component_code: str
    stored: StoredFile


@dataclass(frozen=True)
class FileAtCounter:
    """`owner` None: the applicant is the owner. Papers that stay on paper need no file. Answers SubmittedDossier."""

    actor: Actor
    procedure_code: str
    applicant: Mapping[str, str]
    owner: Mapping[str, str] | None
    form: Mapping[str, str]
    delivery: Mapping[str, str]
    submit_key: str
    files: tuple[CounterFile, ...] = ()
    channel: str = "counter"

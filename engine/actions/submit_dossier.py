"""The citizen presses "Gửi hồ sơ"."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class SubmitDossier:
    """`submit_key` is made with the review page: a double click finds its first result. `confirmed`: the pledge."""

    actor: Actor
    dossier_id: str
    submit_key: str
    confirmed: bool


@dataclass(frozen=True)
class SubmittedDossier:
    """`first_time` False: this key had already been sent, nothing happened twice."""

    code: str
    dossier_id: str
    first_time: bool = True

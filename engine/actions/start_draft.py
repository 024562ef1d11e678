"""A citizen presses "Đăng ký" on a procedure's page: a draft begins, prefilled from the account."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class StartDraft:
    """The action answers the new dossier's id."""

    actor: Actor
    procedure_code: str

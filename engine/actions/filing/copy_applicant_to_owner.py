"""The button "Lấy thông tin từ người nộp": the owner of the dossier is the one who files it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.filing.own_draft import keep_draft, own_draft
from engine.actions.filing.save_draft import SavedDraft
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.filing import fingerprint, form_of_step
from engine.store.connection import Tx


@dataclass(frozen=True)
class CopyApplicantToOwner:
    """The action answers SavedDraft."""

    actor: Actor
    dossier_id: str


def copy_applicant_to_owner(tx: Tx, office: OfficeContext, cmd: CopyApplicantToOwner) -> SavedDraft:
    """Copy what the applicant's step holds now."""
    work = own_draft(tx, office, cmd.actor, cmd.dossier_id)
    form = form_of_step(work.procedure, "owner")
    owner = {key: value for key, value in work.dossier["applicant"].items() if form is None or key in form.keys}
    errors = form.validate(owner, partial=True)[1] if form else {}
    work.set(owner=owner, owner_is_applicant=1, draft_step="owner")
    keep_draft(work)
    return SavedDraft(fingerprint(owner), errors)

"""A step of the filing wizard is saved, as one types or on "Tiếp tục"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.actions.drafts import keep_draft, own_draft
from engine.domain.actor import Actor
from engine.domain.errors import Conflict, Invalid
from engine.domain.filing import STEPS, form_of_step, is_same_party, typed
from engine.domain.text import Text
from engine.office import Office
from engine.store.database import Tx

_COLUMN: Final = {"applicant": "applicant", "owner": "owner", "declaration": "form", "delivery": "delivery"}


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


def save_draft(tx: Tx, office: Office, cmd: SaveDraft) -> SavedDraft:
    """Keep the step as typed. Raises Conflict when the draft was changed elsewhere since the page was made."""
    if cmd.step not in STEPS:
        raise Invalid({"step": Text("Không có bước này.", "There is no such step.")})
    step = own_draft(tx, office, cmd.actor, cmd.dossier_id)
    if cmd.version is not None and cmd.version != step.dossier["version"]:
        raise Conflict(
            Text(
                "Bản nháp đã được sửa trên thiết bị hoặc cửa sổ khác. Hãy tải lại trang để xem bản mới nhất.",
                "The draft was changed on another device or window. Reload the page to see the latest one.",
            )
        )
    form = form_of_step(step.procedure, cmd.step)
    errors: Mapping[str, Text] = {}
    changes: dict[str, Any] = {"draft_step": cmd.step}
    if form is not None:
        data = {**step.dossier[_COLUMN[cmd.step]], **typed(cmd.data, form.keys)}
        _, errors = form.validate(data, partial=True)
        changes[_COLUMN[cmd.step]] = data
    step.set(**changes)
    if cmd.step in ("applicant", "owner"):
        same = is_same_party(step.dossier["applicant"], step.dossier["owner"])
        step.set(owner_is_applicant=int(same))
    return SavedDraft(keep_draft(step), errors)

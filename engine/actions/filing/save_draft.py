"""A step of the filing wizard is saved, as one types or on "Tiếp tục"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.actions.dossier import DossierWork
from engine.actions.filing.own_draft import keep_draft, own_draft
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import Invalid, Stale
from engine.domain.filing import STEPS, as_the_account, contradictions, fingerprint, form_of_step, is_same_party, typed
from engine.domain.text import Text
from engine.store.accounts import persons
from engine.store.connection import Tx

_COLUMN: Final = {"applicant": "applicant", "owner": "owner", "declaration": "form", "delivery": "delivery"}

CHANGED_ELSEWHERE: Final = Text(
    "Bước này đã được sửa trên thiết bị hoặc cửa sổ khác. Nội dung bạn vừa nhập vẫn còn dưới đây nhưng chưa được lưu: "
    "hãy xem lại rồi bấm lần nữa để lưu đè, hoặc mở lại bước này để lấy bản kia.",
    "This step was changed on another device or window. What you typed is still below but has not been saved: look it "
    "over and press again to save it over the other one, or open the step anew to have the other one.",
)


@dataclass(frozen=True)
class SaveDraft:
    """`step`: applicant | owner | declaration | papers | delivery | review. `seen`: the fingerprint of the page."""

    actor: Actor
    dossier_id: str
    step: str
    data: Mapping[str, str]
    seen: str | None = None


@dataclass(frozen=True)
class SavedDraft:
    """What was typed is kept even when it is wrong; `errors` says by field what must still be mended."""

    seen: str
    errors: Mapping[str, Text] = field(default_factory=dict)


def save_draft(tx: Tx, office: OfficeContext, cmd: SaveDraft) -> SavedDraft:
    """Keep the step as typed. Raises Stale when this step was changed elsewhere since the page was made, and Invalid
    when the applicant's step contradicts what the verified account says about its person.
    """
    if cmd.step not in STEPS:
        raise Invalid({"step": Text("Không có bước này.", "There is no such step.")})
    work = own_draft(tx, office, cmd.actor, cmd.dossier_id)
    form = form_of_step(work.procedure, cmd.step)
    kept = work.dossier[_COLUMN[cmd.step]] if form is not None else {}
    if cmd.seen is not None and cmd.seen != fingerprint(kept):
        raise Stale(CHANGED_ELSEWHERE)
    errors: Mapping[str, Text] = {}
    changes: dict[str, Any] = {"draft_step": cmd.step}
    if form is not None:
        data = kept = _kept_step(work, cmd.step, kept, typed(cmd.data, form.keys))
        _, errors = form.validate(data, partial=True)
        changes[_COLUMN[cmd.step]] = data
    work.set(**changes)
    if cmd.step in ("applicant", "owner"):
        same = is_same_party(work.dossier["applicant"], work.dossier["owner"])
        work.set(owner_is_applicant=int(same))
    keep_draft(work)
    return SavedDraft(fingerprint(kept), errors)


def _kept_step(work: DossierWork, step: str, kept: Mapping[str, Any], stated: Mapping[str, str]) -> dict[str, Any]:
    """The step's new content; on the applicant's step the account has the last word about its person."""
    data = {**kept, **stated}
    person = persons.get(work.tx, work.dossier["person_id"]) if step == "applicant" else None
    if person is None:
        return data
    if wrong := contradictions(person, stated):
        raise Invalid(wrong)
    return as_the_account(person, data)

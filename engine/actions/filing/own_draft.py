"""What every action on a draft begins and ends with."""

from __future__ import annotations

from engine.actions.dossier import DossierWork, keep_work, own_work
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import DossierState
from engine.domain.errors import WrongState
from engine.domain.text import Text
from engine.store.connection import Tx


def own_draft(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> DossierWork:
    """The citizen's own draft; raises NotFound, or WrongState once it has been sent."""
    work = own_work(tx, office, must_be_citizen(actor), dossier_id)
    if work.state is not DossierState.DRAFT:
        raise WrongState(
            Text(
                "Hồ sơ đã được gửi hoặc đã hủy nên không sửa bản nháp được nữa.",
                "The dossier has been sent or discarded; the draft can no longer be changed.",
            )
        )
    return work


def keep_draft(work: DossierWork) -> int:
    """Write the draft down and give its new version. Typing is not history: no event."""
    keep_work(work)
    return int(work.dossier["version"])

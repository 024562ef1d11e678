"""The declaration was changed after sending: the fee is found anew, by the law of the day of sending."""

from __future__ import annotations

from typing import Final

from engine.actions.dossier import DossierWork
from engine.actions.fees.set_fee import leave_fee_to_official
from engine.context import NO_TRUSTED_AMOUNT, quote_dossier
from engine.domain.history import EventKind
from engine.store.dossiers import dossiers

_WHY: Final = "tính lại theo nội dung khai đã sửa, theo quy định của ngày nộp hồ sơ."  # the record speaks Vietnamese


def requote(work: DossierWork) -> tuple[int, int] | None:
    """Freeze the new amount beside the old one; gives both in đồng, or None when nothing changes.

    Without an amount that can be trusted an official sets it. A dossier whose fee is still to be set is left alone.
    """
    frozen = dossiers.quote(work.tx, work.id)
    if frozen is None:
        return None
    try:
        quote = quote_dossier(work.office, work.procedure, work.dossier, work.dossier["submitted_at"] or work.at)
    except NO_TRUSTED_AMOUNT as error:
        leave_fee_to_official(work, error)
        return None
    before, after = frozen["total_vnd"], quote.total.dong
    if before == after:
        return None
    dossiers.add_quote(
        work.tx,
        {"dossier_id": work.id, "total_vnd": after, "quote": quote.to_dict(), "schedule_hash": quote.schedule_hash},
    )
    work.happened(EventKind.FEE_SET, {"amount_vnd": after, "before_vnd": before, "reason": _WHY})
    work.left_vnd = None
    work.move(variables={**work.variables, "fee_vnd": after})
    return before, after

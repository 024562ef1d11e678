"""Trả kết quả: the result reaches the citizen."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.errors import WrongState
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import DeliveryMethod, JobKind
from engine.store.dossiers import dossiers
from rules.money import Money


def deliver_result(work: DossierWork) -> None:
    """The result is in the citizen's hands: by download, by post, or across the counter."""
    method = work.dossier["delivery"].get("method", DeliveryMethod.ONLINE)
    if method == DeliveryMethod.COUNTER:
        _must_be_paid(work)
    work.set(delivered_at=work.at)
    if work.dossier["finished_at"] is None:
        work.set(finished_at=work.at)
    work.happened(EventKind.RESULT_DELIVERED, {"method": method})


def _must_be_paid(work: DossierWork) -> None:
    """Across the counter no result leaves before what is due is paid by its frozen quote."""
    quote = dossiers.quote(work.tx, work.id)
    if quote is None:
        return
    paid = sum(one["amount_vnd"] for one in dossiers.payments(work.tx, work.id))
    left = Money(int(quote["total_vnd"]) - paid)
    if left.dong > 0:
        raise WrongState(
            Text(
                f"Hồ sơ còn {left.format()} phí, lệ phí chưa nộp. Hãy thu và ghi biên lai trên trang hồ sơ rồi trả "
                "kết quả.",
                f"{left.format('en')} of fees are still due. Take them and write the receipt on the dossier's page, "
                "then hand over the result.",
            )
        )


def is_posted(work: DossierWork) -> bool:
    """Whether this step gave a consignment to the post."""
    return any(job["kind"] == JobKind.POST_DELIVER for job in work.new_jobs)

"""No result is handed over while a fee of its dossier is still due."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.errors import WrongState
from engine.domain.text import Text
from engine.store.dossiers import dossiers
from rules.money import Money


def must_be_paid(work: DossierWork) -> None:
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

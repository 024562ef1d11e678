"""No result leaves while a fee of its dossier is still due, unless the procedure says that it is paid afterwards."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.errors import NotYet
from engine.domain.fee_by_hand import ELEMENT, WAITING
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import TaskState
from engine.store.dossiers import dossiers
from engine.store.process import tasks
from rules.money import Money


def fee_is_waiting(work: DossierWork) -> bool:
    """True while an official still has to set the fee."""
    return any(
        row["element_id"] == ELEMENT and row["state"] == TaskState.OPEN for row in tasks.of_dossier(work.tx, work.id)
    )


def left_to_pay(work: DossierWork) -> Money:
    """What is still due by the frozen quote; read once in a step, which no other may change."""
    if work.left_vnd is None:
        work.left_vnd = dossiers.left_to_pay(work.tx, work.id)
    return Money(work.left_vnd)


def result_waits_for_fee(work: DossierWork) -> bool:
    """Whether money is due, or not even known yet, before this result may leave."""
    if work.procedure.fee_after_result:
        return False
    return left_to_pay(work).dong > 0 or fee_is_waiting(work)


def must_be_paid(work: DossierWork) -> None:
    """Across the counter no result leaves before what is due is paid by its frozen quote, or waived."""
    if not result_waits_for_fee(work):
        return
    left = left_to_pay(work)
    if not left.dong:
        raise NotYet(WAITING)
    raise NotYet(
        Text(
            f"Hồ sơ còn {left.format()} phí, lệ phí chưa nộp. Hãy thu và ghi biên lai trên trang hồ sơ rồi trả "
            "kết quả.",
            f"{left.format('en')} of fees are still due. Take them and write the receipt on the dossier's page, "
            "then hand over the result.",
        )
    )


def hold_result(work: DossierWork) -> None:
    """The result is there and waits for the fee; said once."""
    if all(event.kind is not EventKind.RESULT_HELD for event in work.happenings):
        work.happened(EventKind.RESULT_HELD, {"amount_vnd": left_to_pay(work).dong})

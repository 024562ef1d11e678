"""The citizen withdraws a dossier."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.dossier import DossierWork, keep_work, own_work
from engine.actions.process import move_status, run_process
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import CLOCK_STOPPED, DossierState, NationalStatus, can_move, status_label
from engine.domain.errors import WrongState
from engine.domain.history import EventKind
from engine.domain.identifiers import nfc
from engine.domain.meanings import Meaning
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.workflow.runner import Cancelled, MessageReceived

SIGNED = Text(
    "Kết quả đã được ký nên không thể rút hồ sơ nữa. Bạn sẽ nhận kết quả theo cách đã chọn.",
    "The result has been signed, so the dossier can no longer be withdrawn. You will receive it as you chose.",
)


@dataclass(frozen=True)
class WithdrawDossier:
    """Possible until the result is decided; a draft is simply discarded."""

    actor: Actor
    dossier_id: str
    reason: str


def withdraw_dossier(tx: Tx, office: OfficeContext, cmd: WithdrawDossier) -> None:
    """Withdraw. Before acceptance the dossier is closed at once, later an official records it first."""
    work = own_work(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    reason = nfc(cmd.reason).strip()[:2000]
    if work.state is DossierState.DRAFT:
        _discard(work)
        return
    if work.state in (DossierState.WITHDRAWN, DossierState.WITHDRAWAL_ASKED):
        return  # a double click
    if not can_move(work.status, NationalStatus.WITHDRAWAL_ASKED):
        raise WrongState(_too_late(work))
    work.happened(EventKind.WITHDRAWAL_ASKED, {"reason": reason})
    move_status(work, NationalStatus.WITHDRAWAL_ASKED)
    _tell_the_process(work, reason)
    keep_work(work)


def _tell_the_process(work: DossierWork, reason: str) -> None:
    message = work.spec.message_that(Meaning.WITHDRAWAL)
    if message is not None:
        told = work.spec.as_variables({Meaning.WITHDRAWAL_REASON: reason})
        if run_process(work, MessageReceived(message, told, work.at)).caught:
            return
        raise WrongState(SIGNED)  # the diagram listens, but no longer
    run_process(work, Cancelled(reason, work.at))  # the diagram knows no withdrawal: the law does
    move_status(work, NationalStatus.STOPPED)


def _discard(work: DossierWork) -> None:
    work.set(state=DossierState.WITHDRAWN.value, finished_at=work.at)
    work.happened(EventKind.DRAFT_DISCARDED)
    keep_work(work)


def _too_late(work: DossierWork) -> Text:
    label = status_label(work.status)
    if work.status in CLOCK_STOPPED:
        return Text(
            f"Hồ sơ đã ở trạng thái “{label.vi}” nên không thể rút.",
            f'The dossier is already "{label.en}" and cannot be withdrawn.',
        )
    return Text(
        f"Chưa thể rút hồ sơ khi đang ở trạng thái “{label.vi}”. Hãy liên hệ Bộ phận Một cửa.",
        f'A dossier cannot be withdrawn while it is "{label.en}". Please ask the one-stop desk.',
    )

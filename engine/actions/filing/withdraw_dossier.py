"""The citizen withdraws a dossier."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.dossier.step import Step, own_step
from engine.actions.process.move_status import STOPPED, WITHDRAWING, move_status
from engine.actions.process.run_process import run_process
from engine.context import Office
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import FINAL_STATES, WITHDRAW_MESSAGE, DossierState, can_move, status_label
from engine.domain.errors import WrongState
from engine.domain.identifiers import nfc
from engine.domain.text import Text
from engine.store.connection.database import Tx
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


def withdraw_dossier(tx: Tx, office: Office, cmd: WithdrawDossier) -> None:
    """Withdraw. Before acceptance the dossier is closed at once, later an official records it first."""
    step = own_step(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    reason = nfc(cmd.reason).strip()[:2000]
    if step.state is DossierState.DRAFT:
        _discard(step)
        return
    if step.state in (DossierState.WITHDRAWN, DossierState.WITHDRAWAL_ASKED):
        return  # a double click
    if not can_move(step.status, WITHDRAWING):
        raise WrongState(_too_late(step))
    step.happened("withdrawal.asked", {"reason": reason}, public=True)
    move_status(step, WITHDRAWING)
    _tell_the_process(step, reason)
    step.keep()


def _tell_the_process(step: Step, reason: str) -> None:
    movement = run_process(step, MessageReceived(WITHDRAW_MESSAGE, {"withdrawal_reason": reason}, step.at))
    if movement.caught:
        return
    if any(info.event == "message" for info in step.spec.elements.values()):
        raise WrongState(SIGNED)  # the diagram listens, but no longer
    run_process(step, Cancelled(reason, step.at))  # the diagram knows no withdrawal: the law does
    move_status(step, STOPPED)


def _discard(step: Step) -> None:
    step.set(state=DossierState.WITHDRAWN.value, finished_at=step.at)
    step.happened("draft.discarded")
    step.keep()


def _too_late(step: Step) -> Text:
    label = status_label(step.status)
    if step.state in FINAL_STATES or step.status >= 9:
        return Text(
            f"Hồ sơ đã ở trạng thái “{label.vi}” nên không thể rút.",
            f'The dossier is already "{label.en}" and cannot be withdrawn.',
        )
    return Text(
        f"Chưa thể rút hồ sơ khi đang ở trạng thái “{label.vi}”. Hãy liên hệ Bộ phận Một cửa.",
        f'A dossier cannot be withdrawn while it is "{label.en}". Please ask the one-stop desk.',
    )

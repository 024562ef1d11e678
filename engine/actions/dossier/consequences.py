"""What people outside hear of an event: one table, so that no action has to know who wants to be told.

A consequence gets the work and the event, in the transaction that records it, and leaves rows only: notices, connector
jobs. It is asked once for each event, when the work is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.dossier import DossierState, plain_words
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.texts import installed, office_text
from engine.domain.vocabulary import JobKind
from engine.store.dossiers import usage
from engine.store.history import NewEvent
from rules.money import Money

_LOG = logging.getLogger("motcua.notices")
Consequence = Callable[[DossierWork, NewEvent], None]
S = DossierState
# Not every state: who was just asked something by name needs no second notice.
_WORTH_A_NOTICE: Final = frozenset(
    {S.ACCEPTED, S.PROCESSING, S.WAITING_CITIZEN, S.WAITING_PAYMENT, S.WITHDRAWAL_ASKED, S.WITHDRAWN, S.STOPPED}
)


def follow_up(work: DossierWork) -> None:
    """Let everything follow that hangs on what has happened in this work."""
    for event in tuple(work.happenings):
        for consequence in CONSEQUENCES.get(event.kind, ()):
            consequence(work, event)


def leave_notice(work: DossierWork, event: NewEvent) -> None:
    """Tell the account that filed, in the words of `notice.yaml`."""
    _leave(work, event.kind, office_text(f"notice.{event.kind}", **_facts(work, event)))


def leave_notice_of_state(work: DossierWork, event: NewEvent) -> None:
    """The same for a state the citizen should know of."""
    state = DossierState(event.data["to"])
    if state in _WORTH_A_NOTICE:
        _leave(work, f"state.{state}", plain_words(state))


def leave_notice_of_delivery(work: DossierWork, event: NewEvent) -> None:
    """The same for a result that has arrived, by the way it came."""
    way = event.data["method"] if f"notice.{event.kind}.{event.data['method']}" in installed() else "online"
    _leave(work, event.kind, office_text(f"notice.{event.kind}.{way}", **_facts(work, event)))


def send_sms(work: DossierWork, event: NewEvent) -> None:
    """Send a short message in the words of `sms.yaml`, if the applicant stated a telephone; once for each kind."""
    phone = work.dossier["applicant"].get("phone")
    if phone and _may_send(work, phone):
        text = office_text(f"sms.{event.kind}", **_facts(work, event))
        work.new_jobs.append(
            {
                "kind": JobKind.SMS_SEND,
                "key": f"{work.id}:{event.kind}",
                "payload": {"to": phone, "text": text.vi},
                "dossier_id": work.id,
                "instance_id": None,
                "token": None,
            }
        )


def _may_send(work: DossierWork, phone: str) -> bool:
    """Whether a day's messages to this number and of this account are not used up; the notice stands in any case."""
    quotas, person_id = work.office.settings.quotas, work.dossier["person_id"]
    sent = usage.sms_ordered(work.tx, phone, person_id, work.at - timedelta(days=1))
    if sent.to_number < quotas.sms_per_number and (person_id is None or sent.of_account < quotas.sms_per_account):
        return True
    _LOG.warning("dossier %s: the day's short messages are used up; the notice stands on the portal", work.id)
    return False


def _facts(work: DossierWork, event: NewEvent) -> dict[str, object]:
    """What the texts may be filled with; a text takes what it wants."""
    amount = Money(event.data.get("amount_vnd", 0))
    return {
        "code": work.code,
        "reason": event.data.get("reason", ""),
        "until": f"{date.fromisoformat(event.data['answer_by']):%d/%m/%Y}" if "answer_by" in event.data else "",
        "amount": Text(amount.format(), amount.format("en")),
    }


def _leave(work: DossierWork, kind: str, text: Text) -> None:
    """A dossier from the counter has no account: its notice stands on its page only."""
    work.new_notices.append(
        {
            "dossier_id": work.id,
            "person_id": work.dossier["person_id"],
            "kind": str(kind),
            "text_vi": text.vi,
            "text_en": text.en,
        }
    )


CONSEQUENCES: Final[Mapping[EventKind, tuple[Consequence, ...]]] = {
    EventKind.DOSSIER_SUBMITTED: (leave_notice, send_sms),
    EventKind.FEE_LATER: (leave_notice,),
    EventKind.FEE_SET: (leave_notice,),
    EventKind.FEE_WAIVED: (leave_notice,),
    EventKind.RESULT_HELD: (leave_notice, send_sms),
    EventKind.SUPPLEMENT_ASKED: (leave_notice,),
    EventKind.DOSSIER_REFUSED: (leave_notice,),
    EventKind.RESULT_READY: (leave_notice,),
    EventKind.RESULT_DELIVERED: (leave_notice_of_delivery,),
    EventKind.STATE_CHANGED: (leave_notice_of_state,),
}

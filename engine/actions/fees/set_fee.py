"""No amount can be trusted: the dossier is filed all the same, and an official sets its fee by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from engine.actions.dossier import DossierWork
from engine.actions.fees.release_result import release_result
from engine.actions.process import run_process
from engine.domain.clock import local_day
from engine.domain.deadlines import step_due_at
from engine.domain.errors import Invalid
from engine.domain.fee_by_hand import AMOUNTS, ELEMENT, GROUND, HOURS, INCIDENT, NAME, ROLE
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, InstanceState
from engine.store.dossiers import dossiers
from engine.store.process import instances
from engine.workflow.runner import Retried
from rules.errors import RulesError
from rules.fees import Quote, QuoteLine
from rules.fees import Step as QuoteStep
from rules.money import Money

_WAITS_FOR_FACTS: Final = "condition_unknown"  # a gateway that asked for the fee before there was one


def leave_fee_to_official(work: DossierWork, error: RulesError) -> None:
    """Open an incident for those who keep the rules and a task for who sets the fee; nothing is due until then.

    The process must have started. What the citizen stated is filed, and the time limit is not touched.
    """
    instance_id = _instance_id(work)
    work.happened(EventKind.INCIDENT_OPENED, {"element": ELEMENT, "code": INCIDENT})
    work.new_incidents.append(
        {
            "instance_id": instance_id,
            "element_id": ELEMENT,
            "code": INCIDENT,
            "message_vi": error.message_vi,
            "message_en": error.message_en,
        }
    )
    work.new_tasks.append(
        {
            "instance_id": instance_id,
            "dossier_id": work.id,
            "token": ELEMENT,
            "element_id": ELEMENT,
            "name_vi": NAME.vi,
            "name_en": NAME.en,
            "audience": Audience.STAFF,
            "role": ROLE,
            "unit_id": work.dossier["unit_id"],
            "due_at": step_due_at(work.office.calendar, work.at, HOURS),
        }
    )
    work.happened(EventKind.TASK_OPENED, {"element": ELEMENT, "role": ROLE})
    work.happened(EventKind.FEE_LATER)


def set_fee(work: DossierWork, outputs: Mapping[str, Any]) -> None:
    """Freeze what the official worked out, tell the citizen, and let go on what waited for the amount.

    Raises Invalid for a fraction of a đồng. A process that has ended is not touched.
    """
    quote = _quote_of(work, outputs)
    total = quote.total.dong
    dossiers.add_quote(
        work.tx,
        {"dossier_id": work.id, "total_vnd": total, "quote": quote.to_dict(), "schedule_hash": quote.schedule_hash},
    )
    work.happened(EventKind.FEE_SET, {"amount_vnd": total, "reason": str(outputs[GROUND])})
    if work.instance is not None and work.instance["state"] == InstanceState.RUNNING:
        work.move(variables={**work.variables, "fee_vnd": total})
        _go_on(work)
    release_result(work)


def _go_on(work: DossierWork) -> None:
    """Ask again the gateways that could not choose their way without the amount."""
    for incident in instances.open_incidents(work.tx, _instance_id(work)):
        if incident["code"] == _WAITS_FOR_FACTS and incident["token"]:
            run_process(work, Retried(incident["token"], work.at))
            instances.close_incidents(work.tx, _instance_id(work), [incident["token"]])
            work.happened(EventKind.INCIDENT_RESOLVED, {"code": incident["code"], "how": "retry"})


def _quote_of(work: DossierWork, outputs: Mapping[str, Any]) -> Quote:
    wrong = {name: _WHOLE for name, _, _ in AMOUNTS if outputs.get(name, 0) != int(outputs.get(name, 0))}
    if wrong:
        raise Invalid(wrong)
    ground = str(outputs[GROUND])
    lines = tuple(
        _line(name, kind, words, Money(int(outputs[name])), ground)
        for name, kind, words in AMOUNTS
        if outputs.get(name)
    )
    total = Money.sum(line.after for line in lines)
    on = local_day(work.dossier["submitted_at"] or work.at)
    said = Text(
        f"Tổng số tiền phải nộp: {total.format()} ({total.in_words()}), do cơ quan ấn định. Căn cứ: {ground}",
        f"Total to pay: {total.format('en')} ({total.in_words('en')}), set by the office. Ground: {ground}",
    )
    return Quote(work.procedure.code, total, lines, work.office.fees.hash, on, (said,))


def _line(name: str, kind: str, words: Text, amount: Money, ground: str) -> QuoteLine:
    said = Text(
        f"Cơ quan ấn định {amount.format()}. Căn cứ: {ground}",
        f"The office set {amount.format('en')}. Ground: {ground}",
    )
    due = Decimal(amount.dong)
    return QuoteLine(
        item_code=f"by_hand.{name.removesuffix('_vnd')}",
        name=words,
        kind=kind,
        authority="",
        quantity=1,
        before=amount,
        after=amount,
        steps=(QuoteStep("by_hand", "by_hand", due, due, (), said),),
        sample=False,
    )


_WHOLE: Final = Text("Số tiền phải là số đồng nguyên.", "The amount must be whole đồng.")


def _instance_id(work: DossierWork) -> str:
    if work.instance is None:
        raise RuntimeError("the process has not started")
    return str(work.instance["id"])

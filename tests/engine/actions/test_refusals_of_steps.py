"""Steps of others, of another time and of another state are refused, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories.left_behind import refuses
from factories.office_life import ISSUED, OWNER, OfficeLife

from engine.actions import filing
from engine.actions.tasks import ClaimTask, CompleteTask, ReleaseTask, claim_task, complete_task, release_task
from engine.domain.errors import Conflict, Forbidden, Invalid, MotcuaError, NotFound, WrongState

Prepared = Callable[[OfficeLife], Callable[[], Any]]
OTHER = {"name": "Trần Thị Bình", "number": "038303000456", "phone": "+84912345999"}


def held_by_a_colleague(life: OfficeLife, act: str) -> Callable[[], Any]:
    task = life.open_task(life.sent(life.citizen()))["id"]
    life.do(claim_task, ClaimTask(life.second("reception"), task))
    me = life.officials["reception"]
    return {
        "complete": lambda: life.do(complete_task, CompleteTask(me, task, {"decision": "accept"})),
        "claim": lambda: life.do(claim_task, ClaimTask(me, task)),
        "release": lambda: life.do(release_task, ReleaseTask(me, task)),
    }[act]


def stale(life: OfficeLife) -> Callable[[], Any]:
    dossier_id = life.sent(life.citizen())
    task, version = life.open_task(dossier_id), life.instance(dossier_id)["version"]
    life.do(claim_task, ClaimTask(life.officials["reception"], task["id"]))
    command = CompleteTask(life.officials["reception"], task["id"], {"decision": "accept"}, version + 1)
    return lambda: life.do(complete_task, command)


def done_already(life: OfficeLife) -> Callable[[], Any]:
    dossier_id = life.sent(life.citizen())
    task = life.open_task(dossier_id)["id"]
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    return lambda: life.do(complete_task, CompleteTask(life.officials["reception"], task, {"decision": "accept"}))


def of_a_citizen(life: OfficeLife, stand: str, act: Callable[[Any, str], tuple[Any, Any]]) -> Callable[[], Any]:
    """An act of the citizen, or of somebody else, while the dossier stands there."""
    citizen = life.citizen()
    dossier_id = {
        "draft": lambda: life.draft(citizen),
        "sent": lambda: life.sent(citizen),
        "to confirm": lambda: life.to_confirmation(citizen),
    }[stand]()
    action, command = act(citizen, dossier_id)
    return lambda: life.do(action, command)


def confirm(answer: str, note: str = "") -> Callable[[Any, str], tuple[Any, Any]]:
    return lambda citizen, one: (filing.confirm_draft, filing.ConfirmDraft(citizen, one, answer, note))


def answer(note: str = "Đã bổ sung.", **fields: str) -> Callable[[Any, str], tuple[Any, Any]]:
    return lambda citizen, one: (filing.answer_supplement, filing.AnswerSupplement(citizen, one, note, fields))


def signed(life: OfficeLife) -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, dossier_id, "agree"))
    life.complete(dossier_id, *ISSUED[3])
    return lambda: life.do(filing.withdraw_dossier, filing.WithdrawDossier(citizen, dossier_id, "Không cần nữa"))


def somebody_elses(life: OfficeLife, act: Callable[[Any, str], tuple[Any, Any]]) -> Callable[[], Any]:
    dossier_id = life.draft(life.citizen())
    action, command = act(life.citizen(**OTHER), dossier_id)
    return lambda: life.do(action, command)


def save(step: str) -> Callable[[Any, str], tuple[Any, Any]]:
    return lambda citizen, one: (filing.save_draft, filing.SaveDraft(citizen, one, step, OWNER))


def withdraw(citizen: Any, one: str) -> tuple[Any, Any]:
    return filing.withdraw_dossier, filing.WithdrawDossier(citizen, one, "Không cần nữa")


REFUSED: dict[str, tuple[type[MotcuaError] | tuple[type[MotcuaError], ...], Prepared]] = {
    "completed while a colleague holds it": ((Conflict, Forbidden), lambda life: held_by_a_colleague(life, "complete")),
    "taken from a colleague": ((Conflict, Forbidden), lambda life: held_by_a_colleague(life, "claim")),
    "given back for a colleague": ((Conflict, Forbidden), lambda life: held_by_a_colleague(life, "release")),
    "completed on an old page": (Conflict, stale),
    "completed twice": ((Conflict, WrongState), done_already),
    "agreed where nothing is asked": (WrongState, lambda life: of_a_citizen(life, "sent", confirm("agree"))),
    "neither agreed nor corrected": (Invalid, lambda life: of_a_citizen(life, "to confirm", confirm("perhaps"))),
    "corrected without a word": (Invalid, lambda life: of_a_citizen(life, "to confirm", confirm("correct", " "))),
    "answered where nothing is asked": (WrongState, lambda life: of_a_citizen(life, "sent", answer())),
    "typed after it was sent": (WrongState, lambda life: of_a_citizen(life, "sent", save("owner"))),
    "withdrawn after the signature": (WrongState, signed),
    "somebody else's draft typed into": (NotFound, lambda life: somebody_elses(life, save("owner"))),
    "somebody else's draft withdrawn": (NotFound, lambda life: somebody_elses(life, withdraw)),
    "somebody else's draft answered": (NotFound, lambda life: somebody_elses(life, answer())),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_written(life: OfficeLife, name: str) -> None:
    error, prepare = REFUSED[name]
    refuses(life.platform, error, prepare(life))

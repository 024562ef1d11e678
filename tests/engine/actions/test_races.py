"""Two at once: one wins, the other gets a sentence; a crash between two steps loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from factories.office_life import ISSUED, OfficeLife, identity_of

from connectors.port import Done
from engine.actions.accounts import SignIn, sign_in
from engine.actions.filing import (
    ConfirmDraft,
    SubmitDossier,
    WithdrawDossier,
    confirm_draft,
    submit_dossier,
    withdraw_dossier,
)
from engine.actions.process import FinishConnectorJob, FireTimer, finish_connector_job, fire_timer
from engine.actions.tasks import ClaimTask, CompleteTask, claim_task, complete_task
from engine.bootstrap import build
from engine.domain.errors import Conflict, MotcuaError, WrongState
from engine.store.dossiers import documents
from engine.store.history import events
from engine.store.process import jobs, timers


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; an error for the person is an answer too."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except MotcuaError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_officials_claim_one_task(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    task_id = life.open_task(dossier_id)["id"]
    first, second = life.officials["reception"], life.second("reception")
    answers = at_once(
        lambda: life.do(claim_task, ClaimTask(first, task_id)),
        lambda: life.do(claim_task, ClaimTask(second, task_id)),
    )
    (lost,) = [answer for answer in answers if answer is not None]
    assert isinstance(lost, Conflict)
    winner = first if life.open_task(dossier_id)["assignee_id"] == first.id else second
    assert winner.name in lost.message.vi
    assert winner.name in lost.message.en


def test_a_double_click_sends_once(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    command = SubmitDossier(citizen, dossier_id, "one-key", confirmed=True)
    answers = at_once(*[lambda: life.do(submit_dossier, command)] * 4)
    assert len({answer.code for answer in answers}) == 1
    assert sorted(answer.first_time for answer in answers) == [False, False, False, True]
    assert len([one for one in life.see(jobs.of_dossier, dossier_id) if one["kind"] == "sms.send"]) == 1
    assert life.open_task(dossier_id)["element_id"] == "check_dossier"


def test_a_task_is_completed_once(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    task_id = life.open_task(dossier_id)["id"]
    command = CompleteTask(life.officials["reception"], task_id, {"decision": "accept"})
    answers = at_once(*[lambda: life.do(complete_task, command)] * 3)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 2, answers
    kinds = [paper["kind"] for paper in life.see(documents.of_dossier, dossier_id)]
    assert kinds == ["acknowledgement_slip"]


def test_answer_and_timer_at_the_same_moment(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.platform.clock.advance(days=1, minutes=1)
    (timer_id,) = life.see(timers.due, 10)
    answers = at_once(
        lambda: life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree")),
        lambda: life.do(fire_timer, FireTimer(timer_id)),
    )
    assert all(answer is None or isinstance(answer, WrongState) for answer in answers)
    assert life.open_task(dossier_id)["element_id"] == "sign"


def test_withdrawal_and_acceptance_at_the_same_moment(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    task_id = life.open_task(dossier_id)["id"]
    accept = CompleteTask(life.officials["reception"], task_id, {"decision": "accept"})
    at_once(
        lambda: life.do(withdraw_dossier, WithdrawDossier(citizen, dossier_id, "Không cần nữa")),
        lambda: life.do(complete_task, accept),
    )
    assert life.dossier(dossier_id)["status"] in (7, 8)
    assert life.see(lambda tx: list(events.broken_links(tx, dossier_id))) == []


def test_dossiers_of_many_people_get_different_codes(life: OfficeLife):
    people = [life.citizen(name=f"Người {n}", number=f"03820300{n:04d}") for n in range(4)]
    drafts = [(one, life.draft(one)) for one in people]
    sent = at_once(*[lambda one=one, draft=draft: life.send(one, draft) for one, draft in drafts])
    assert sorted(answer.code[-4:] for answer in sent) == ["0001", "0002", "0003", "0004"]


def test_many_people_sign_in_at_the_same_moment(life: OfficeLife):
    twins = [SignIn(identity_of())] * 3 + [SignIn(identity_of(number=f"03820300{n:04d}")) for n in range(3)]
    answers = at_once(*[lambda one=one: life.do(sign_in, one) for one in twins])
    assert len({answer.account_id for answer in answers}) == 4
    assert life.see(lambda tx: list(events.broken_links(tx, events.OFFICE))) == []


def test_closing_the_server_between_any_two_steps_loses_nothing(life: OfficeLife):
    def restart() -> None:
        life.platform.database.close()
        life.platform = build(life.platform.settings, life.platform.clock)

    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    restart()
    life.send(citizen, dossier_id)
    for element_id, outputs in ISSUED:
        restart()
        if element_id == "confirm_draft":
            life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
        else:
            life.complete(dossier_id, element_id, outputs)
    restart()
    life.pay(dossier_id)
    restart()
    (post,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    for _ in range(2):  # the worker died after recording and another records again
        life.do(finish_connector_job, FinishConnectorJob(post["id"], Done({"tracking_number": "VN1"})))
    assert life.dossier(dossier_id)["state"] == "delivering"
    life.complete(dossier_id, "check_parcel", {})
    assert life.dossier(dossier_id)["status"] == 10
    assert life.see(lambda tx: list(events.broken_links(tx, dossier_id))) == []
    life.platform.database.close()

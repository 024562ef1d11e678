"""What each act of the office leaves in the record: every row, state, event, notice, paper and call, and nothing else.

The rows stand in `left_behind/<story>.txt`, one line each, under the act that wrote them. A change that is meant is
written anew with MOTCUA_TEST_WRITE=1 and read in the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from factories.left_behind import LeftBehind
from factories.office_life import BUSINESS_FORM, BY_POST, EXTRACT_FORM, FOUND, OWNER, PDF, OfficeLife, party
from recorded.under_way import APPRAISED

from connectors.port import Done, Refused
from engine.actions import accounts, filing, portal, records
from engine.actions.fees import CollectFee, VoidPayment, WaiveFee, collect_fee, void_payment, waive_fee
from engine.actions.process import (
    FinishConnectorJob,
    FireTimer,
    ReceiveMessage,
    ResolveIncident,
    finish_connector_job,
    fire_timer,
    receive_message,
    resolve_incident,
)
from engine.actions.tasks import (
    ClaimTask,
    ReassignTask,
    ReleaseTask,
    SaveTaskDraft,
    claim_task,
    reassign_task,
    release_task,
    save_task_draft,
)
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text
from engine.store.dossiers import dossiers
from engine.store.process import instances, jobs, timers

KEPT = Path(__file__).parent / "left_behind"
Act = tuple[str, Callable[[], Any]]
Story = Callable[[OfficeLife], Iterator[Act]]
NOTE = "Đã đối chiếu bản chính."


def told(life: OfficeLife, story: Story) -> str:
    """The story act by act, with the rows each leaves; between two acts a minute passes."""
    left = LeftBehind(life.platform)
    lines: list[str] = []
    for name, act in story(life):
        life.platform.clock.advance(minutes=1)
        lines += [f"## {name}", *left.of(act)]
    return "\n".join(lines) + "\n"


def step(life: OfficeLife, dossier_id: Callable[[], str], element_id: str, **outputs: str) -> Act:
    return f"{element_id} {outputs}", lambda: life.complete(dossier_id(), element_id, outputs)


class Filed:
    """The dossier of a story, once it is there."""

    id = ""

    def __call__(self) -> str:
        return self.id


def filed(life: OfficeLife, citizen: Actor, one: Filed, **draft: Any) -> Act:
    def act() -> None:
        one.id = life.sent(citizen, **draft)

    return "a dossier is sent", act


def job_of(life: OfficeLife, dossier_id: str, kind: str) -> Any:
    return next(row for row in life.see(jobs.of_dossier, dossier_id) if row["kind"] == kind)


def filed_step_by_step(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    do = life.do

    def begin() -> None:
        one.id = do(filing.start_draft, filing.StartDraft(citizen, "2.000635"))

    yield "a draft is begun", begin
    yield (
        "the applicant",
        lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "applicant", party(email="an@mau.vn"))),
    )
    yield (
        "the applicant is the owner",
        lambda: do(filing.copy_applicant_to_owner, filing.CopyApplicantToOwner(citizen, one())),
    )
    yield "somebody else", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "owner", OWNER))
    yield "half of it", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "declaration", {"copies": "x"}))
    yield "all of it", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "declaration", EXTRACT_FORM))
    paper = life.upload()

    def attach() -> None:
        do(filing.attach_file, filing.AttachFile(citizen, one(), "authorisation", paper))

    yield "a paper", attach
    yield "the very same paper", attach

    def take_out() -> None:
        (row,) = life.see(dossiers.files, one())
        do(filing.remove_file, filing.RemoveFile(citizen, one(), row["id"]))

    yield "it is taken out", take_out
    yield "and put in", attach
    yield "by post", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "delivery", BY_POST))
    yield "sent", lambda: life.send(citizen, one())
    yield "sent once more", lambda: life.send(citizen, one())


def an_extract_to_the_counter(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one, delivery={"method": "counter"})
    clerk, task = life.officials["reception"], life.open_task
    yield "claimed", lambda: life.do(claim_task, ClaimTask(clerk, task(one())["id"]))
    words = {"decision": "accept", "note": "Chưa xong"}
    yield "kept", lambda: life.do(save_task_draft, SaveTaskDraft(clerk, task(one())["id"], words))
    yield "given back", lambda: life.do(release_task, ReleaseTask(clerk, task(one())["id"]))
    colleague, head = life.second("reception"), life.officials["unit_head"]
    yield (
        "given to a colleague",
        lambda: life.do(reassign_task, ReassignTask(head, task(one())["id"], colleague.id, "Nghỉ phép")),
    )
    yield "taken away", lambda: life.do(reassign_task, ReassignTask(head, task(one())["id"], None, "Về rồi"))
    yield step(life, one, "check_dossier", decision="accept", note=NOTE)
    yield step(life, one, "search_register", **FOUND)
    answer = filing.ConfirmDraft(citizen, one(), "correct", "Tên đệm là Thị.")
    yield (
        "corrected",
        lambda: life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, one(), answer.answer, answer.note)),
    )
    yield step(life, one, "search_register", **FOUND)
    yield "agreed", lambda: life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, one(), "agree"))
    yield step(life, one, "sign", decision="return", sign_note="Sai số đăng ký.")
    yield step(life, one, "search_register", **FOUND)
    yield "agreed again", lambda: life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, one(), "agree"))
    yield step(life, one, "sign", decision="sign")
    yield step(life, one, "issue", result_number="45/TLKS-BS", sealed="on")
    cashier = life.officials["return_officer"]
    yield "paid by transfer", lambda: life.do(collect_fee, CollectFee(cashier, one(), "transfer", "FT26069123"))
    yield "taken back", lambda: life.do(void_payment, VoidPayment(head, one(), "Ghi nhầm hồ sơ"))
    yield "paid in cash", lambda: life.do(collect_fee, CollectFee(cashier, one(), "cash"))
    yield step(life, one, "hand_over", handed_to="Nguyễn Văn An", identity_checked="on", note="Nhận đủ hai bản.")


def an_extract_by_post(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one)
    yield step(life, one, "check_dossier", decision="accept")
    yield step(life, one, "search_register", **FOUND)

    def silence() -> None:
        (timer,) = [row for row in life.see(lambda tx: timers.of_instance(tx, life.instance(one())["id"]))][:1]
        life.platform.clock.set(timer["due_at"])
        life.do(fire_timer, FireTimer(timer["id"]))

    yield "a day of silence", silence
    yield step(life, one, "sign", decision="sign")
    yield step(life, one, "issue", result_number="46/TLKS-BS", sealed="on")
    head = life.officials["unit_head"]
    yield "waived", lambda: life.do(waive_fee, WaiveFee(head, one(), "Hộ nghèo, Điều 4 TT 281/2016/TT-BTC"))
    post = lambda: job_of(life, one(), "post.deliver")  # noqa: E731 - asked for when it is there
    taken = Done({"tracking_number": "EM123456789VN"})
    yield "the post takes it", lambda: life.do(finish_connector_job, FinishConnectorJob(post()["id"], taken))
    report = lambda status: ReceiveMessage(  # noqa: E731 - as above
        "post", f"n{status}", "parcel_delivered", post()["key"], "EM123456789VN", {"status": status}
    )
    yield "the post has handed it over", lambda: life.do(receive_message, report(3))
    yield "it says so twice", lambda: life.do(receive_message, report(3))


def the_post_refuses(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one)
    for element_id, outputs in (("check_dossier", {"decision": "accept"}), ("search_register", FOUND)):
        yield step(life, one, element_id, **outputs)
    yield "agreed", lambda: life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, one(), "agree"))
    yield step(life, one, "sign", decision="sign")
    yield "paid", lambda: life.pay(one())
    yield step(life, one, "issue", result_number="47/TLKS-BS", sealed="on")
    refused = Refused("address_unknown", "Không có địa chỉ này.", "No such address.")
    post = lambda: job_of(life, one(), "post.deliver")  # noqa: E731 - asked for when it is there
    yield "refused by the post", lambda: life.do(finish_connector_job, FinishConnectorJob(post()["id"], refused))

    def resolve() -> None:
        (row,) = life.see(lambda tx: instances.open_incidents(tx, life.instance(one())["id"]))
        life.do(resolve_incident, ResolveIncident(life.officials["admin"], row["id"], "retry", "Đã sửa địa chỉ"))

    yield "sent once more by an administrator", resolve


def an_extract_refused(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one, delivery={"method": "online"})
    yield step(life, one, "check_dossier", decision="accept")
    refuse = {"finding": "refuse", "reason": "Sổ không có sự kiện này."}
    yield step(life, one, "search_register", **refuse)
    yield step(life, one, "review_refusal", head_decision="return", head_note="Tra sổ năm 1961.")
    yield step(life, one, "search_register", **refuse)
    yield step(life, one, "review_refusal", head_decision="agree")


def refused_at_reception(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one)
    yield step(life, one, "check_dossier", decision="refuse", reason="Không thuộc thẩm quyền.")


def supplemented(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one, delivery={"method": "online"})
    asked = {"reason": "Ảnh chụp bị mờ, không đọc được.", "missing_papers": "authorisation", "missing_fields": "copies"}
    yield step(life, one, "check_dossier", decision="supplement", **asked)

    def put_in() -> None:
        stored = life.upload("Bản mới.pdf", PDF + b"\n% new")
        life.do(filing.attach_file, filing.AttachFile(citizen, one(), "authorisation", stored))

    yield "a new picture", put_in
    answer = ("Đã chụp lại.", {"copies": "3"})
    yield (
        "answered",
        lambda: life.do(filing.answer_supplement, filing.AnswerSupplement(citizen, one(), answer[0], answer[1])),
    )
    yield step(life, one, "check_dossier", decision="accept")


def withdrawn(life: OfficeLife) -> Iterator[Act]:
    citizen = life.citizen()
    for name, steps in (("a draft", -1), ("before acceptance", 0), ("after acceptance", 1)):
        one = Filed()

        def begin(one: Filed = one, steps: int = steps) -> None:
            one.id = life.draft(citizen) if steps < 0 else life.sent(citizen)
            if steps == 1:
                life.complete(one(), "check_dossier", {"decision": "accept"})

        yield name, begin
        yield (
            f"{name}: withdrawn",
            lambda one=one: life.do(filing.withdraw_dossier, filing.WithdrawDossier(citizen, one(), "Không cần nữa")),
        )
    yield step(life, one, "record_withdrawal", withdrawal_note="Đã trả bản chính.", papers_returned="on")


def a_business_at_the_counter(life: OfficeLife) -> Iterator[Act]:
    one = Filed()

    def take_in() -> None:
        command = filing.FileAtCounter(
            life.officials["reception"],
            "1.001612",
            party(),
            None,
            BUSINESS_FORM,
            {"method": "counter"},
            "counter-key",
            (filing.CounterFile("identity", life.upload("CCCD.pdf")),),
        )
        one.id = life.do(filing.file_at_counter, command).dossier_id

    yield "taken in", take_in
    yield step(life, one, "check_dossier", decision="accept")
    yield step(life, one, "collect_fee", fee_method="cash", fee_collected="on")
    yield step(life, one, "appraise", **APPRAISED)
    yield step(life, one, "review", head_decision="return", head_note="Ghi rõ ngành.")
    yield step(life, one, "appraise", **APPRAISED)
    yield step(life, one, "review", head_decision="agree")
    yield step(life, one, "sign", decision="sign")
    yield step(life, one, "issue", result_number="26H8001234", sealed="on")
    yield step(life, one, "hand_over", handed_to="Nguyễn Văn An", identity_checked="on")


def a_business_amended_and_refused(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    online = {"code": "1.001612", "form": BUSINESS_FORM, "delivery": {"method": "online"}, "owner": None}
    yield filed(life, citizen, one, **online)
    yield step(life, one, "check_dossier", decision="accept")
    yield step(life, one, "appraise", finding="amend", reason="Tên bị trùng.")
    yield "answered", lambda: life.answer(one(), "Đổi tên thành An Bình.")
    yield step(life, one, "appraise", finding="refuse", reason="Ngành nghề bị cấm.")
    yield step(life, one, "review", head_decision="agree")
    yield step(life, one, "sign", decision="sign")
    yield step(life, one, "issue", result_number="12/TB", sealed="on")


def officials_and_their_accounts(life: OfficeLife) -> Iterator[Act]:
    do, admin = life.do, life.officials["admin"]
    unit = accounts.AddUnit(admin, "H56.X1", Text("UBND xã Mẫu", "Sample commune"), "commune", "000.00.01.H56", "chi")
    yield "a unit", lambda: do(accounts.add_unit, unit)
    hashed = accounts.hash_password("mat-khau-dau-tien-2026")
    person = accounts.AddStaff(admin, "an.nv", "Nguyễn Văn An", ("reception", "approver"), "H56.X1", hashed, "chi")
    yield "an official", lambda: do(accounts.add_staff, person)

    def sign_in(password: str, **more: Any) -> Any:
        command = accounts.SignInStaff("An.NV", device="Firefox", place="10.0.0.1", **more)
        check = life.see(accounts.begin_staff_sign_in, life.platform.office, command)
        return check if not hasattr(check, "of") else do_sign_in(command, check.of(password))

    def do_sign_in(command: Any, checked: Any) -> Any:
        with life.platform.database.begin() as tx:
            return accounts.sign_in_staff(tx, life.platform.office, command, checked)

    yield "a wrong password", lambda: sign_in("sai")
    yield "the right one", lambda: sign_in("mat-khau-dau-tien-2026")
    yield "locked", lambda: do(accounts.lock_staff, accounts.LockStaff(admin, "an.nv", "Nghỉ việc", "chi"))
    yield "locked out", lambda: sign_in("mat-khau-dau-tien-2026")
    yield "opened", lambda: do(accounts.unlock_staff, accounts.UnlockStaff(admin, "an.nv", "Đi làm lại", "chi"))
    new = accounts.SetStaffPassword(admin, "an.nv", accounts.hash_password("mat-khau-moi-2026"), "Quên", "chi")
    yield "a new password", lambda: do(accounts.set_staff_password, new)
    yield (
        "a second factor",
        lambda: do(accounts.set_second_factor, accounts.SetSecondFactor(admin, "an.nv", True, "chi")),
    )
    yield "asked for the code", lambda: sign_in("mat-khau-moi-2026")
    yield "a wrong code", lambda: sign_in("mat-khau-moi-2026", totp="000000")
    gone = accounts.SetSecondFactor(admin, "an.nv", wanted=False)
    yield "no second factor", lambda: do(accounts.set_second_factor, gone)
    signed: dict[str, Any] = {}
    yield "in", lambda: signed.update(one=sign_in("mat-khau-moi-2026"))
    yield "in elsewhere", lambda: sign_in("mat-khau-moi-2026")
    session = signed["one"]
    me = Actor("staff", session.account_id, session.name, frozenset({"reception"}), life.unit_id)
    yield "English", lambda: do(accounts.choose_language, accounts.ChooseLanguage(me, "en"))
    others = accounts.EndOtherSessions(me, session.session_id)
    yield "the others end", lambda: do(accounts.end_other_sessions, others)
    yield "in once more", lambda: sign_in("mat-khau-moi-2026")
    check = life.see(accounts.begin_password_change, life.platform.office, me)
    changed = accounts.ChangePassword(
        me, session.session_id, check.of("mat-khau-moi-2026"), accounts.hash_password("mat-khau-cua-toi-2026")
    )
    wrong = accounts.ChangePassword(me, session.session_id, check.of("sai"), None)
    yield "a wrong present password", lambda: do(accounts.change_password, wrong)
    yield "changed", lambda: do(accounts.change_password, changed)
    yield "used", lambda: do(accounts.touch_session, accounts.TouchSession(session.session_id))
    yield "out", lambda: do(accounts.sign_out, accounts.SignOut(me, session.session_id))


def citizens_and_the_portal(life: OfficeLife) -> Iterator[Act]:
    citizen, one = life.citizen(), Filed()
    yield filed(life, citizen, one)
    yield "notices read", lambda: life.do(portal.read_notices, portal.ReadNotices(citizen))
    yield "a visit", lambda: life.do(portal.record_visit, portal.RecordVisit())
    yield "another", lambda: life.do(portal.record_visit, portal.RecordVisit())
    yield "English", lambda: life.do(accounts.choose_language, accounts.ChooseLanguage(citizen, "en"))
    yield "signed in again", life.citizen
    yield "somebody whose number changed", lambda: life.citizen(phone="+84987654321")


def what_operators_do(life: OfficeLife) -> Iterator[Act]:
    one, citizen, admin = Filed(), life.citizen(), life.officials["admin"]
    yield filed(life, citizen, one)
    code = str(life.dossier(one())["code"])
    yield "held", lambda: life.do(records.hold_dossier, records.HoldDossier(admin, code, "Khiếu nại số 12"))
    yield (
        "let go",
        lambda: life.do(records.hold_dossier, records.HoldDossier(admin, code, "Đã giải quyết", lift=True)),
    )
    yield "looked at", lambda: life.do(records.show_variables, records.ShowVariables(admin, one(), "Kiểm tra lỗi"))
    yield "samples locked", lambda: life.do(accounts.lock_samples, accounts.LockSamples(SYSTEM, "chi"))


STORIES: tuple[Story, ...] = (
    filed_step_by_step,
    an_extract_to_the_counter,
    an_extract_by_post,
    the_post_refuses,
    an_extract_refused,
    refused_at_reception,
    supplemented,
    withdrawn,
    a_business_at_the_counter,
    a_business_amended_and_refused,
    officials_and_their_accounts,
    citizens_and_the_portal,
    what_operators_do,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_an_act_leaves_what_it_left(life: OfficeLife, story: Story) -> None:
    found, kept = told(life, story), KEPT / f"{story.__name__}.txt"
    if os.environ.get("MOTCUA_TEST_WRITE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    assert found.splitlines() == kept.read_text(encoding="utf-8").splitlines()


def test_every_kept_story_is_told() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == {story.__name__ for story in STORIES}

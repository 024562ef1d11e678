"""What officials do with a dossier, and the post."""

from __future__ import annotations

from collections.abc import Iterator

from factories.answers import APPRAISED
from factories.office_life import BUSINESS_FORM, FOUND, OfficeLife, party
from factories.stories.telling import Act, Filed, filed, job_of, step

from connectors.port import Done, Refused
from engine.actions import filing
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
from engine.store.process import instances, timers

NOTE = "Đã đối chiếu bản chính."


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

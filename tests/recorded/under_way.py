"""Dossiers that stand at every place of the two shipped procedures, and the way from there to an end."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from factories.answers import APPRAISED
from factories.office_life import BUSINESS_FORM, FOUND, OfficeLife

from connectors.port import Done
from engine.actions.fees import CollectFee, collect_fee
from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.actions.process import FinishConnectorJob, ReceiveMessage, finish_connector_job, receive_message
from engine.domain.actor import Actor
from engine.domain.errors import MotcuaError
from engine.store.dossiers import documents
from engine.store.process import jobs, tasks

BEGINNING = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
# Element of a diagram → what is decided there when all goes well.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "check_dossier": {"decision": "accept"},
    "search_register": FOUND,
    "appraise": APPRAISED,
    "collect_fee": {"fee_method": "cash", "fee_collected": "on"},
    "review": {"head_decision": "agree"},
    "sign": {"decision": "sign"},
    "issue": {"result_number": "KQ-H56.0000017", "sealed": "on"},
    "hand_over": {"handed_to": "Nguyễn Văn An", "identity_checked": "on"},
}
EXTRACT = ("check_dossier", "search_register", "confirm_draft", "sign", "issue")
BUSINESS = ("check_dossier", "appraise", "review", "sign", "issue")
BUSINESS_DRAFT = {"code": "1.001612", "form": BUSINESS_FORM, "delivery": {"method": "online"}, "owner": None}


def _up_to(steps: tuple[str, ...], count: int, **draft: Any) -> Callable[[OfficeLife, Actor], str]:
    def stand(life: OfficeLife, citizen: Actor) -> str:
        dossier_id = life.sent(citizen, **draft)
        for element_id in steps[:count]:
            step(life, dossier_id, element_id)
        return dossier_id

    return stand


def _asked(life: OfficeLife, citizen: Actor) -> str:
    dossier_id = life.sent(citizen)
    ask = {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation"}
    life.complete(dossier_id, "check_dossier", ask)
    return dossier_id


def _corrected(life: OfficeLife, citizen: Actor) -> str:
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "correct", "Tên đệm là Thị, không phải Thi."))
    return dossier_id


# Name → how the dossier came to stand there. The name is its applicant, so that a later release finds it again.
STANDS: Mapping[str, Callable[[OfficeLife, Actor], str]] = {
    "Sao lục, vừa gửi": _up_to(EXTRACT, 0),
    "Sao lục, chờ bổ sung": _asked,
    "Sao lục, đã tiếp nhận": _up_to(EXTRACT, 1),
    "Sao lục, chờ xác nhận": _up_to(EXTRACT, 2),
    "Sao lục, sửa dự thảo": _corrected,
    "Sao lục, chờ ký": _up_to(EXTRACT, 3),
    "Sao lục, chờ ban hành": _up_to(EXTRACT, 4),
    "Sao lục, đang chuyển phát": _up_to(EXTRACT, 5),
    "Hộ kinh doanh, vừa gửi": _up_to(BUSINESS, 0, **BUSINESS_DRAFT),
    "Hộ kinh doanh, đã tiếp nhận": _up_to(BUSINESS, 1, **BUSINESS_DRAFT),
    "Hộ kinh doanh, đã thẩm định": _up_to(BUSINESS, 2, **BUSINESS_DRAFT),
    "Hộ kinh doanh, chờ ký": _up_to(BUSINESS, 3, **BUSINESS_DRAFT),
    "Hộ kinh doanh, chờ ban hành": _up_to(BUSINESS, 4, **BUSINESS_DRAFT),
}


def fill(life: OfficeLife) -> None:
    """Bring one dossier to each stand, each of a citizen of that name."""
    for number, (name, stand) in enumerate(STANDS.items()):
        stand(life, life.citizen(name=name, number=f"0382030001{number:02d}", phone=f"+849123456{number:02d}"))


def step(life: OfficeLife, dossier_id: str, element_id: str) -> None:
    """One step as it usually goes; the fee is taken as soon as one is due."""
    if element_id == "confirm_draft":
        citizen = Actor("citizen", life.dossier(dossier_id)["person_id"], "Người nộp")
        life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
        return
    life.complete(dossier_id, element_id, ANSWERS[element_id])
    with contextlib.suppress(MotcuaError):  # nothing is due, or it was taken before
        life.do(collect_fee, CollectFee(life.officials["reception"], dossier_id, "cash"))


def finish(life: OfficeLife, dossier_id: str, most: int = 20) -> None:
    """Go on until the process has ended: officials, the citizen and the post do what they usually do."""
    for _ in range(most):
        if str(life.instance(dossier_id)["state"]) != "running":
            return
        for job in life.see(jobs.of_dossier, dossier_id):
            if job["kind"] == "post.deliver" and str(job["state"]) == "pending":
                life.do(finish_connector_job, FinishConnectorJob(job["id"], Done({"tracking_number": "VN123"})))
                report = ReceiveMessage("post", dossier_id, "parcel_delivered", job["key"], "VN123", {"status": 3})
                assert life.do(receive_message, report) == "taken"
        open_tasks = [row for row in life.see(tasks.of_dossier, dossier_id) if str(row["state"]) == "open"]
        if not open_tasks:
            continue
        (row,) = open_tasks
        if row["element_id"] == "supplement":
            life.answer(dossier_id, "Đã bổ sung.")
        else:
            step(life, dossier_id, row["element_id"])
    raise AssertionError(f"dossier {dossier_id} did not come to its end in {most} steps")


def papers(life: OfficeLife, dossier_id: str) -> set[str]:
    return {str(row["kind"]) for row in life.see(documents.of_dossier, dossier_id)}

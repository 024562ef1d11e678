"""The outside world answers, refuses, is away, or leaves us in doubt; the record always says which."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from factories.office_life import ISSUED, OfficeLife
from sqlalchemy import update

from connectors.port import Done, Outcome, Refused, TryLater, Unknown
from connectors.sandboxes import start_all
from connectors.training.config import SandboxConfig
from engine.actions.filing import ConfirmDraft, WithdrawDossier, confirm_draft, withdraw_dossier
from engine.actions.process import FinishConnectorJob, ResolveIncident, finish_connector_job, resolve_incident
from engine.bootstrap import build
from engine.domain.clock import SystemClock
from engine.domain.errors import Forbidden, Invalid, WrongState
from engine.jobs.job_runner import JobRunner
from engine.jobs.timer_runner import TimerRunner
from engine.queries.dossier import dossier_view
from engine.queries.operations import job_board
from engine.settings import Settings
from engine.store.history import events
from engine.store.process import jobs, tasks
from engine.store.schema.work import process_instance


def issued(life: OfficeLife, citizen) -> str:
    """A dossier whose result waits for the post."""
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    for element_id, outputs in ISSUED[3:]:
        life.complete(dossier_id, element_id, outputs)
    life.pay(dossier_id)
    return dossier_id


def post_job(life: OfficeLife, dossier_id: str):
    (job,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    return job


def record(life: OfficeLife, job_id: str, outcome: Outcome) -> None:
    life.do(finish_connector_job, FinishConnectorJob(job_id, outcome))


def incident(life: OfficeLife):
    (one,) = life.see(job_board, life.officials["admin"]).incidents
    return one


def resolve(life: OfficeLife, how: str, reason: str = "Đã hỏi bưu chính.", role: str = "admin") -> None:
    life.do(resolve_incident, ResolveIncident(life.officials[role], incident(life).id, how, reason))


def test_the_whole_way_through_the_sandboxes(database_url: str, tmp_path):
    config = SandboxConfig(tmp_path / "var" / "sandbox", SystemClock().now)
    with start_all(config) as running:
        ports = {
            f"MOTCUA_SANDBOX_{name.upper()}_PORT": str(running.config.port(name))
            for name in ("identity", "sms", "post")
        }
        folders = {"MOTCUA_VAR": str(tmp_path / "var"), "MOTCUA_DATABASE_URL": database_url, "MOTCUA_PRACTICE": "on"}
        platform = build(Settings.from_env({**folders, **ports}), SystemClock())
        life = OfficeLife.founded(platform, ("2.000635",))
        citizen = life.citizen()
        dossier_id = issued(life, citizen)
        JobRunner(platform).work_off(threading.Event())
        row = life.dossier(dossier_id)
        view = life.see(dossier_view, platform.office, citizen, dossier_id)
        platform.close()
    assert (row["status"], row["state"]) == (9, "delivering")  # the post has the letter, and reports later
    assert view.tracking.tracking_number
    assert view.plain.vi == "Kết quả đang được bưu chính công ích chuyển đến địa chỉ của bạn."


def test_away_for_a_while_means_later_and_at_last_a_dead_letter(life: OfficeLife):
    dossier_id = issued(life, life.citizen())
    job = post_job(life, dossier_id)
    record(life, job["id"], TryLater("không kết nối được", after_s=30))
    again = post_job(life, dossier_id)
    assert (again["state"], again["due_at"]) == ("pending", life.platform.clock.now() + timedelta(seconds=30))
    with life.platform.database.begin() as tx:
        jobs.claim(tx, "w", 60, 100)  # counts an attempt once due
    life.platform.clock.advance(minutes=1)
    for _ in range(life.platform.settings.max_attempts):
        with life.platform.database.begin() as tx:
            jobs.claim(tx, "w", 0, 100)
        record(life, job["id"], TryLater("không kết nối được", after_s=0))
    assert post_job(life, dossier_id)["state"] == "failed"
    assert life.dossier(dossier_id)["state"] == "delivering"
    assert "không kết nối được" in post_job(life, dossier_id)["error"]


def test_a_refused_parcel_is_shown_and_tried_again(life: OfficeLife):
    dossier_id = issued(life, life.citizen())
    job = post_job(life, dossier_id)
    record(life, job["id"], Refused("bad_address", "Địa chỉ không rõ.", "Address unclear."))
    assert life.dossier(dossier_id)["status"] == 9
    assert "retry" in incident(life).choices
    with pytest.raises(Forbidden):
        resolve(life, "retry", role="reception")
    with pytest.raises(Invalid):
        resolve(life, "retry", reason="  ")
    resolve(life, "retry")
    assert post_job(life, dossier_id)["state"] == "pending"
    record(life, job["id"], Done({"tracking_number": "VN9"}))
    assert life.open_task(dossier_id)["element_id"] == "check_parcel"


def test_a_refused_parcel_can_be_handed_over_by_hand(life: OfficeLife):
    dossier_id = issued(life, life.citizen())
    record(life, post_job(life, dossier_id)["id"], Refused("bad_address", "Địa chỉ không rõ.", "Address unclear."))
    resolve(life, "done", "Đã gửi tay tại bưu cục.")
    life.complete(dossier_id, "check_parcel", {})
    assert life.dossier(dossier_id)["status"] == 10
    assert life.see(job_board, life.officials["admin"]).incidents == ()


@pytest.mark.parametrize(
    ("how", "following", "state"), [("done", ["check_parcel"], "done"), ("not_done", [], "pending")]
)
def test_in_doubt_a_person_decides_and_nothing_is_resent_blindly(
    life: OfficeLife, how: str, following: list[str], state: str
):
    dossier_id = issued(life, life.citizen())
    record(life, post_job(life, dossier_id)["id"], Unknown("mất phản hồi"))
    assert post_job(life, dossier_id)["state"] == "unknown"
    assert incident(life).choices == ("done", "not_done")
    resolve(life, how)
    opened = life.see(
        lambda tx: [row["element_id"] for row in tasks.of_dossier(tx, dossier_id) if row["state"] == "open"]
    )
    assert (opened, post_job(life, dossier_id)["state"]) == (following, state)


def test_an_incident_is_resolved_once(life: OfficeLife):
    dossier_id = issued(life, life.citizen())
    record(life, post_job(life, dossier_id)["id"], Unknown("mất phản hồi"))
    command = ResolveIncident(life.officials["admin"], incident(life).id, "done", "Đã hỏi.")
    life.do(resolve_incident, command)
    with pytest.raises(WrongState, match="đã được xử lý"):
        life.do(resolve_incident, command)


def test_a_lost_sms_never_holds_up_the_dossier(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    (sms,) = life.see(jobs.of_dossier, dossier_id)
    record(life, sms["id"], Refused("bad_number", "Số không tồn tại.", "No such number."))
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    assert life.dossier(dossier_id)["status"] == 4


def test_an_answer_that_comes_twice_or_after_the_withdrawal_is_only_noted(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    (sms,) = life.see(jobs.of_dossier, dossier_id)
    life.do(withdraw_dossier, WithdrawDossier(citizen, dossier_id, "Không cần nữa"))
    for _ in range(2):
        record(life, sms["id"], Done({"message_id": "late"}))
    assert life.dossier(dossier_id)["state"] == "withdrawn"
    assert [row.kind for row in life.see(events.of_chain, dossier_id)].count("job.done") == 1


def test_a_retry_is_called_a_success_only_when_the_step_ran(life: OfficeLife):
    dossier_id = issued(life, life.citizen())
    record(life, post_job(life, dossier_id)["id"], Refused("bad_address", "Địa chỉ không rõ.", "Address unclear."))
    command = ResolveIncident(life.officials["admin"], incident(life).id, "retry", "Thử lại.")
    assert "Đã xếp lại để gửi" in life.do(resolve_incident, command).vi  # queued is all that is known yet


def test_a_timer_that_broke_is_fired_again_under_the_officials_eyes(life: OfficeLife):
    dossier_id = life.to_confirmation(life.citizen())
    life.platform.clock.advance(days=1, minutes=1)
    mine = process_instance.c.dossier_id == dossier_id
    good = life.instance(dossier_id)["snapshot"]
    with life.platform.database.begin() as tx:
        tx.execute(update(process_instance).where(mine).values(snapshot=b"broken"))
    TimerRunner(life.platform).fire_due(threading.Event())
    assert (incident(life).code, incident(life).choices) == ("timer_failed", ("retry",))
    with pytest.raises(WrongState, match="vẫn chưa chạy được"):
        resolve(life, "retry")
    assert incident(life).code == "timer_failed"  # it is still open: nothing was called a success
    with life.platform.database.begin() as tx:
        tx.execute(update(process_instance).where(mine).values(snapshot=good))
    resolve(life, "retry")
    assert life.open_task(dossier_id)["element_id"] == "sign"
    assert life.see(job_board, life.officials["admin"]).incidents == ()

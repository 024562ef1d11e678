"""Running dossiers go over to another version: nothing of theirs is lost, and what cannot go stays with its reason."""

from __future__ import annotations

import threading

import pytest
from factories.new_version import (
    CODE,
    at_search,
    plan,
    publish,
    publish_second,
    renamed,
    reworded,
    run_view,
    target,
    work_off,
)
from factories.office_life import FOUND, ISSUED, OfficeLife, pack

from connectors.port import Done
from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.actions.migrations import RevertMigration, revert_migration
from engine.actions.process import FinishConnectorJob, finish_connector_job
from engine.actions.tasks import ClaimTask, CompleteTask, SaveTaskDraft, claim_task, complete_task, save_task_draft
from engine.domain.errors import Forbidden, Invalid, MotcuaError, WrongState
from engine.domain.migration import Selection
from engine.queries.dossier import dossier_view
from engine.queries.migrations import Question, forecast, mapping_table, migration_moves, versions_of
from engine.queries.tasks import task_view
from engine.store.dossiers import dossiers
from engine.store.history import events
from engine.store.process import instances, jobs, tasks, timers

NEVER = threading.Event()


def look(life: OfficeLife, mapping: dict[str, str] | None = None, selection: Selection | None = None):
    with life.platform.database.read() as tx:
        asked = Question(CODE, target(life)["id"], mapping or {}, selection or Selection())
        return forecast(tx, life.platform.office, life.officials["admin"], asked)


def fingerprint(life: OfficeLife, dossier_id: str) -> list[object]:
    """Everything about the process but the counters that only go up."""
    with life.platform.database.read() as tx:
        instance = dict(instances.of_dossier(tx, dossier_id))
        instance.pop("version")
        due = [(row["token"], row["element_id"], row["due_at"]) for row in timers.of_instance(tx, instance["id"])]
        return [instance, [dict(row) for row in tasks.of_dossier(tx, dossier_id)], due]


def test_running_dossiers_stay_on_their_version_when_a_new_one_is_published(life: OfficeLife):
    dossier_id = at_search(life, life.citizen())
    before = fingerprint(life, dossier_id)
    publish_second(life)
    assert fingerprint(life, dossier_id) == before
    life.complete(dossier_id, "search_register", FOUND)
    row = life.see(versions_of, life.officials["admin"], CODE)
    assert [(one.number, one.running) for one in row.versions] == [(2, 0), (1, 1)]
    assert row.left_behind == 1


def test_the_dry_run_names_the_step_and_writes_nothing(life: OfficeLife):
    citizen = life.citizen()
    stuck, free = at_search(life, citizen), life.sent(citizen)
    publish_second(life)
    before = fingerprint(life, stuck), fingerprint(life, free)
    found = look(life)
    assert (found.total, found.looked_at, found.movable) == (2, 2, 1)
    (group,) = found.groups.values()
    assert (group.reason.code, group.reason.element_id, group.number) == ("element_gone", "search_register", 1)
    assert "Tra cứu, dự thảo trích lục" in group.reason.message.vi
    assert group.examples == [life.dossier(stuck)["code"]]
    assert look(life, {"search_register": "look_up"}).movable == 2
    assert (fingerprint(life, stuck), fingerprint(life, free)) == before


def test_a_renamed_step_is_proposed_and_a_wrong_mapping_is_refused_in_words(life: OfficeLife):
    at_search(life, life.citizen())
    publish_second(life)
    with life.platform.database.read() as tx:
        table = mapping_table(tx, life.platform.office, life.officials["admin"], CODE, target(life)["id"])
    assert {one.element_id: one.proposed for one in table.pairings}["search_register"] == "look_up"
    for mapping, word in (
        ({"nowhere": "look_up"}, "nowhere"),
        ({"search_register": "nowhere"}, "nowhere"),
        ({"search_register": "sms_draft"}, "khác loại"),
    ):
        with pytest.raises(Invalid) as refused:
            plan(life, mapping=mapping)
        (sentence,) = refused.value.fields.values()
        assert word in sentence.vi


def test_a_claimed_task_with_its_draft_goes_over_and_is_completed_there(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = at_search(life, citizen)
    publish_second(life)
    task, official = life.open_task(dossier_id), life.officials["case_officer"]
    life.do(claim_task, ClaimTask(official, task["id"]))
    life.do(save_task_draft, SaveTaskDraft(official, task["id"], {"extract_name": "Lê Thị B"}))
    filed_under = life.dossier(dossier_id)["procedure_version_id"]
    quote = life.see(dossiers.quote, dossier_id)
    run_id = plan(life, mapping={"search_register": "look_up"})
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"moved": 1}
    moved = life.open_task(dossier_id)
    assert (moved["id"], moved["token"], moved["element_id"]) == (task["id"], task["token"], "look_up")
    assert (moved["assignee_id"], moved["due_at"]) == (official.id, task["due_at"])
    assert life.instance(dossier_id)["procedure_version_id"] == target(life)["id"]
    assert life.dossier(dossier_id)["procedure_version_id"] == filed_under
    assert life.see(dossiers.quote, dossier_id) == quote
    with life.platform.database.read() as tx:
        view = task_view(tx, life.platform.office, official, task["id"])
    assert view.form is not None
    assert view.data["extract_name"] == "Lê Thị B"
    life.do(complete_task, CompleteTask(official, task["id"], FOUND, view.version))
    with life.platform.database.read() as tx:
        told = dossier_view(tx, life.platform.office, citizen, dossier_id).to_confirm
    assert any("Lê Thị Bưởi" in words for _, words in told.fields)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    for element_id, outputs in ISSUED[3:]:
        life.complete(dossier_id, element_id, outputs)
    assert life.dossier(dossier_id)["status"] == 9
    assert life.see(lambda tx: list(events.broken_links(tx, dossier_id))) == []


def test_the_history_says_who_moved_it_why_and_from_where_to_where(life: OfficeLife):
    dossier_id = at_search(life, life.citizen())
    publish_second(life)
    plan(life, mapping={"search_register": "look_up"})
    work_off(life, NEVER)
    (event,) = [one for one in life.see(events.of_chain, dossier_id) if one["kind"] == "process.migrated"]
    assert event["actor_name"] == life.officials["admin"].name
    assert event["data"]["ground"] == "Quyết định 12/QĐ-UBND"
    assert (event["data"]["from"], event["data"]["to"]) == (1, 2)
    assert event["data"]["elements"] == {"search_register": "look_up"}
    assert life.see(lambda tx: list(events.broken_links(tx))) == []


def test_a_running_timer_keeps_its_instant_and_fires_in_the_new_diagram(life: OfficeLife):
    dossier_id = life.to_confirmation(life.citizen())
    files = renamed(pack(life.platform.settings.processes, CODE), "draft_silence", "one_day_over")
    publish(life, files)
    (before,) = life.see(timers.of_instance, life.instance(dossier_id)["id"])
    life.platform.clock.advance(hours=5)
    plan(life, mapping={"draft_silence": "one_day_over"})
    work_off(life, NEVER)
    (after,) = life.see(timers.of_instance, life.instance(dossier_id)["id"])
    assert (after["id"], after["due_at"], after["element_id"]) == (before["id"], before["due_at"], "one_day_over")


def test_a_holder_without_the_new_role_gives_the_task_back_and_gets_it_again_by_a_revert(life: OfficeLife):
    dossier_id = at_search(life, life.citizen())
    lanes = "civil_status_officer: case_officer"
    publish(life, reworded(pack(life.platform.settings.processes, CODE), lanes, "civil_status_officer: unit_head"))
    task = life.open_task(dossier_id)
    life.do(claim_task, ClaimTask(life.officials["case_officer"], task["id"]))
    run_id = plan(life)
    work_off(life, NEVER)
    assert (life.open_task(dossier_id)["role"], life.open_task(dossier_id)["assignee_id"]) == ("unit_head", None)
    life.do(revert_migration, RevertMigration(life.officials["admin"], run_id, "Thu hồi"))
    work_off(life, NEVER)
    back = life.open_task(dossier_id)
    assert (back["role"], back["assignee_id"]) == ("case_officer", life.officials["case_officer"].id)


def test_revert_gives_back_the_very_snapshot_tasks_and_timers(life: OfficeLife):
    citizen = life.citizen()
    ids = [at_search(life, citizen), life.to_confirmation(citizen), life.sent(citizen)]
    gone = pack(life.platform.settings.processes, CODE)
    publish(life, renamed(renamed(gone, "search_register", "look_up"), "draft_silence", "one_day_over"))
    before = [fingerprint(life, one) for one in ids]
    run_id = plan(life, mapping={"search_register": "look_up"})
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"moved": 3}
    (timer,) = life.see(timers.of_instance, life.instance(ids[1])["id"])
    assert timer["element_id"] == "one_day_over"  # the unmapped one no longer waits, the new one has begun
    life.do(revert_migration, RevertMigration(life.officials["admin"], run_id, "Sơ đồ mới sai"))
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"reverted": 3}
    assert [fingerprint(life, one) for one in ids] == before
    kinds = [one["kind"] for one in life.see(events.of_chain, ids[0])]
    assert kinds[-2:] == ["process.migrated", "process.migration_reverted"]


def test_what_has_gone_on_since_is_not_reverted_and_says_so(life: OfficeLife):
    citizen = life.citizen()
    gone_on, still = life.sent(citizen), life.sent(citizen)
    publish_second(life)
    run_id = plan(life)
    work_off(life, NEVER)
    life.complete(gone_on, "check_dossier", {"decision": "accept"})
    life.do(revert_migration, RevertMigration(life.officials["admin"], run_id, "Thử lại"))
    work_off(life, NEVER)
    view = run_view(life, run_id)
    assert (view.state, view.counts) == ("done", {"moved": 1, "reverted": 1})
    page, _ = life.see(migration_moves, life.officials["admin"], run_id, "moved")
    assert [row.dossier_id for row in page] == [gone_on]
    assert "đã đi tiếp" in page[0].reasons[0].vi
    assert life.open_task(still)["name_vi"] == "Kiểm tra hồ sơ"


def test_a_dossier_that_ended_or_moved_meanwhile_is_left_alone(life: OfficeLife):
    citizen = life.citizen()
    over = life.sent(citizen)
    publish_second(life)
    run_id = plan(life)
    life.complete(over, "check_dossier", {"decision": "refuse", "reason": "Không thuộc thẩm quyền"})
    work_off(life, NEVER)
    view = run_view(life, run_id)
    assert view.counts == {"refused": 1}
    assert view.reasons[0].code == "ended"
    with pytest.raises(WrongState):
        life.do(revert_migration, RevertMigration(life.officials["admin"], run_id, "không có gì"))


def test_calls_under_way_keep_their_key_and_are_answered_in_the_new_diagram(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    for element_id, outputs in ISSUED[3:]:
        life.complete(dossier_id, element_id, outputs)
    publish(life, renamed(pack(life.platform.settings.processes, CODE), "send_by_post", "give_to_post"))
    (before,) = [one for one in life.see(jobs.of_dossier, dossier_id) if one["kind"] == "post.deliver"]
    run_id = plan(life, mapping={"send_by_post": "give_to_post"})
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"moved": 1}
    (after,) = [one for one in life.see(jobs.of_dossier, dossier_id) if one["kind"] == "post.deliver"]
    assert dict(after) == dict(before)
    life.do(finish_connector_job, FinishConnectorJob(after["id"], Done({"tracking_number": "VN1"})))
    assert life.open_task(dossier_id)["element_id"] == "check_parcel"


def test_only_an_administrator_migrates_and_never_without_a_ground(life: OfficeLife):
    life.sent(life.citizen())
    publish_second(life)
    for role in ("reception", "unit_head", "approver"):
        with pytest.raises(Forbidden):
            plan(life, actor=life.officials[role])
    for wrong in ({"ground": " "}, {"canary": -1}, {"criterion": "guess"}, {"watch_minutes": 10**9}, {"target": 99}):
        with pytest.raises(MotcuaError):
            plan(life, **wrong)
    with pytest.raises(Invalid):
        plan(life, target=1)  # all are there already

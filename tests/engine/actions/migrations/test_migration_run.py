"""A migration run: which dossiers, the first ones, the stated criterion, stop and go on."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from factories.new_version import CODE, at_search, plan, publish_second, run_view, target, work_off
from factories.office_life import OfficeLife

from engine.actions.migrations import ContinueMigration, StopMigration, continue_migration, stop_migration
from engine.domain.errors import Conflict
from engine.domain.migration import Selection
from engine.queries.migrations import Question, forecast, migration_moves
from engine.store.process import instances

NEVER = threading.Event()


def test_only_the_dossiers_chosen_are_moved(life: OfficeLife):
    citizen = life.citizen()
    first = life.sent(citizen)
    life.platform.clock.advance(days=2)
    second, third = life.sent(citizen), at_search(life, citizen)
    publish_second(life)
    code = life.dossier(second)["code"]
    day = life.dossier(first)["submitted_at"].date()
    for selection, expected in (
        (Selection(codes=(code,)), {second}),
        (Selection(element="search_register"), {third}),
        (Selection(until_on=day), {first}),
        (Selection(from_on=day + timedelta(days=1)), {second, third}),
        (Selection(unit_id="nowhere"), set()),
    ):
        with life.platform.database.read() as tx:
            asked = Question(CODE, target(life)["id"], {}, selection)
            found = forecast(tx, life.platform.office, life.officials["admin"], asked)
        assert found.looked_at == len(expected)
    run_id = plan(life, selection=Selection(codes=(code,)))
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"moved": 1}
    assert life.open_task(second)["name_vi"] == "Soát hồ sơ"
    assert life.open_task(first)["name_vi"] == "Kiểm tra hồ sơ"


def test_the_first_ones_move_and_a_person_decides(life: OfficeLife):
    citizen = life.citizen()
    ids = [life.sent(citizen) for _ in range(4)]
    publish_second(life)
    run_id = plan(life, canary=2)
    work_off(life, NEVER)
    view = run_view(life, run_id)
    assert (view.state, view.counts, view.can) == (
        "waiting",
        {"moved": 2, "planned": 2},
        {"continue", "stop", "revert"},
    )
    names = [life.open_task(one)["name_vi"] for one in ids]
    assert sorted(names) == ["Kiểm tra hồ sơ"] * 2 + ["Soát hồ sơ"] * 2
    life.do(continue_migration, ContinueMigration(life.officials["admin"], run_id))
    work_off(life, NEVER)
    assert (run_view(life, run_id).state, run_view(life, run_id).counts) == ("done", {"moved": 4})


@pytest.mark.parametrize(
    ("criterion", "good", "refused", "incident"),
    [("all_moved", "done", "waiting", "waiting"), ("no_incident", "done", "done", "waiting")],
)
def test_the_stated_criterion_lets_the_rest_follow_or_not(life: OfficeLife, criterion, good, refused, incident):
    citizen = life.citizen()
    stuck = at_search(life, citizen)
    life.platform.clock.advance(seconds=1)  # the oldest goes first
    codes = [life.dossier(life.sent(citizen))["code"] for _ in range(7)]
    publish_second(life)
    run_id = plan(life, selection=Selection(codes=tuple(codes[:3])), canary=2, criterion=criterion)
    work_off(life, NEVER)
    assert run_view(life, run_id).state == good
    mixed = Selection(codes=(life.dossier(stuck)["code"], *codes[3:5]))
    run_id = plan(life, selection=mixed, canary=2, criterion=criterion)
    work_off(life, NEVER)
    assert run_view(life, run_id).state == refused
    if refused == "waiting":
        life.do(stop_migration, StopMigration(life.officials["admin"], run_id, "đủ rồi"))
    left = Selection(codes=tuple(codes[5:]))
    run_id = plan(life, selection=left, canary=1, criterion=criterion, watch_minutes=30)
    work_off(life, NEVER)
    assert run_view(life, run_id).state == "watching"
    first = next(row for row in life.see(migration_moves, life.officials["admin"], run_id)[0] if row.canary)
    with life.platform.database.begin() as tx:
        row = {"instance_id": first.instance_id, "code": "x", "message_vi": "Mẫu", "message_en": "Sample"}
        instances.add_incident(tx, {**row, "element_id": "check_dossier", "token": "t1"})
    life.platform.clock.advance(minutes=31)
    work_off(life, NEVER)
    assert run_view(life, run_id).state == incident
    assert "1 sự cố" in run_view(life, run_id).note.vi


def test_a_stopped_run_moves_nobody_and_can_go_on(life: OfficeLife):
    citizen = life.citizen()
    for _ in range(3):
        life.sent(citizen)
    publish_second(life)
    run_id = plan(life)
    life.do(stop_migration, StopMigration(life.officials["admin"], run_id, "Có thắc mắc"))
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"planned": 3}
    with pytest.raises(Conflict):
        life.do(stop_migration, StopMigration(life.officials["admin"], run_id, "lần nữa"))
    life.do(continue_migration, ContinueMigration(life.officials["admin"], run_id))
    work_off(life, NEVER)
    assert run_view(life, run_id).counts == {"moved": 3}

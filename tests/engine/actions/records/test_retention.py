"""Retention removes what the procedure's rule lets go, and nothing else; the history still holds afterwards."""

from __future__ import annotations

import json
import threading
from datetime import date
from itertools import count

import pytest
import yaml
from factories.office_life import OWNER, OfficeLife, pack
from sqlalchemy import func, select
from sqlalchemy.event import listen

from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.process import ReceiveMessage, receive_message
from engine.actions.records import ClearDossiers, HoldDossier, clear_dossiers, hold_dossier
from engine.domain.actor import SYSTEM
from engine.domain.procedures import KINDS
from engine.jobs.housekeeping import Housekeeper
from engine.queries.dossier import dossier_view, instance_view
from engine.store.history import events
from engine.store.schema import metadata
from engine.store.schema.work import event, inbound_message

CODE = "2.000635"
RULE = {"keep_months": {"notices": 12, "files": 24, "content": 36}, "source": "sample", "valid_from": date(2026, 1, 1)}
# Words only the citizen's own data hold; a removed kind must leave none of them anywhere.
CANARIES = ("Bưởi", "buoi", "038160000123", "038203000123", "0912 345", "84912345678", "Hoằng Hóa", "Nguyễn Văn An")


def publish(life: OfficeLife, *rules: dict) -> None:
    files = pack(life.platform.settings.processes, CODE)
    data = yaml.safe_load(files["procedure.yaml"]) | {"retention": list(rules)}
    files["procedure.yaml"] = yaml.safe_dump(data, allow_unicode=True)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files, date(2026, 1, 2)))


@pytest.fixture
def life(platform) -> OfficeLife:
    return OfficeLife.founded(platform, (CODE,))


@pytest.fixture
def delivered(life: OfficeLife) -> str:
    """A dossier from the first click to the end, with everything that can lie in it."""
    dossier_id = life.handed_over(life.citizen())
    assert life.dossier(dossier_id)["state"] == "delivered"
    return dossier_id


def clear(life: OfficeLife, *kinds: str) -> dict[str, int]:
    return {kind: life.do(clear_dossiers, ClearDossiers(SYSTEM, CODE, kind)).get("dossier", 0) for kind in kinds}


def everything(life: OfficeLife, dossier_id: str) -> str:
    """All that the record knows of a dossier, as one text."""
    found = []
    with life.platform.database.read() as tx:
        for table in metadata.sorted_tables:
            if table.name in ("person", "staff", "unit", "procedure_version", "session"):
                continue
            column = next((table.c[name] for name in ("dossier_id", "chain") if name in table.c), None)
            if column is None and table.name == "dossier":
                column = table.c.id
            if column is not None:
                found += [dict(row) for row in tx.execute(select(table).where(column == dossier_id)).mappings()]
    return json.dumps(found, ensure_ascii=False, default=str)


def test_without_a_rule_everything_stays(life, delivered, clock):
    clock.advance(days=36500)
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 0)


def test_each_kind_goes_when_its_time_has_come(life, delivered, clock):
    publish(life, RULE)
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 0)
    for days, gone in ((370, "notices"), (366, "files"), (366, "content")):
        clock.advance(days=days)
        assert clear(life, *KINDS) == {kind: int(kind == gone) for kind in KINDS}
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 0)


def test_nothing_personal_is_left_and_the_facts_are(life, delivered, clock):
    before = life.dossier(delivered)
    publish(life, {**RULE, "keep_months": dict.fromkeys(KINDS, 12)})
    assert all(canary in everything(life, delivered) for canary in CANARIES[2:4])
    clock.advance(days=370)
    Housekeeper(life.platform).tidy(threading.Event())
    left = everything(life, delivered)
    assert [canary for canary in CANARIES if canary in left] == []
    after = life.dossier(delivered)
    facts = ("code", "state", "status", "channel", "created_at", "submitted_at", "accepted_at", "due_at", "finished_at")
    assert [after[name] for name in facts] == [before[name] for name in facts]
    assert list(life.platform.registry.storage.keys("uploads")) == []
    with life.platform.database.read() as tx:
        assert list(events.broken_links(tx)) == []
        office = events.of_chain(tx, events.OFFICE)
        chain = events.of_chain(tx, delivered)
    ran = [row["data"] for row in office if row["kind"] == "retention.ran"]
    assert [(line["kind"], line["dossiers"], line["source"]) for line in ran] == [(kind, 1, "sample") for kind in KINDS]
    assert {row["kind"] for row in chain} >= {"dossier.submitted", "dossier.accepted", "result.delivered"}
    assert any(row["actor_name"] == life.officials["approver"].name for row in chain)  # an official act keeps its name


def test_the_pages_of_a_cleared_dossier_still_open(life, delivered, clock):
    publish(life, {**RULE, "keep_months": dict.fromkeys(KINDS, 12)})
    clock.advance(days=370)
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 1)
    official = life.officials["case_officer"]
    view = life.see(dossier_view, life.platform.office, official, delivered)
    assert view.code
    assert any("lưu trữ" in entry.text.vi for entry in view.timeline)
    assert life.see(instance_view, life.platform.office, official, delivered).dossier_code == view.code


def test_a_held_dossier_stays_until_the_hold_is_lifted(life, delivered, clock):
    publish(life, RULE)
    code = life.dossier(delivered)["code"]
    life.do(hold_dossier, HoldDossier(SYSTEM, code, "Đang có khiếu nại"))
    clock.advance(days=4000)
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 0)
    life.do(hold_dossier, HoldDossier(SYSTEM, code, "Đã giải quyết khiếu nại", lift=True))
    assert clear(life, "content") == {"content": 1}


def test_a_rule_that_is_not_in_force_removes_nothing(life, delivered, clock):
    publish(life, {**RULE, "valid_from": date(2040, 1, 1)})
    clock.advance(days=2000)
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 0)


def test_a_running_dossier_and_a_sent_one_are_never_due(life, clock):
    publish(life, RULE)
    life.sent(life.citizen())
    clock.advance(days=4000)
    assert clear(life, *KINDS) == dict.fromkeys(KINDS, 0)
    assert Housekeeper(life.platform).tidy(threading.Event()).get("dossier", 0) == 0


def test_drafts_nobody_comes_back_to_end(life, clock):
    citizen = life.citizen()
    old = life.draft(citizen, owner=OWNER)
    clock.advance(days=181)
    fresh = life.draft(citizen, owner=OWNER)
    Housekeeper(life.platform).tidy(threading.Event())
    assert [life.dossier(one)["state"] for one in (old, fresh)] == ["withdrawn", "draft"]
    assert [canary for canary in CANARIES if canary in everything(life, old)] == []
    assert len(list(life.platform.registry.storage.keys("uploads"))) == 1
    with life.platform.database.read() as tx:
        assert list(events.broken_links(tx)) == []


def test_messages_for_nobody_end(life, clock):
    def tell(nonce: str) -> str:
        return life.do(
            receive_message, ReceiveMessage("post", nonce, "parcel_delivered", "no-key", "EM1", {"status": 3})
        )

    def left() -> list[str]:
        return life.see(lambda tx: list(tx.execute(select(inbound_message.c.nonce)).scalars()))

    assert tell("old-nonce-000001") == "unclaimed"
    clock.advance(days=91)
    assert tell("new-nonce-000001") == "unclaimed"
    Housekeeper(life.platform).tidy(threading.Event())
    assert left() == ["new-nonce-000001"]


class Killed(BaseException):
    """Nothing catches it, as nothing catches a kill."""


def clear_and_die(life: OfficeLife, at: int) -> None:
    """Clear the content, and end before the statement with that number."""
    with life.platform.database.begin() as tx:
        left = iter(range(at))

        def die(*arguments: object) -> None:
            if next(left, None) is None:
                raise Killed

        listen(tx.connection, "before_cursor_execute", die)
        clear_dossiers(tx, life.platform.office, ClearDossiers(SYSTEM, CODE, "content"))


def test_broken_off_before_any_statement_the_batch_never_was(life, delivered, clock):
    publish(life, RULE)
    clock.advance(days=2000)
    before = everything(life, delivered)
    for at in count(1):
        try:
            clear_and_die(life, at)
        except Killed:
            assert everything(life, delivered) == before
        else:
            break
    assert at > 10
    with life.platform.database.read() as tx:
        assert list(events.broken_links(tx)) == []
        assert tx.execute(select(func.count()).where(event.c.kind == "retention.ran")).scalar_one() == 1
    assert life.dossier(delivered)["content_cleared_at"] is not None


def test_bytes_that_could_not_be_deleted_are_deleted_by_the_next_round(life, delivered, clock):
    publish(life, {**RULE, "keep_months": {"files": 12}})
    clock.advance(days=370)
    clear(life, "files")  # killed here: the rows know, the store does not yet
    assert len(list(life.platform.registry.storage.keys("uploads"))) == 1
    Housekeeper(life.platform).tidy(threading.Event())
    assert list(life.platform.registry.storage.keys("uploads")) == []

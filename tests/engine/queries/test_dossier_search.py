"""The desk finds every dossier it may see, whatever has become of it."""

from __future__ import annotations

import pytest
from factories.office_life import OWNER, OfficeLife
from sqlalchemy import select

from engine.actions.filing import WithdrawDossier, withdraw_dossier
from engine.domain.actor import Actor
from engine.domain.errors import Forbidden
from engine.domain.search_words import looked_for
from engine.queries.tasks import LISTS, find_dossiers, work_queue
from engine.store.accounts import staff
from engine.store.dossiers import found_by
from engine.store.history import retention
from engine.store.schema.dossiers import dossier, dossier_word


@pytest.fixture
def clerk(life: OfficeLife) -> Actor:
    return life.officials["reception"]


def found(life: OfficeLife, actor: Actor, text: str = "", which: str = "all") -> set[str]:
    return {row.id for row in life.see(find_dossiers, actor, text, which).rows}


def test_found_by_everything_the_desk_is_told(life: OfficeLife, clerk: Actor) -> None:
    dossier_id = life.sent(life.citizen())
    other = life.sent(life.citizen(name="Trần Thị Bình", number="038303000456", phone="+84987654321"), owner=None)
    row = life.dossier(dossier_id)
    phone = row["applicant"]["phone"]
    for text in (row["code"], row["code"][-5:], OWNER["full_name"], "buoi le", OWNER["national_id"], phone):
        assert dossier_id in found(life, clerk, text), text
        assert found(life, clerk, text) <= {dossier_id, other}
    assert found(life, clerk, "038160000123") == {dossier_id}
    assert found(life, clerk, "tran binh") == {other}
    for text in ("2.000635", "trich luc", "trích lục bình"):
        assert other in found(life, clerk, text), text
    assert found(life, clerk, "trich luc binh") == {other}
    assert found(life, clerk, "khong co ai") == set()
    assert found(life, clerk, "") == {dossier_id, other}


def test_whatever_has_become_of_it(life: OfficeLife, clerk: Actor) -> None:
    citizen = life.citizen()
    passed_on = life.sent(citizen)
    life.complete(passed_on, "check_dossier", {"decision": "accept"})
    refused = life.sent(citizen)
    life.complete(refused, "check_dossier", {"decision": "refuse", "reason": "Không thuộc thẩm quyền giải quyết."})
    withdrawn = life.sent(citizen)
    life.do(withdraw_dossier, WithdrawDossier(citizen, withdrawn, "Nộp nhầm."))
    everything = {passed_on, refused, withdrawn}
    assert found(life, clerk) == everything
    for dossier_id in everything:
        assert found(life, clerk, life.dossier(dossier_id)["code"]) == {dossier_id}
    by_list = {name: found(life, clerk, "", name) for name in LISTS}
    assert by_list["withdrawn"] == {withdrawn}
    assert passed_on in by_list["open"]
    assert set().union(*(by_list[name] for name in LISTS if name != "all")) == everything
    assert found(life, clerk, "", "no such list") == everything


def test_only_what_the_official_may_see(life: OfficeLife, clerk: Actor) -> None:
    citizen = life.citizen()
    sent, draft = life.sent(citizen), life.draft(citizen)
    with life.platform.database.begin() as tx:
        unit = {"code": "X", "name_vi": "Xã mẫu", "name_en": "Sample", "kind": "commune"}
        unit_id = staff.add_unit(tx, {**unit, "agency_code": "000.00.01.H56"})
    elsewhere = Actor("staff", clerk.id, "Người xã khác", frozenset({"reception"}), unit_id)
    assert found(life, elsewhere, OWNER["full_name"]) == set()
    assert found(life, elsewhere) == set()
    assert found(life, life.officials["admin"], OWNER["full_name"]) == {sent}, "no draft of anybody"
    assert draft not in found(life, clerk)
    with pytest.raises(Forbidden):
        life.see(find_dossiers, citizen, OWNER["full_name"])


def test_pages_follow_one_another_without_a_gap(life: OfficeLife, clerk: Actor) -> None:
    citizen = life.citizen()
    sent = sorted(life.sent(citizen, owner=None) for _ in range(5))
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = life.see(find_dossiers, clerk, "nguyen", "all", cursor, 2)
        seen += [row.id for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == sent[::-1]
    assert [row.id for row in life.see(find_dossiers, clerk, "nguyen", "all", "broken", 2).rows] == sent[:2:-1]


def test_the_queue_keeps_the_same_promise(life: OfficeLife, clerk: Actor) -> None:
    dossier_id = life.sent(life.citizen())
    for text in ("2.000635", "trich luc", "038160000123", "0912 345 678", "0912345678", "bưởi", "-0001"):
        rows = life.see(work_queue, clerk, "unit", text).rows
        assert [row.dossier_id for row in rows] == [dossier_id], text
    assert life.see(work_queue, clerk, "unit", "0912 345 679").rows == ()


def test_what_retention_removes_is_not_found_any_more(life: OfficeLife, clerk: Actor) -> None:
    dossier_id = life.sent(life.citizen())
    with life.platform.database.begin() as tx:
        retention.remove(tx, "content", [dossier_id])
        assert tx.execute(select(dossier_word)).all() == []
    assert found(life, clerk, OWNER["full_name"]) == set()
    assert found(life, clerk) == {dossier_id}, "the number and the dates remain"


SQLITE_PLAN, SQLITE_USES = "EXPLAIN QUERY PLAN", "SEARCH dossier_word USING"


def test_words_are_found_by_their_beginning(life: OfficeLife, clerk: Actor) -> None:
    """A search must not read every word there is; on a small table PostgreSQL would rather scan, and may."""
    life.sent(life.citizen())
    with life.platform.database.read() as tx:
        if tx.on_postgresql:
            tx.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for term in looked_for("nguyen 0001"):
            statement = select(dossier.c.id).where(dossier.c.id.in_(found_by.having(term)))
            words = statement.compile(tx.connection.engine, compile_kwargs={"literal_binds": True})
            explain, used = ("EXPLAIN", "pk_dossier_word") if tx.on_postgresql else (SQLITE_PLAN, SQLITE_USES)
            plan = str(tx.connection.exec_driver_sql(f"{explain} {words}").fetchall())
            assert used in plan, plan

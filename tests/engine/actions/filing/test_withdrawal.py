"""A citizen changes their mind: from every state the national table allows, and from no other."""

from __future__ import annotations

import pytest
from factories.office_life import ISSUED, OfficeLife

from engine.actions.filing import ConfirmDraft, WithdrawDossier, confirm_draft, withdraw_dossier
from engine.domain.errors import NotFound, WrongState
from engine.queries.dossier import dossier_view
from engine.store.history import events
from engine.store.process import timers


def withdraw(life: OfficeLife, citizen, dossier_id: str) -> None:
    life.do(withdraw_dossier, WithdrawDossier(citizen, dossier_id, "Tôi không cần nữa."))


def test_a_draft_is_discarded(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    withdraw(life, citizen, dossier_id)
    assert life.dossier(dossier_id)["state"] == "withdrawn"
    with pytest.raises(WrongState):
        life.send(citizen, dossier_id)


def test_before_acceptance_it_is_closed_at_once(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    withdraw(life, citizen, dossier_id)
    withdraw(life, citizen, dossier_id)
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (8, "withdrawn")
    assert life.instance(dossier_id)["state"] == "ended"


def test_while_a_supplement_is_asked(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", {"decision": "supplement", "reason": "Ảnh chụp bị mờ, không đọc được."})
    withdraw(life, citizen, dossier_id)
    assert life.dossier(dossier_id)["state"] == "withdrawn"


def test_after_acceptance_an_official_records_it(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    withdraw(life, citizen, dossier_id)
    assert life.dossier(dossier_id)["state"] == "withdrawal_asked"
    life.complete(dossier_id, "record_withdrawal", {"withdrawal_note": "Đã trả bản chính."})
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (8, "withdrawn")
    assert not any("từ chối" in one["text_vi"] for one in life.notices(dossier_id))


def test_while_the_draft_waits_the_timer_goes_too(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    withdraw(life, citizen, dossier_id)
    assert life.see(timers.of_instance, life.instance(dossier_id)["id"]) == []
    with pytest.raises(WrongState):
        life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))


def test_not_after_the_signature(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    life.complete(dossier_id, *ISSUED[3])
    with pytest.raises(WrongState, match="đã được ký"):
        withdraw(life, citizen, dossier_id)
    assert life.dossier(dossier_id)["status"] == 4
    life.complete(dossier_id, *ISSUED[4])
    with pytest.raises(WrongState, match="không thể rút"):
        withdraw(life, citizen, dossier_id)


def test_never_somebody_elses(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    other = life.citizen(name="Trần Thị Bình", number="038303000456")
    with pytest.raises(NotFound):
        withdraw(life, other, dossier_id)


def test_it_is_offered_only_while_it_will_be_taken(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)

    def offered() -> bool:
        return "withdraw" in life.see(dossier_view, life.platform.office, citizen, dossier_id).can

    for element_id, outputs in ISSUED:
        assert offered() is (element_id != "issue"), element_id  # signed: only the clerk's seal is missing
        before = life.instance(dossier_id)
        if element_id == "confirm_draft":
            life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
        else:
            life.complete(dossier_id, element_id, outputs)
        assert life.instance(dossier_id)["version"] == before["version"] + 1  # looking has moved nothing
    assert not offered()


def test_asked_twice_is_written_down_once(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    withdraw(life, citizen, dossier_id)
    before = life.instance(dossier_id)["version"]
    withdraw(life, citizen, dossier_id)
    assert life.instance(dossier_id)["version"] == before
    told = [row["kind"] for row in life.see(events.of_chain, dossier_id)]
    assert told.count("withdrawal.asked") == 1


def test_what_is_over_cannot_be_withdrawn_and_leaves_no_trace(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.handed_over(citizen)
    before = len(life.see(events.of_chain, dossier_id))
    with pytest.raises(WrongState, match="không thể rút"):
        withdraw(life, citizen, dossier_id)
    assert len(life.see(events.of_chain, dossier_id)) == before
    assert life.dossier(dossier_id)["state"] == "delivered"

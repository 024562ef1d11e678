"""What an action refuses, it refuses for each person and each state, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from factories.left_behind import refuses
from factories.office_life import BUSINESS_FORM, EXTRACT_FORM, PDF, OfficeLife, party

from engine.actions import accounts, filing, records
from engine.actions.fees import CollectFee, VoidPayment, WaiveFee, collect_fee, void_payment, waive_fee
from engine.actions.filing.attach_file import MAX_FILES
from engine.actions.tasks import ReassignTask, SaveTaskDraft, reassign_task, save_task_draft
from engine.domain.actor import Actor
from engine.domain.errors import Conflict, Forbidden, Invalid, MotcuaError, NotFound, WrongState
from engine.domain.text import Text
from engine.store.dossiers import dossiers

Refused = tuple[type[MotcuaError] | tuple[type[MotcuaError], ...], Callable[[OfficeLife], Callable[[], Any]]]


@pytest.fixture
def life(platform) -> OfficeLife:
    return OfficeLife.founded(platform)


def elsewhere(actor: Actor) -> Actor:
    """The same role in another unit."""
    return replace(actor, unit_id="01ARZ3NDEKTSV4RRFFQ69G5FAV")


def send(life: OfficeLife, key: str = "a-key", *, confirmed: bool = True) -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    return lambda: life.do(filing.submit_dossier, filing.SubmitDossier(citizen, dossier_id, key, confirmed=confirmed))


def draft(life: OfficeLife, step: str) -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    return lambda: life.do(filing.save_draft, filing.SaveDraft(citizen, dossier_id, step, EXTRACT_FORM))


def paper_into(life: OfficeLife, *, state: str = "draft", slot: str = "authorisation") -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = life.draft(citizen) if state == "draft" else life.sent(citizen)
    stored = life.upload("Bản khác.pdf", PDF + b"\n% other")
    return lambda: life.do(filing.attach_file, filing.AttachFile(citizen, dossier_id, slot, stored))


def one_paper_too_many(life: OfficeLife) -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    for number in range(MAX_FILES - 1):
        stored = life.upload(f"{number}.pdf", PDF + f"\n% {number}".encode())
        life.do(filing.attach_file, filing.AttachFile(citizen, dossier_id, "authorisation", stored))
    assert len(life.see(dossiers.files, dossier_id)) == MAX_FILES
    last = life.upload("last.pdf", PDF + b"\n% last")
    return lambda: life.do(filing.attach_file, filing.AttachFile(citizen, dossier_id, "authorisation", last))


def take_out(life: OfficeLife, file_id: str) -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    return lambda: life.do(filing.remove_file, filing.RemoveFile(citizen, dossier_id, file_id))


def at_counter(life: OfficeLife, **other: Any) -> Callable[[], Any]:
    actor = other.pop("actor", life.officials["reception"])
    command = filing.FileAtCounter(actor, "1.001612", party(), None, BUSINESS_FORM, {"method": "counter"}, "key")
    return lambda: life.do(filing.file_at_counter, replace(command, **other))


def fee(life: OfficeLife, role: str, *, stand: str = "sent", **other: Any) -> Callable[[], Any]:
    citizen = life.citizen()
    dossier_id = {
        "draft": lambda: life.draft(citizen),
        "sent": lambda: life.sent(citizen),
        "free": lambda: life.sent(
            citizen, code="1.001612", form=BUSINESS_FORM, delivery={"method": "online"}, owner=None
        ),
        "withdrawn": lambda: life.sent(citizen),
    }[stand]()
    if stand == "withdrawn":
        life.do(filing.withdraw_dossier, filing.WithdrawDossier(citizen, dossier_id, "Không cần nữa"))
    actor = other.pop("actor", life.officials[role])
    act, command = {
        "collect": (collect_fee, CollectFee(actor, dossier_id, "cash")),
        "waive": (waive_fee, WaiveFee(actor, dossier_id, "Hộ nghèo, theo Điều 4")),
        "void": (void_payment, VoidPayment(actor, dossier_id, "Ghi nhầm hồ sơ")),
    }[other.pop("act", "collect")]
    return lambda: life.do(act, replace(command, **other))


def staff(life: OfficeLife, act: Any, command: Any, role: str = "admin") -> Callable[[], Any]:
    return lambda: life.do(act, command(life.officials[role]))


def unit(actor: Actor, code: str = "H56.X9", name: str = "UBND xã Mẫu") -> accounts.AddUnit:
    return accounts.AddUnit(actor, code, Text(name, name), "commune", "000.00.09.H56")


def person(actor: Actor, name: str = "an.nv", full_name: str = "Nguyễn Văn An", of: str = "H56.MC") -> Any:
    return accounts.AddStaff(actor, name, full_name, ("reception",), of, "hash")


def reassigned(life: OfficeLife, role: str, **other: Any) -> Callable[[], Any]:
    task = life.open_task(life.sent(life.citizen()))
    command = ReassignTask(life.officials[role], task["id"], life.second("reception").id, "Nghỉ phép")
    return lambda: life.do(reassign_task, replace(command, **other))


def typed_unclaimed(life: OfficeLife) -> Callable[[], Any]:
    task = life.open_task(life.sent(life.citizen()))
    return lambda: life.do(save_task_draft, SaveTaskDraft(life.officials["reception"], task["id"], {"note": "x"}))


def held(life: OfficeLife, role: str, code: str = "") -> Callable[[], Any]:
    known = str(life.dossier(life.sent(life.citizen()))["code"])
    return lambda: life.do(records.hold_dossier, records.HoldDossier(life.officials[role], code or known, "Khiếu nại"))


def shown(life: OfficeLife, actor: Callable[[OfficeLife], Actor], reason: str = "Tìm lỗi") -> Callable[[], Any]:
    dossier_id = life.sent(life.citizen())
    return lambda: life.do(records.show_variables, records.ShowVariables(actor(life), dossier_id, reason))


REFUSED: dict[str, Refused] = {
    "sent without the pledge": (Invalid, lambda life: send(life, confirmed=False)),
    "a key no page has made": (Invalid, lambda life: send(life, "k" * 65)),
    "no key": (Invalid, lambda life: send(life, "")),
    "a step that is none": (Invalid, lambda life: draft(life, "fee")),
    "a paper the procedure has not": (Invalid, lambda life: paper_into(life, slot="passport")),
    "a paper while it is worked on": (WrongState, lambda life: paper_into(life, state="sent")),
    "one paper too many": (Invalid, one_paper_too_many),
    "a paper that is not there": (NotFound, lambda life: take_out(life, "01ARZ3NDEKTSV4RRFFQ69G5FAV")),
    "at the counter by somebody else": (
        Forbidden,
        lambda life: at_counter(life, actor=life.officials["approver"]),
    ),
    "at the counter as if online": (Invalid, lambda life: at_counter(life, channel="online")),
    "at the counter in a way nobody knows": (Invalid, lambda life: at_counter(life, channel="fax")),
    "at the counter without a unit": (
        Forbidden,
        lambda life: at_counter(life, actor=replace(life.officials["reception"], unit_id=None)),
    ),
    "a fee taken by a signer": (Forbidden, lambda life: fee(life, "approver")),
    "a fee taken in another unit": (
        NotFound,
        lambda life: fee(life, "reception", actor=elsewhere(life.officials["reception"])),
    ),
    "a fee of a draft": (NotFound, lambda life: fee(life, "reception", stand="draft")),
    "a fee of a withdrawn dossier": (WrongState, lambda life: fee(life, "reception", stand="withdrawn")),
    "a fee of nothing": (WrongState, lambda life: fee(life, "reception", stand="free")),
    "a fee in shells": (Invalid, lambda life: fee(life, "reception", method="shells")),
    "a transfer without a reference": (Invalid, lambda life: fee(life, "reception", method="transfer", reference=" ")),
    "waived by the cashier": (Forbidden, lambda life: fee(life, "reception", act="waive")),
    "waived without a reason": (Invalid, lambda life: fee(life, "unit_head", act="waive", reason=" ")),
    "waived where nothing is due": (WrongState, lambda life: fee(life, "unit_head", act="waive", stand="free")),
    "waived after the end": (WrongState, lambda life: fee(life, "unit_head", act="waive", stand="withdrawn")),
    "waived in a draft": (NotFound, lambda life: fee(life, "unit_head", act="waive", stand="draft")),
    "waived in another unit": (
        NotFound,
        lambda life: fee(life, "unit_head", act="waive", actor=elsewhere(life.officials["unit_head"])),
    ),
    "nothing to take back": (WrongState, lambda life: fee(life, "unit_head", act="void")),
    "taken back without a reason": (Invalid, lambda life: fee(life, "unit_head", act="void", reason="")),
    "a unit by its head": (Forbidden, lambda life: staff(life, accounts.add_unit, unit, "unit_head")),
    "a unit twice": (Conflict, lambda life: staff(life, accounts.add_unit, lambda a: unit(a, "H56.MC"))),
    "a unit without a name": (Invalid, lambda life: staff(life, accounts.add_unit, lambda a: unit(a, name=" "))),
    "a unit of 41 signs": (Invalid, lambda life: staff(life, accounts.add_unit, lambda a: unit(a, "H" * 41))),
    "an official by a head": (Forbidden, lambda life: staff(life, accounts.add_staff, person, "unit_head")),
    "an official of no unit": (
        NotFound,
        lambda life: staff(life, accounts.add_staff, lambda a: person(a, of="H56.X9")),
    ),
    "a name that is taken": (
        Conflict,
        lambda life: staff(life, accounts.add_staff, lambda a: person(a, "reception")),
    ),
    "a name with a sign nobody sees": (
        Invalid,
        lambda life: staff(life, accounts.add_staff, lambda a: person(a, "an\u200b.nv")),
    ),
    "a name of 61 signs": (Invalid, lambda life: staff(life, accounts.add_staff, lambda a: person(a, "a" * 61))),
    "a lock by a colleague": (
        Forbidden,
        lambda life: staff(life, accounts.lock_staff, lambda a: accounts.LockStaff(a, "approver", "x"), "reception"),
    ),
    "a lock without a reason": (
        Invalid,
        lambda life: staff(life, accounts.lock_staff, lambda a: accounts.LockStaff(a, "approver", " ")),
    ),
    "a lock of nobody": (
        NotFound,
        lambda life: staff(life, accounts.lock_staff, lambda a: accounts.LockStaff(a, "nobody", "x")),
    ),
    "a second factor by a colleague": (
        Forbidden,
        lambda life: staff(
            life, accounts.set_second_factor, lambda a: accounts.SetSecondFactor(a, "approver"), "reception"
        ),
    ),
    "a second factor of nobody": (
        NotFound,
        lambda life: staff(life, accounts.set_second_factor, lambda a: accounts.SetSecondFactor(a, "nobody")),
    ),
    "given away by a colleague": (Forbidden, lambda life: reassigned(life, "reception")),
    "given away without a reason": (Invalid, lambda life: reassigned(life, "unit_head", reason=" ")),
    "given to nobody there is": (
        (NotFound, Invalid),  # either sentence helps
        lambda life: reassigned(life, "unit_head", staff_id="01ARZ3NDEKTSV4RRFFQ69G5FAV"),
    ),
    "typed before it was taken": (WrongState, typed_unclaimed),
    "held by a head": (Forbidden, lambda life: held(life, "unit_head")),
    "held, not there": (NotFound, lambda life: held(life, "admin", "000.00.00.H56-260310-9999")),
    "looked at by the cashier": (Forbidden, lambda life: shown(life, lambda life: life.officials["reception"])),
    "looked at by the head of another unit": (
        (NotFound, Forbidden),  # it is not told that it is there
        lambda life: shown(life, lambda life: elsewhere(life.officials["unit_head"])),
    ),
    "looked at without a reason": (Invalid, lambda life: shown(life, lambda life: life.officials["admin"], " ")),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_and_nothing_is_written(life: OfficeLife, name: str) -> None:
    error, prepare = REFUSED[name]
    refuses(life.platform, error, prepare(life))

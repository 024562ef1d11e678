"""Guessing is slowed down; neither the owner nor the office is shut out by it (A9, A10, A16)."""

from __future__ import annotations

import threading
import time

import pytest
from factories.entering import enters
from factories.office_life import PASSWORD, ROLES, OfficeLife
from sqlalchemy import select

from engine.actions.accounts import (
    CheckedPassword,
    SignedIn,
    SignInRefused,
    SignInStaff,
    UnlockStaff,
    begin_staff_sign_in,
    hash_password,
    sign_in_staff,
    unlock_staff,
)
from engine.actions.accounts.guesses import ACCOUNT, ACCOUNT_AT_PLACE, PLACE
from engine.domain.actor import SYSTEM
from engine.store.accounts import staff
from engine.store.schema.people import sign_in_throttle
from engine.store.schema.work import event

ATTACKER, OFFICE, HOME = "203.0.113.9", "198.51.100.7", "192.0.2.44"


def wrong(
    life: OfficeLife, username: str = "reception", place: str = ATTACKER, times: int = 1, **more: str
) -> list[int]:
    """The pause each wrong try met; 0: it was looked at. The slow comparing itself is left out."""
    cmd, office = SignInStaff(username, place=place, **more), life.platform.office
    waits = []
    for _ in range(times):
        begun = life.see(begin_staff_sign_in, office, cmd)
        if isinstance(begun, SignInRefused):
            waits.append(begun.wait_s)
            continue
        with life.platform.database.begin() as tx:
            judged = sign_in_staff(tx, office, cmd, CheckedPassword(begun.password_hash, fits=False))
        assert isinstance(judged, SignInRefused)
        waits.append(judged.wait_s)
    return waits


def failures(life: OfficeLife) -> list:
    kind = event.c.kind == "staff.sign_in_failed"
    return life.see(lambda tx: tx.execute(select(event).where(kind).order_by(event.c.number)).mappings().all())


def test_twenty_five_wrong_passwords_keep_nobody_out(life: OfficeLife):
    for role in ROLES[:5]:
        wrong(life, role, times=5)
    for role in ROLES[:5]:
        assert isinstance(enters(life, role, place=OFFICE), SignedIn), role


def test_pauses_grow_and_a_try_within_one_is_neither_looked_at_nor_counted(life: OfficeLife):
    clock = life.platform.clock
    assert wrong(life, times=ACCOUNT_AT_PLACE.free) == [0] * ACCOUNT_AT_PLACE.free
    pauses = []
    for _ in range(4):
        waits = wrong(life, times=3)
        assert waits[0] == waits[2] > 0, "hammering prolonged the pause, or was looked at"
        assert enters(life, "reception", place=ATTACKER).wait_s, "the right password was looked at within a pause"
        pauses.append(waits[0])
        clock.advance(seconds=waits[0])
        assert wrong(life) == [0]
    assert pauses == sorted(set(pauses)), "pauses do not grow"
    assert pauses[-1] <= ACCOUNT_AT_PLACE.longest.total_seconds()


def test_the_owners_device_passes_whatever_is_guessed_elsewhere(life: OfficeLife):
    known = enters(life, "reception", place=OFFICE).known
    for number in range(30):  # from thirty places, then from the office's own
        wrong(life, place=f"203.0.113.{number}")
    wrong(life, place=OFFICE, times=8)
    assert enters(life, "reception", place=HOME).wait_s, "guesses from everywhere cost a stranger's browser a pause"
    again = enters(life, "reception", place=OFFICE, known=known)
    assert isinstance(again, SignedIn)
    assert again.known.partition(".")[0] == known.partition(".")[0]


def test_a_known_device_is_the_accounts_own_and_no_licence_to_guess(life: OfficeLife):
    known = enters(life, "reception", place=OFFICE).known
    assert any(wrong(life, place=OFFICE, known=known, times=12))
    forged = known.partition(".")[0] + "." + "0" * 32
    for number in range(25):
        wrong(life, "approver", f"203.0.113.{number}", known=known)
        wrong(life, "admin", f"203.0.113.{number}", known=forged)
    assert enters(life, "approver", place=HOME, known=known).wait_s
    assert enters(life, "admin", place=HOME, known=forged).wait_s


def test_one_account_is_tried_at_most_a_hundred_times_an_hour_from_anywhere(life: OfficeLife):
    clock, looked_at = life.platform.clock, 0
    until = clock.now().timestamp() + 3600
    number = 0
    while clock.now().timestamp() < until:
        number += 1
        looked_at += wrong(life, place=f"2001:db8::{number:x}") == [0]
        clock.advance(seconds=10)
    assert ACCOUNT.free < looked_at <= 100 + ACCOUNT.free


def test_an_office_of_forty_behind_one_address_gets_in(life: OfficeLife):
    for number in range(40):  # everybody mistypes once, under names of all kinds
        wrong(life, f"canbo{number}", place=OFFICE)
    assert isinstance(enters(life, "reception", place=OFFICE), SignedIn)
    assert wrong(life, "nobody-at-all", place=OFFICE) == [0]
    assert PLACE.free > 40


def test_unlocking_forgets_the_guesses_and_says_why(life: OfficeLife):
    wrong(life, place=OFFICE, times=7)
    assert enters(life, "reception", place=OFFICE).wait_s
    life.do(unlock_staff, UnlockStaff(SYSTEM, "reception", "Gọi điện xác nhận", "root"))
    assert isinstance(enters(life, "reception", place=OFFICE), SignedIn)


def test_failures_stand_in_the_history_with_who_and_without_what(life: OfficeLife):
    wrong(life)
    wrong(life, "khong-co-that")
    known, unknown = failures(life)
    assert known["data"]["staff"] == known["actor_id"] == life.officials["reception"].id
    assert known["data"]["reason"] == "password"
    assert unknown["data"]["reason"] == "unknown"
    assert len(unknown["data"]["name"]) == 32
    assert known["data"]["place"] == unknown["data"]["place"]
    told = repr([dict(row) for row in (known, unknown)])
    kept = repr(life.see(lambda tx: tx.execute(select(sign_in_throttle)).all()))
    for secret in ("khong-co-that", ATTACKER, "sai mat khau"):
        assert secret not in told + kept


def test_twenty_eight_sign_ins_at_once_all_come_in(life: OfficeLife):
    """Nobody waits so long for the account's row that they are turned away."""
    came: list[object] = []
    people = [threading.Thread(target=lambda: came.append(enters(life, "reception"))) for _ in range(28)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert [type(one) for one in came] == [SignedIn] * 28


@pytest.mark.parametrize("fits", [True, False])
def test_nothing_is_hashed_while_the_accounts_row_is_held(life: OfficeLife, fits: bool):
    """Comparing takes fifty milliseconds of processor time on purpose; the transaction takes next to none."""
    cmd, office = SignInStaff("reception"), life.platform.office
    check = life.see(begin_staff_sign_in, office, cmd)
    begun = time.thread_time()
    with life.platform.database.begin() as tx:
        sign_in_staff(tx, office, cmd, CheckedPassword(check.password_hash, fits))
    within = time.thread_time() - begun
    begun = time.process_time()  # argon2 works in threads of its own
    assert check.of(PASSWORD).fits
    assert within < (time.process_time() - begun) / 2
    assert not check.of(PASSWORD + "x" * 2000).fits


def test_a_password_changed_between_the_steps_no_longer_opens(life: OfficeLife):
    from_before = SignInStaff("reception")
    check = life.see(begin_staff_sign_in, life.platform.office, from_before)
    checked = check.of(PASSWORD)
    with life.platform.database.begin() as tx:
        staff.change(tx, life.officials["reception"].id, {"password_hash": hash_password("mot mat khau khac han")})
        assert isinstance(sign_in_staff(tx, life.platform.office, from_before, checked), SignInRefused)

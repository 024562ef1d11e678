"""What happens to accounts, on the portal and by operators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factories.office_life import OfficeLife
from factories.stories.telling import Act, Filed, filed

from engine.actions import accounts, portal, records
from engine.domain.actor import SYSTEM, Actor
from engine.domain.text import Text


def officials_and_their_accounts(life: OfficeLife) -> Iterator[Act]:
    do, admin = life.do, life.officials["admin"]
    unit = accounts.AddUnit(admin, "H56.X1", Text("UBND xã Mẫu", "Sample commune"), "commune", "000.00.01.H56", "chi")
    yield "a unit", lambda: do(accounts.add_unit, unit)
    hashed = accounts.hash_password("mat-khau-dau-tien-2026")
    person = accounts.AddStaff(admin, "an.nv", "Nguyễn Văn An", ("reception", "approver"), "H56.X1", hashed, "chi")
    yield "an official", lambda: do(accounts.add_staff, person)

    def sign_in(password: str, **more: Any) -> Any:
        command = accounts.SignInStaff("An.NV", device="Firefox", place="10.0.0.1", **more)
        check = life.see(accounts.begin_staff_sign_in, life.platform.office, command)
        return check if not hasattr(check, "of") else do_sign_in(command, check.of(password))

    def do_sign_in(command: Any, checked: Any) -> Any:
        with life.platform.database.begin() as tx:
            return accounts.sign_in_staff(tx, life.platform.office, command, checked)

    yield "a wrong password", lambda: sign_in("sai")
    yield "the right one", lambda: sign_in("mat-khau-dau-tien-2026")
    yield "locked", lambda: do(accounts.lock_staff, accounts.LockStaff(admin, "an.nv", "Nghỉ việc", "chi"))
    yield "locked out", lambda: sign_in("mat-khau-dau-tien-2026")
    yield "opened", lambda: do(accounts.unlock_staff, accounts.UnlockStaff(admin, "an.nv", "Đi làm lại", "chi"))
    new = accounts.SetStaffPassword(admin, "an.nv", accounts.hash_password("mat-khau-moi-2026"), "Quên", "chi")
    yield "a new password", lambda: do(accounts.set_staff_password, new)
    yield (
        "a second factor",
        lambda: do(accounts.set_second_factor, accounts.SetSecondFactor(admin, "an.nv", True, "chi")),
    )
    yield "asked for the code", lambda: sign_in("mat-khau-moi-2026")
    yield "a wrong code", lambda: sign_in("mat-khau-moi-2026", totp="000000")
    gone = accounts.SetSecondFactor(admin, "an.nv", wanted=False)
    yield "no second factor", lambda: do(accounts.set_second_factor, gone)
    signed: dict[str, Any] = {}
    yield "in", lambda: signed.update(one=sign_in("mat-khau-moi-2026"))
    yield "in elsewhere", lambda: sign_in("mat-khau-moi-2026")
    session = signed["one"]
    me = Actor("staff", session.account_id, session.name, frozenset({"reception"}), life.unit_id)
    yield "English", lambda: do(accounts.choose_language, accounts.ChooseLanguage(me, "en"))
    others = accounts.EndOtherSessions(me, session.session_id)
    yield "the others end", lambda: do(accounts.end_other_sessions, others)
    yield "in once more", lambda: sign_in("mat-khau-moi-2026")
    check = life.see(accounts.begin_password_change, life.platform.office, me)
    changed = accounts.ChangePassword(
        me, session.session_id, check.of("mat-khau-moi-2026"), accounts.hash_password("mat-khau-cua-toi-2026")
    )
    wrong = accounts.ChangePassword(me, session.session_id, check.of("sai"), None)
    yield "a wrong present password", lambda: do(accounts.change_password, wrong)
    yield "changed", lambda: do(accounts.change_password, changed)
    yield "used", lambda: do(accounts.touch_session, accounts.TouchSession(session.session_id))
    yield "out", lambda: do(accounts.sign_out, accounts.SignOut(me, session.session_id))


def citizens_and_the_portal(life: OfficeLife) -> Iterator[Act]:
    citizen, one = life.citizen(), Filed()
    yield filed(life, citizen, one)
    yield "notices read", lambda: life.do(portal.read_notices, portal.ReadNotices(citizen))
    yield "a visit", lambda: life.do(portal.record_visit, portal.RecordVisit())
    yield "another", lambda: life.do(portal.record_visit, portal.RecordVisit())
    yield "English", lambda: life.do(accounts.choose_language, accounts.ChooseLanguage(citizen, "en"))
    yield "signed in again", life.citizen
    yield "somebody whose number changed", lambda: life.citizen(phone="+84987654321")


def what_operators_do(life: OfficeLife) -> Iterator[Act]:
    one, citizen, admin = Filed(), life.citizen(), life.officials["admin"]
    yield filed(life, citizen, one)
    code = str(life.dossier(one())["code"])
    yield "held", lambda: life.do(records.hold_dossier, records.HoldDossier(admin, code, "Khiếu nại số 12"))
    yield (
        "let go",
        lambda: life.do(records.hold_dossier, records.HoldDossier(admin, code, "Đã giải quyết", lift=True)),
    )
    yield "looked at", lambda: life.do(records.show_variables, records.ShowVariables(admin, one(), "Kiểm tra lỗi"))
    yield "samples locked", lambda: life.do(accounts.lock_samples, accounts.LockSamples(SYSTEM, "chi"))

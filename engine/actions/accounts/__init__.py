"""Signing in and out, sessions, language and second factor, for citizens and officials."""

from __future__ import annotations

from engine.actions.accounts.begin_sign_in import BeginSignIn, begin_sign_in
from engine.actions.accounts.change_password import (
    ChangePassword,
    begin_password_change,
    change_password,
    must_differ,
)
from engine.actions.accounts.choose_language import ChooseLanguage, choose_language
from engine.actions.accounts.claim_sign_in import ClaimSignIn, SignInAttempt, claim_sign_in
from engine.actions.accounts.guesses import TRACKED_CODE, VOTES, Counted, count_try, pause_left
from engine.actions.accounts.keep_form import KeepForm, KeptForm, keep_form, kept_form, let_go, mark_of, use_kept_form
from engine.actions.accounts.keep_staff import (
    AddStaff,
    AddUnit,
    LockStaff,
    SetStaffPassword,
    UnlockStaff,
    add_staff,
    add_unit,
    lock_staff,
    set_staff_password,
    unlock_staff,
)
from engine.actions.accounts.open_session import SignedIn, SignInRefused
from engine.actions.accounts.samples import (
    LockSamples,
    lock_samples,
    mark_samples,
    must_be_for_practice,
    unmarked_samples,
    with_sample_password,
)
from engine.actions.accounts.second_factor import (
    ConfirmSecondFactor,
    OfferedSecret,
    SetSecondFactor,
    confirm_second_factor,
    offer_second_factor,
    offered_again,
    seal_old_secrets,
    set_second_factor,
)
from engine.actions.accounts.sign_in_citizen import SignIn, sign_in
from engine.actions.accounts.sign_in_staff import SignInStaff, begin_staff_sign_in, sign_in_staff
from engine.actions.accounts.sign_out import EndOtherSessions, SignOut, end_other_sessions, sign_out
from engine.actions.accounts.staff_password import CheckedPassword, PasswordCheck, hash_password
from engine.actions.accounts.touch_session import TouchSession, touch_session

__all__ = [
    "TRACKED_CODE",
    "VOTES",
    "AddStaff",
    "AddUnit",
    "BeginSignIn",
    "ChangePassword",
    "CheckedPassword",
    "ChooseLanguage",
    "ClaimSignIn",
    "ConfirmSecondFactor",
    "Counted",
    "EndOtherSessions",
    "KeepForm",
    "KeptForm",
    "LockSamples",
    "LockStaff",
    "OfferedSecret",
    "PasswordCheck",
    "SetSecondFactor",
    "SetStaffPassword",
    "SignIn",
    "SignInAttempt",
    "SignInRefused",
    "SignInStaff",
    "SignOut",
    "SignedIn",
    "TouchSession",
    "UnlockStaff",
    "add_staff",
    "add_unit",
    "begin_password_change",
    "begin_sign_in",
    "begin_staff_sign_in",
    "change_password",
    "choose_language",
    "claim_sign_in",
    "confirm_second_factor",
    "count_try",
    "end_other_sessions",
    "hash_password",
    "keep_form",
    "kept_form",
    "let_go",
    "lock_samples",
    "lock_staff",
    "mark_of",
    "mark_samples",
    "must_be_for_practice",
    "must_differ",
    "offer_second_factor",
    "offered_again",
    "pause_left",
    "seal_old_secrets",
    "set_second_factor",
    "set_staff_password",
    "sign_in",
    "sign_in_staff",
    "sign_out",
    "touch_session",
    "unlock_staff",
    "unmarked_samples",
    "use_kept_form",
    "with_sample_password",
]

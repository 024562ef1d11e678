"""Signing in and out, sessions, language and second factor, for citizens and officials."""

from __future__ import annotations

from engine.actions.accounts.begin_sign_in import BeginSignIn, begin_sign_in
from engine.actions.accounts.choose_language import ChooseLanguage, choose_language
from engine.actions.accounts.claim_sign_in import ClaimSignIn, SignInAttempt, claim_sign_in
from engine.actions.accounts.open_session import SignInRefused
from engine.actions.accounts.set_second_factor import SetSecondFactor, set_second_factor
from engine.actions.accounts.sign_in_citizen import SignIn, sign_in
from engine.actions.accounts.sign_in_staff import SignInStaff, hash_password, sign_in_staff
from engine.actions.accounts.sign_out import SignOut, sign_out
from engine.actions.accounts.touch_session import TouchSession, touch_session

__all__ = [
    "BeginSignIn",
    "ChooseLanguage",
    "ClaimSignIn",
    "SetSecondFactor",
    "SignIn",
    "SignInAttempt",
    "SignInRefused",
    "SignInStaff",
    "SignOut",
    "TouchSession",
    "begin_sign_in",
    "choose_language",
    "claim_sign_in",
    "hash_password",
    "set_second_factor",
    "sign_in",
    "sign_in_staff",
    "sign_out",
    "touch_session",
]

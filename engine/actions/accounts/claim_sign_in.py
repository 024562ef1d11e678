"""The browser comes back from the provider: first transaction of the callback."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from engine.actions.accounts.open_session import SignInRefused
from engine.context import OfficeContext
from engine.domain.text import Text
from engine.domain.tokens import hash_token
from engine.store.accounts import sessions
from engine.store.connection import Tx

GOOD_FOR: Final = timedelta(minutes=15)  # time to type a password and wait for an OTP
_AGAIN: Final = Text(" Vui lòng bấm “Đăng nhập” để làm lại.", " Please choose “Sign in” to start again.")


@dataclass(frozen=True)
class ClaimSignIn:
    """`state` from the callback's address, `browser_token` from the cookie."""

    state: str
    browser_token: str


@dataclass(frozen=True)
class SignInAttempt:
    """A sign-in that was begun here, in this browser, and is now used up."""

    provider: str
    nonce: str
    code_verifier: str
    return_to: str


def claim_sign_in(tx: Tx, office: OfficeContext, cmd: ClaimSignIn) -> SignInAttempt | SignInRefused:
    """Use the attempt up. A foreign, replayed or old one is refused with a sentence, and stays used."""
    row = sessions.attempt_by_state(tx, hash_token(cmd.state))
    if row is None or not hmac.compare_digest(row["browser_hash"], hash_token(cmd.browser_token)):
        return _refused(
            "Lần đăng nhập này không bắt đầu từ trình duyệt của bạn hoặc trình duyệt không lưu cookie.",
            "This sign-in was not begun in your browser, or the browser keeps no cookies.",
        )
    if not sessions.use_attempt(tx, row["id"]):
        return _refused("Lần đăng nhập này đã được sử dụng.", "This sign-in has already been used.")
    if tx.now - row["created_at"] > GOOD_FOR:
        return _refused(
            "Lần đăng nhập này đã quá 15 phút nên hết hiệu lực.",
            "This sign-in is older than 15 minutes and no longer valid.",
        )
    return SignInAttempt(row["provider"], row["nonce"], row["code_verifier"], row["return_to"])


def _refused(vi: str, en: str) -> SignInRefused:
    return SignInRefused(Text(vi + _AGAIN.vi, en + _AGAIN.en))

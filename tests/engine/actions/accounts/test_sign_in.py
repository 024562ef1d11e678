"""Coming in: the callback of a provider, staff passwords, one-time codes, sessions."""

from __future__ import annotations

import pyotp
import pytest
from factories.entering import enters
from factories.office_life import PASSWORD, OfficeLife, identity_of

from engine.actions.accounts import (
    BeginSignIn,
    ClaimSignIn,
    SetSecondFactor,
    SignedIn,
    SignIn,
    SignInAttempt,
    SignInRefused,
    SignOut,
    TouchSession,
    begin_sign_in,
    claim_sign_in,
    set_second_factor,
    sign_in,
    sign_out,
    touch_session,
)
from engine.domain.actor import SYSTEM, Actor
from engine.domain.errors import NotFound
from engine.queries.accounts import sessions as session_query
from engine.store.accounts import sessions, staff


def begin(life: OfficeLife, return_to: str = "/dossiers"):
    return life.do(begin_sign_in, BeginSignIn("dvcqg", "browser-1", return_to))


def official(life: OfficeLife, password: str = PASSWORD, totp: str | None = None, username: str = "reception"):
    return enters(life, username, password, totp)


def test_the_callback_works_once_and_only_in_the_same_browser(life: OfficeLife):
    begun = begin(life)
    foreign = life.do(claim_sign_in, ClaimSignIn(begun.state, "browser-2"))
    assert isinstance(foreign, SignInRefused)
    claimed = life.do(claim_sign_in, ClaimSignIn(begun.state, "browser-1"))
    assert claimed == SignInAttempt("dvcqg", begun.nonce, begun.code_verifier, "/dossiers")
    replayed = life.do(claim_sign_in, ClaimSignIn(begun.state, "browser-1"))
    assert isinstance(replayed, SignInRefused)
    assert "đã được sử dụng" in replayed.message.vi


def test_an_old_attempt_is_refused(life: OfficeLife):
    begun = begin(life)
    life.platform.clock.advance(minutes=16)
    late = life.do(claim_sign_in, ClaimSignIn(begun.state, "browser-1"))
    assert isinstance(late, SignInRefused)
    assert "15 phút" in late.message.vi


@pytest.mark.parametrize("return_to", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\nb"])
def test_the_way_back_never_leads_elsewhere(life: OfficeLife, return_to: str):
    begun = begin(life, return_to)
    assert life.do(claim_sign_in, ClaimSignIn(begun.state, "browser-1")).return_to == "/"


def test_a_person_is_known_again_and_the_token_is_never_kept(life: OfficeLife):
    first = life.do(sign_in, SignIn(identity_of(), "Firefox"))
    second = life.do(sign_in, SignIn(identity_of(phone="0987 654 321"), "Điện thoại"))
    assert first.account_id == second.account_id
    kept = life.see(lambda tx: sessions.get(tx, first.session_id))
    assert first.token.encode() not in kept["token_hash"]
    assert first.token not in repr(first)
    actor = Actor("citizen", first.account_id, first.name)
    assert life.see(session_query.account, actor).phone == "+84987654321"
    assert len(life.see(session_query.own_sessions, actor)) == 2


def test_a_session_ends_by_idling_by_age_and_by_signing_out(life: OfficeLife):
    office = life.platform.office
    signed = official(life)
    assert life.see(session_query.by_token, office, signed.token).actor.roles == {"reception"}
    assert life.see(session_query.by_token, office, "guess") is None
    for _ in range(3):
        life.platform.clock.advance(minutes=20)
        found = life.see(session_query.by_token, office, signed.token)
        assert found.touch
        life.do(touch_session, TouchSession(found.session_id))
    life.platform.clock.advance(minutes=31)
    assert life.see(session_query.by_token, office, signed.token) is None

    fresh = official(life)
    own = life.see(session_query.by_token, office, fresh.token).actor
    with pytest.raises(NotFound):
        life.do(sign_out, SignOut(life.citizen(), fresh.session_id))
    life.do(sign_out, SignOut(own, fresh.session_id))
    life.do(sign_out, SignOut(own, fresh.session_id))
    assert life.see(session_query.by_token, office, fresh.token) is None


def test_no_session_outlives_its_absolute_limit(life: OfficeLife):
    signed = life.do(sign_in, SignIn(identity_of()))
    for _ in range(12):
        life.platform.clock.advance(hours=1)
        life.do(touch_session, TouchSession(signed.session_id))
    life.platform.clock.advance(minutes=1)
    assert life.see(session_query.by_token, life.platform.office, signed.token) is None


def test_an_unknown_name_and_a_wrong_password_read_the_same(life: OfficeLife):
    for _ in range(7):  # also once a pause has to be waited
        assert official(life, username="nobody") == official(life, "sai")


def test_a_one_time_code_is_good_once(life: OfficeLife):
    secret = pyotp.random_base32()
    with life.platform.database.begin() as tx:
        staff.change(tx, life.officials["reception"].id, {"totp_secret": secret})  # in clear, as of old
    assert official(life).totp_needed
    code = pyotp.TOTP(secret).at(life.platform.clock.now())
    assert isinstance(official(life, totp=code), SignedIn)
    assert isinstance(official(life, totp=code), SignInRefused)
    life.platform.clock.advance(seconds=30)
    assert isinstance(official(life, totp=pyotp.TOTP(secret).at(life.platform.clock.now())), SignedIn)


def test_who_left_the_office_cannot_come_in(life: OfficeLife):
    signed = official(life)
    with life.platform.database.begin() as tx:
        staff.change(tx, life.officials["reception"].id, {"active": False})
    assert isinstance(official(life), SignInRefused)
    assert life.see(session_query.by_token, life.platform.office, signed.token) is None


def test_a_second_factor_is_set_up_asked_for_and_taken_away(life: OfficeLife):
    address = life.do(set_second_factor, SetSecondFactor(SYSTEM, "reception"))
    totp = pyotp.parse_uri(address)
    assert official(life).totp_needed
    code = totp.at(life.platform.clock.now())
    assert isinstance(official(life, totp=code), SignedIn)
    assert isinstance(official(life, totp=code), SignInRefused), "a code serves once"
    assert life.do(set_second_factor, SetSecondFactor(SYSTEM, "reception", wanted=False)) is None
    assert isinstance(official(life), SignedIn)
    with pytest.raises(NotFound):
        life.do(set_second_factor, SetSecondFactor(SYSTEM, "nobody"))

"""Signing in with the National Public Service account, over real HTTP, and everything that may go wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest

from connectors.errors import IdentityRefused, IdentityUnreachable
from connectors.sandboxes import start_all

AN = ("038203000123", "An@203Mau", "+84912345601")


def test_citizen_signs_in(ground):
    callback = ground.sign_in().to_code()
    assert callback["state"] == "s-1"
    provider = ground.registry.identity("dvcqg")
    identity = ground.exchange(provider.code_from(callback))
    assert (identity.kind, identity.national_id, identity.full_name) == ("person", AN[0], "NGUYỄN VĂN AN")
    assert (identity.birth_on, identity.sex, identity.phone) == (date(2003, 2, 14), "male", AN[2])
    assert identity.assurance_level == 2


def test_enterprise_signs_in_by_tax_code(ground):
    sign_in = ground.sign_in()
    sign_in.password("2800000027", "Cty@280Mau", tab="tax")
    identity = ground.exchange(ground.query_of(sign_in.otp(ground.otp("+84912345606")))["code"])
    assert (identity.kind, identity.tax_code) == ("organisation", "2800000027")
    assert identity.organisation_name == "CÔNG TY TNHH MẪU SÔNG MÃ"


def test_old_nine_digit_number_signs_in_too(ground):
    callback = ground.sign_in().to_code(("171234567", "Pao@072Mau", "+84912345605"))
    assert ground.exchange(callback["code"]).national_id == "038072001234"


@pytest.mark.parametrize("tab", ["sim", "usb"])
def test_other_tabs_explain_and_lead_back(ground, tab):
    sign_in = ground.sign_in()
    page = sign_in.browser.get(sign_in.step("login"), tab=tab)
    assert "không có trong bản mô phỏng" in page.text
    assert 'href="?tab=cccd"' in page.text


def test_wrong_password_and_unknown_number_say_the_same(ground):
    known = ground.sign_in().password(AN[0], "sai mật khẩu")
    unknown = ground.sign_in().password("038203999999", "sai mật khẩu")
    alert = re.compile(r'<div class="alert".*?</div>', re.DOTALL)
    assert known.status_code == unknown.status_code == 422
    assert alert.search(known.text).group() == alert.search(unknown.text).group()


def test_account_rests_after_five_wrong_passwords(ground):
    sign_in = ground.sign_in()
    for _ in range(5):
        sign_in.password(password="sai")
    assert sign_in.password().status_code == 422
    ground.clock.pass_by(15 * 60 + 1)
    assert "XÁC NHẬN" in sign_in.password().text


def test_replayed_code_is_refused_and_takes_the_token_back(ground):
    callback = ground.sign_in().to_code()
    ground.exchange(callback["code"])
    with pytest.raises(IdentityRefused) as refusal:
        ground.exchange(callback["code"])
    assert refusal.value.code == "code_invalid"


def test_code_lives_sixty_seconds(ground):
    callback = ground.sign_in().to_code()
    ground.clock.pass_by(60)
    with pytest.raises(IdentityRefused):
        ground.exchange(callback["code"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nonce": "another"}, "wrong_nonce"),
        ({"nonce": ""}, "wrong_nonce"),
        ({"code_verifier": "x" * 64}, "code_invalid"),
        ({"redirect_uri": "http://127.0.0.1:5000/other"}, "code_invalid"),
    ],
)
def test_exchange_bound_to_the_one_who_asked(ground, change, code):
    callback = ground.sign_in().to_code()
    with pytest.raises(IdentityRefused) as refusal:
        ground.exchange(callback["code"], **change)
    assert refusal.value.code == code


def test_finished_sign_in_cannot_be_used_again(ground):
    sign_in = ground.sign_in()
    sign_in.to_code()
    assert sign_in.password().status_code == 410


def test_another_browser_cannot_take_a_sign_in_over(ground):
    sign_in = ground.sign_in()
    sign_in.password()
    thief = ground.browser()
    assert thief.post(sign_in.step("otp"), code=ground.otp(AN[2])).status_code == 410


def test_a_callback_without_the_announced_issuer_is_refused(ground):
    callback = ground.sign_in().to_code()
    provider = ground.registry.identity("dvcqg")
    assert callback.pop("iss")
    with pytest.raises(IdentityRefused) as refusal:
        provider.code_from(callback)
    assert refusal.value.code == "no_issuer"


def test_person_cancels(ground):
    sign_in = ground.sign_in()
    callback = ground.query_of(sign_in.browser.post(sign_in.step("cancel")))
    with pytest.raises(IdentityRefused) as refusal:
        ground.registry.identity("dvcqg").code_from(callback)
    assert refusal.value.code == "access_denied"
    assert callback["state"] == "s-1"


@pytest.mark.parametrize("kind", ["error", "busy", "lost_reply"])
def test_provider_in_trouble_is_unreachable_not_refused(ground, kind):
    callback = ground.sign_in().to_code()
    ground.fault("identity", kind, path="/token")
    with pytest.raises(IdentityUnreachable):
        ground.exchange(callback["code"])


def test_unknown_return_address_is_shown_not_followed(ground):
    url = ground.registry.identity("dvcqg").authorization_url(
        state="s", nonce="n", code_verifier="v" * 64, redirect_uri="https://evil.example/cb"
    )
    page = ground.browser().get(url)
    assert page.status_code == 400
    assert "chưa được đăng ký" in page.text


def test_state_survives_a_restart(ground):
    sign_in = ground.sign_in()
    sign_in.password()
    code = ground.otp(AN[2])
    ground.running.stop()
    with start_all(ground.running.config):
        callback = ground.query_of(sign_in.otp(code))
        assert ground.exchange(callback["code"]).national_id == AN[0]


def test_english_on_demand(ground):
    sign_in = ground.sign_in()
    page = sign_in.browser.get(sign_in.step("login"), lang="en")
    assert 'lang="en"' in page.text
    assert "Sign in with the National Public Service account" in page.text
    assert "Password" in sign_in.browser.get(sign_in.step("login")).text

"""Signing in with the National Public Service account, over real HTTP, and everything that may go wrong."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from connectors.errors import IdentityRefused, IdentityUnreachable
from connectors.sandboxes import start_all

AN = ("038203000123", "An@203Mau", "+84912345601")
VERIFIER = "v" * 64


@dataclass
class SignIn:
    ground: Any
    browser: Any
    address: str

    @classmethod
    def start(cls, ground, **changes: str) -> SignIn:
        wish = {"state": "s-1", "nonce": "n-1", "code_verifier": VERIFIER, "redirect_uri": ground.callback, **changes}
        browser = ground.browser()
        page = browser.get(ground.registry.identity("dvcqg").authorization_url(**wish))
        assert page.status_code == 200, page.text
        return cls(ground, browser, str(page.url).partition("/login/")[2])

    def step(self, name: str) -> str:
        return self.ground.url("identity", f"/{name}/{self.address}")

    def password(self, name: str = AN[0], password: str = AN[1], tab: str = "cccd"):
        return self.browser.post(self.step("login"), tab=tab, username=name, password=password)

    def otp(self, code: str):
        return self.browser.post(self.step("otp"), code=code)

    def to_code(self, person=AN) -> dict[str, str]:
        assert "XÁC NHẬN" in self.password(person[0], person[1]).text
        return self.ground.query_of(self.otp(self.ground.otp(person[2])))


def exchange(ground, code: str, **changes: str):
    wish = {"nonce": "n-1", "code_verifier": VERIFIER, "redirect_uri": ground.callback, **changes}
    return ground.registry.identity("dvcqg").exchange(code=code, **wish)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_citizen_signs_in(ground):
    callback = SignIn.start(ground).to_code()
    assert callback["state"] == "s-1"
    provider = ground.registry.identity("dvcqg")
    identity = exchange(ground, provider.code_from(callback))
    assert (identity.kind, identity.national_id, identity.full_name) == ("person", AN[0], "NGUYỄN VĂN AN")
    assert (identity.birth_on, identity.sex, identity.phone) == (date(2003, 2, 14), "male", AN[2])
    assert identity.assurance_level == 2


def test_enterprise_signs_in_by_tax_code(ground):
    sign_in = SignIn.start(ground)
    sign_in.password("2800000027", "Cty@280Mau", tab="tax")
    identity = exchange(ground, ground.query_of(sign_in.otp(ground.otp("+84912345606")))["code"])
    assert (identity.kind, identity.tax_code) == ("organisation", "2800000027")
    assert identity.organisation_name == "CÔNG TY TNHH MẪU SÔNG MÃ"


def test_old_nine_digit_number_signs_in_too(ground):
    callback = SignIn.start(ground).to_code(("171234567", "Pao@072Mau", "+84912345605"))
    assert exchange(ground, callback["code"]).national_id == "038072001234"


@pytest.mark.parametrize("tab", ["sim", "usb"])
def test_other_tabs_explain_and_lead_back(ground, tab):
    sign_in = SignIn.start(ground)
    page = sign_in.browser.get(sign_in.step("login"), tab=tab)
    assert "không có trong bản mô phỏng" in page.text
    assert 'href="?tab=cccd"' in page.text


def test_wrong_password_and_unknown_number_say_the_same(ground):
    known = SignIn.start(ground).password(AN[0], "sai mật khẩu")
    unknown = SignIn.start(ground).password("038203999999", "sai mật khẩu")
    alert = re.compile(r'<div class="alert".*?</div>', re.DOTALL)
    assert known.status_code == unknown.status_code == 422
    assert alert.search(known.text).group() == alert.search(unknown.text).group()


def test_account_rests_after_five_wrong_passwords(ground):
    sign_in = SignIn.start(ground)
    for _ in range(5):
        sign_in.password(password="sai")
    assert sign_in.password().status_code == 422
    ground.clock.pass_by(15 * 60 + 1)
    assert "XÁC NHẬN" in sign_in.password().text


def test_wrong_otp_counts_down(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    code = ground.otp(AN[2])
    page = sign_in.otp(wrong(code))
    assert page.status_code == 422
    assert "Bạn còn 4 lần thử" in page.text
    assert ground.query_of(sign_in.otp(code))["code"]


def test_expired_otp_and_a_new_one(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    old = ground.otp(AN[2])
    ground.clock.pass_by(300)
    assert "Mã đã hết hạn" in sign_in.otp(old).text
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert len(ground.texts(AN[2])) == 2
    assert ground.query_of(sign_in.otp(ground.otp(AN[2])))["code"]


def test_no_second_message_within_sixty_seconds(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    ground.clock.pass_by(59)
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert len(ground.texts(AN[2])) == 1
    ground.clock.pass_by(1)
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert len(ground.texts(AN[2])) == 2


def test_a_hundred_parallel_guesses_get_five_attempts(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    right = ground.otp(AN[2])
    guesses = [wrong(right)] * 99 + [right]
    cookies = dict(sign_in.browser.http.cookies)

    def guess(code: str) -> str:
        browser = ground.browser()
        browser.http.cookies.update(cookies)
        reply = browser.post(sign_in.step("otp"), code=code)
        if reply.status_code == 303:
            return "in"
        return "judged" if "lần thử.</p>" in reply.text and "Bạn còn" in reply.text else "shut"

    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(guess, guesses[:99]))
    # Four wrong answers leave a remainder to be told; the fifth and all later ones are shut out.
    assert answers.count("in") == 0
    assert answers.count("judged") == 4
    assert "Đã hết 5 lần thử" in sign_in.otp(right).text


def test_going_back_and_resending_gives_no_new_attempts(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    for _ in range(5):
        sign_in.otp(wrong(ground.otp(AN[2])))
    ground.clock.pass_by(61)
    sign_in.password()
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert "Đã hết 5 lần thử" in sign_in.otp(ground.otp(AN[2])).text


def test_code_is_kept_only_as_a_hash(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    code = ground.otp(AN[2])
    stored = b"".join(p.read_bytes() for p in ground.running.config.directory.glob("identity.sqlite3*"))
    assert code.encode() not in stored
    assert AN[1].encode() not in stored


def test_replayed_code_is_refused_and_takes_the_token_back(ground):
    callback = SignIn.start(ground).to_code()
    exchange(ground, callback["code"])
    with pytest.raises(IdentityRefused) as refusal:
        exchange(ground, callback["code"])
    assert refusal.value.code == "code_invalid"


def test_code_lives_sixty_seconds(ground):
    callback = SignIn.start(ground).to_code()
    ground.clock.pass_by(60)
    with pytest.raises(IdentityRefused):
        exchange(ground, callback["code"])


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
    callback = SignIn.start(ground).to_code()
    with pytest.raises(IdentityRefused) as refusal:
        exchange(ground, callback["code"], **change)
    assert refusal.value.code == code


def test_finished_sign_in_cannot_be_used_again(ground):
    sign_in = SignIn.start(ground)
    sign_in.to_code()
    assert sign_in.password().status_code == 410


def test_another_browser_cannot_take_a_sign_in_over(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    thief = ground.browser()
    assert thief.post(sign_in.step("otp"), code=ground.otp(AN[2])).status_code == 410


def test_person_cancels(ground):
    sign_in = SignIn.start(ground)
    callback = ground.query_of(sign_in.browser.post(sign_in.step("cancel")))
    with pytest.raises(IdentityRefused) as refusal:
        ground.registry.identity("dvcqg").code_from(callback)
    assert refusal.value.code == "access_denied"
    assert callback["state"] == "s-1"


def test_forgotten_password(ground):
    sign_in = SignIn.start(ground)
    page = sign_in.browser.post(sign_in.step("forgot"), username=AN[0])
    assert "Nếu số bạn nhập có tài khoản" in page.text
    for _ in range(100):
        if ground.texts(AN[2]):
            break
    new = "Mật khẩu mới 2026"
    done = sign_in.browser.post(
        sign_in.step("reset"), code=ground.otp(AN[2]), password=new, password_again=new
    )
    assert "Đã đặt lại mật khẩu" in done.text
    assert sign_in.password().status_code == 422
    assert "XÁC NHẬN" in sign_in.password(password=new).text


def test_forgotten_password_never_says_whether_the_number_exists(ground):
    pages = {}
    for name in (AN[0], "038203999999"):
        sign_in = SignIn.start(ground)
        page = sign_in.browser.post(sign_in.step("forgot"), username=name)
        guess = sign_in.browser.post(
            sign_in.step("reset"), code="000000", password="mật khẩu dài", password_again="mật khẩu dài"
        )
        texts = page.text + guess.text
        pages[name] = texts.replace(sign_in.address, "")
    assert pages[AN[0]] == pages["038203999999"]


def test_lost_sms_is_told_and_a_resend_helps(ground):
    ground.fault("sms", "not_delivered", times=1)
    sign_in = SignIn.start(ground)
    assert "đang trên đường gửi" in sign_in.password().text
    assert ground.texts(AN[2]) == []
    ground.clock.pass_by(61)
    page = sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert "đã tới máy" in page.text


def test_sms_whose_reply_is_lost_is_sent_once(ground):
    ground.fault("sms", "lost_reply", times=1)
    sign_in = SignIn.start(ground)
    sign_in.password()
    assert len(ground.texts(AN[2])) == 1
    assert set(ground.effects("sms").values()) == {1}


@pytest.mark.parametrize("kind", ["error", "busy", "lost_reply"])
def test_provider_in_trouble_is_unreachable_not_refused(ground, kind):
    callback = SignIn.start(ground).to_code()
    ground.fault("identity", kind, path="/token")
    with pytest.raises(IdentityUnreachable):
        exchange(ground, callback["code"])


def test_unknown_return_address_is_shown_not_followed(ground):
    url = ground.registry.identity("dvcqg").authorization_url(
        state="s", nonce="n", code_verifier=VERIFIER, redirect_uri="https://evil.example/cb"
    )
    page = ground.browser().get(url)
    assert page.status_code == 400
    assert "chưa được đăng ký" in page.text


def test_state_survives_a_restart(ground):
    sign_in = SignIn.start(ground)
    sign_in.password()
    code = ground.otp(AN[2])
    ground.running.stop()
    with start_all(ground.running.config):
        callback = ground.query_of(sign_in.otp(code))
        assert exchange(ground, callback["code"]).national_id == AN[0]


def test_english_on_demand(ground):
    sign_in = SignIn.start(ground)
    page = sign_in.browser.get(sign_in.step("login"), lang="en")
    assert 'lang="en"' in page.text
    assert "Sign in with the National Public Service account" in page.text
    assert "Password" in sign_in.browser.get(sign_in.step("login")).text

"""The code by SMS and the forgotten password, over real HTTP: late, wrong, guessed, lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

AN = ("038203000123", "An@203Mau", "+84912345601")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_wrong_otp_counts_down(ground):
    sign_in = ground.sign_in()
    sign_in.password()
    code = ground.otp(AN[2])
    page = sign_in.otp(wrong(code))
    assert page.status_code == 422
    assert "Bạn còn 4 lần thử" in page.text
    assert ground.query_of(sign_in.otp(code))["code"]


def test_expired_otp_and_a_new_one(ground):
    sign_in = ground.sign_in()
    sign_in.password()
    old = ground.otp(AN[2])
    ground.clock.pass_by(300)
    assert "Mã đã hết hạn" in sign_in.otp(old).text
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert len(ground.texts(AN[2])) == 2
    assert ground.query_of(sign_in.otp(ground.otp(AN[2])))["code"]


def test_no_second_message_within_sixty_seconds(ground):
    sign_in = ground.sign_in()
    sign_in.password()
    ground.clock.pass_by(59)
    early = sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert len(ground.texts(AN[2])) == 1
    assert "Chưa gửi mã mới" in early.text
    ground.clock.pass_by(1)
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert len(ground.texts(AN[2])) == 2


def test_a_hundred_parallel_guesses_get_five_attempts(ground):
    sign_in = ground.sign_in()
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
    sign_in = ground.sign_in()
    sign_in.password()
    for _ in range(5):
        sign_in.otp(wrong(ground.otp(AN[2])))
    ground.clock.pass_by(61)
    sign_in.password()
    sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert "Đã hết 5 lần thử" in sign_in.otp(ground.otp(AN[2])).text


def test_code_is_kept_only_as_a_hash(ground):
    sign_in = ground.sign_in()
    sign_in.password()
    code = ground.otp(AN[2])
    stored = b"".join(p.read_bytes() for p in ground.running.config.directory.glob("identity.sqlite3*"))
    assert code.encode() not in stored
    assert AN[1].encode() not in stored


def test_forgotten_password(ground):
    sign_in = ground.sign_in()
    page = sign_in.browser.post(sign_in.step("forgot"), username=AN[0])
    assert "Nếu số bạn nhập có tài khoản" in page.text
    for _ in range(100):
        if ground.texts(AN[2]):
            break
    new = "Mật khẩu mới 2026"
    done = sign_in.browser.post(sign_in.step("reset"), code=ground.otp(AN[2]), password=new, password_again=new)
    assert "Đã đặt lại mật khẩu" in done.text
    assert sign_in.password().status_code == 422
    assert "XÁC NHẬN" in sign_in.password(password=new).text


def test_forgotten_password_never_says_whether_the_number_exists(ground):
    pages = {}
    for name in (AN[0], "038203999999"):
        sign_in = ground.sign_in()
        page = sign_in.browser.post(sign_in.step("forgot"), username=name)
        guess = sign_in.browser.post(
            sign_in.step("reset"), code="000000", password="mật khẩu dài", password_again="mật khẩu dài"
        )
        texts = page.text + guess.text
        pages[name] = texts.replace(sign_in.address, "")
    assert pages[AN[0]] == pages["038203999999"]


def test_lost_sms_is_told_and_a_resend_helps(ground):
    ground.fault("sms", "not_delivered", times=1)
    sign_in = ground.sign_in()
    assert "đang trên đường gửi" in sign_in.password().text
    assert ground.texts(AN[2]) == []
    ground.clock.pass_by(61)
    page = sign_in.browser.post(sign_in.step("otp") + "/resend")
    assert "đã tới máy" in page.text


def test_sms_whose_reply_is_lost_is_sent_once(ground):
    ground.fault("sms", "lost_reply", times=1)
    sign_in = ground.sign_in()
    sign_in.password()
    assert len(ground.texts(AN[2])) == 1
    assert set(ground.effects("sms").values()) == {1}

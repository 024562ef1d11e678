"""Messages: what they cost, that each leaves once, and what the worker learns when something breaks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.config import LOOPBACK
from connectors.port import Call, Done, Refused, TryLater, Unknown
from connectors.sms.config import SmsConfig
from connectors.sms.gateway import SmsGateway
from connectors.sms.text import count_parts, mobile_number, render, without_accents

NUMBER = "0912 345 601"
TEXT = "Hồ sơ của bạn đã được tiếp nhận."


def send(ground, key="k-1", to=NUMBER, text=TEXT):
    return ground.registry.connector("sms.send").call(Call("sms.send", key, {"to": to, "text": text}))


def test_a_message_reaches_the_phone_without_accents(ground):
    outcome = send(ground)
    assert isinstance(outcome, Done)
    assert (outcome.result["status"], outcome.result["parts"]) == ("queued", 1)
    assert ground.texts("+84912345601") == ["Ho so cua ban da duoc tiep nhan."]
    found = ground.registry.connector("sms.send").find("k-1")
    assert found.result["status"] == "delivered"


def test_the_same_key_is_one_message(ground):
    first, second = send(ground), send(ground)
    assert first.result["message_id"] == second.result["message_id"]
    assert ground.effects("sms") == {"k-1": 1}


def test_forty_at_once_with_one_key_are_one_message(ground):
    with ThreadPoolExecutor(20) as pool:
        outcomes = list(pool.map(lambda _: send(ground), range(40)))
    assert all(isinstance(outcome, Done) for outcome in outcomes)
    assert ground.effects("sms") == {"k-1": 1}


def test_a_key_cannot_carry_two_texts(ground):
    send(ground)
    assert send(ground, text="Nội dung khác").code == "key_taken"


def test_lost_reply_is_unknown_and_can_be_asked(ground):
    ground.fault("sms", "lost_reply", times=1)
    outcome = send(ground)
    assert isinstance(outcome, Unknown)
    assert ground.effects("sms") == {"k-1": 1}
    assert isinstance(ground.registry.connector("sms.send").find("k-1"), Done)
    send(ground)
    assert ground.effects("sms") == {"k-1": 1}


def test_a_gateway_that_forgets_keys_shows_in_its_effects(ground):
    ground.fault("sms", "ignores_keys")
    send(ground)
    send(ground)
    assert ground.effects("sms") == {"k-1": 2}


@pytest.mark.parametrize(("kind", "expected"), [("refuse", Refused), ("error", Unknown), ("busy", TryLater)])
def test_what_the_worker_learns(ground, kind, expected):
    ground.fault("sms", kind, times=1)
    assert isinstance(send(ground), expected)
    assert ground.effects("sms") == {}
    assert isinstance(send(ground), Done)


def test_slow_gateway_is_unknown(ground):
    slow = SmsGateway(
        SmsConfig(
            url=ground.url("sms"),
            token=ground.running.config.word("sms"),
            reach=type(LOOPBACK)(private_networks=LOOPBACK.private_networks, read_timeout_s=0.2),
        )
    )
    ground.fault("sms", "slow", times=1, delay_s=1.0)
    assert isinstance(slow.call(Call("sms.send", "k-slow", {"to": NUMBER, "text": TEXT})), Unknown)


def test_nobody_home_is_try_later(ground):
    ground.running.stop()
    assert isinstance(send(ground), TryLater)


def test_not_delivered_and_delayed(ground):
    ground.fault("sms", "not_delivered", times=1)
    ground.fault("sms", "delayed", times=1, delay_s=30)
    gateway = ground.registry.connector("sms.send")
    send(ground, "never")
    send(ground, "late")
    ground.clock.pass_by(31)
    assert gateway.find("never").result["status"] == "queued"
    assert gateway.find("late").result["status"] == "delivered"
    assert len(ground.texts("+84912345601")) == 1


def test_unknown_key_is_none(ground):
    assert ground.registry.connector("sms.send").find("nothing") is None


def test_wrong_token_is_refused(ground):
    stranger = SmsGateway(SmsConfig(url=ground.url("sms"), token="other", reach=LOOPBACK))
    assert stranger.call(Call("sms.send", "k", {"to": NUMBER, "text": TEXT})).code == "unauthorized"


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("01234567890", "đã đổi thành 10 chữ số"),
        ("0237 3852 123", "số máy bàn"),
        ("0951234567", "10 chữ số bắt đầu bằng 0"),
        ("12345", "10 chữ số"),
        ("", "10 chữ số"),
    ],
)
def test_bad_numbers_never_leave(ground, to, says):
    outcome = send(ground, to=to)
    assert outcome.code == "bad_number"
    assert says in outcome.message_vi
    assert ground.effects("sms") == {}


@pytest.mark.parametrize(
    "typed", ["0912345601", "+84 912 345 601", "84912345601", "0084912345601", "0912.345.601", "(091) 234-5601"]
)
def test_numbers_as_people_type_them(typed):
    assert mobile_number(typed) == "+84912345601"


def test_overlong_and_empty_texts_are_refused(ground):
    assert send(ground, text="a" * 800).code == "text_too_long"
    assert send(ground, text="  ").code == "empty_text"


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        # 152 letters, then an escaped sign that no longer fits whole into the first part
        ("a" * 152 + "€" + "a" * 151, "GSM-7", 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3),
        ("ậ" * 70, "UCS-2", 1),
        ("ậ" * 71, "UCS-2", 2),
        ("ậ" * 134, "UCS-2", 2),
        ("ậ" * 135, "UCS-2", 3),
        ("ậ" + "😀" * 35, "UCS-2", 2),
        ("", "GSM-7", 1),
    ],
)
def test_parts(text, encoding, parts):
    rendering = render(text, with_accents=True)
    assert (rendering.encoding, rendering.parts) == (encoding, parts)


def test_with_accents_costs_more():
    text = "Hồ sơ đã được tiếp nhận, hẹn trả ngày 24/11/2026. " * 2
    assert render(text, with_accents=True).parts == 2
    assert render(text, with_accents=False).parts == 1


def test_decomposed_letters_count_once():
    assert render("e\u0302\u0301" * 70, with_accents=True).parts == 1


def test_every_vietnamese_letter_loses_its_marks():
    letters = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    bare = without_accents(letters + letters.upper())
    assert bare.isascii()
    assert len(bare) == 2 * len(letters)
    assert without_accents("ĐẶNG – “Hòa”…") == 'DANG - "Hoa"...'


@given(st.text(max_size=700))
def test_parts_hold_the_text(text):
    for encoding, single, joined in (("GSM-7", 160, 153), ("UCS-2", 70, 67)):
        parts = count_parts(text, encoding)
        assert 1 <= parts <= max(1, len(text))
        assert len(text) <= max(single, parts * joined)

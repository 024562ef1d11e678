"""Postal orders: each is placed once, is followed to the door, and reports home with a signature."""

from __future__ import annotations

import json

import pytest

from connectors.errors import WebhookRefused
from connectors.port import Call, Done, Refused, TryLater, Unknown
from connectors.post.sandbox.orders import s10_number
from connectors.webhook import verify

ORDER = {
    "receiver_name": "Nguyễn Văn An",
    "phone": "0912345601",
    "address": "Số 12 đường Mẫu, Thanh Hóa",
    "dossier_code": "000.00.19.H56-261122-0001",
    "description": "Bản sao trích lục khai sinh",
}


def deliver(ground, key="p-1", **changes):
    return ground.registry.connector("post.deliver").call(Call("post.deliver", key, {**ORDER, **changes}))


def track(ground, number):
    return ground.registry.connector("post.track").call(Call("post.track", "t", {"tracking_number": number}))


def press(ground, number, status):
    return ground.browser().http.post(ground.url("post", f"/board/{number}"), data={"status": str(status)})


def test_from_order_to_door(ground):
    number = deliver(ground).result["tracking_number"]
    assert track(ground, number).result["status"] == 1
    for status in (2, 3):
        ground.clock.pass_by(3600)
        assert press(ground, number, status).status_code == 303
        assert track(ground, number).result["status"] == status
    history = track(ground, number).result["history"]
    assert [step["status"] for step in history] == [1, 2, 3]
    assert history[2]["at"] == "2026-11-22T05:00:00+00:00"
    assert "Đã phát" in ground.browser().get(ground.url("post", "/board")).text


def test_lost_reply_then_find(ground):
    ground.fault("post", "lost_reply", times=1)
    assert isinstance(deliver(ground), Unknown)
    found = ground.registry.connector("post.deliver").find("p-1")
    again = deliver(ground)
    assert found.result["tracking_number"] == again.result["tracking_number"]
    assert ground.effects("post") == {"p-1": 1}


@pytest.mark.parametrize(("kind", "expected"), [("refuse", Refused), ("error", Unknown), ("busy", TryLater)])
def test_what_the_worker_learns(ground, kind, expected):
    ground.fault("post", kind, times=1)
    assert isinstance(deliver(ground), expected)
    assert ground.registry.connector("post.deliver").find("p-1") is None
    assert ground.effects("post") == {}


def test_a_question_is_repeated_while_the_post_is_busy(ground):
    number = deliver(ground).result["tracking_number"]
    ground.fault("post", "busy", times=2, path="/orders")
    assert isinstance(track(ground, number), Done)


def test_incomplete_order_names_what_is_missing(ground):
    outcome = deliver(ground, phone=" ", address=None)
    assert outcome.code == "incomplete_order"
    assert "số điện thoại người nhận, địa chỉ nhận" in outcome.message_vi
    assert ground.effects("post") == {}


def test_key_cannot_carry_two_orders(ground):
    deliver(ground)
    assert deliver(ground, receiver_name="Người khác").code == "key_taken"


def test_cancel_until_delivered(ground):
    cancel = ground.registry.connector("post.cancel")
    first, second = (deliver(ground, key).result["tracking_number"] for key in ("p-1", "p-2"))
    for _ in range(2):
        assert cancel.call(Call("post.cancel", "c", {"tracking_number": first})).result["status"] == 4
    press(ground, second, 3)
    refused = cancel.call(Call("post.cancel", "c2", {"tracking_number": second}))
    assert refused.code == "already_delivered"


def test_delivered_parcel_cannot_go_back(ground):
    number = deliver(ground).result["tracking_number"]
    press(ground, number, 3)
    assert press(ground, number, 2).status_code == 409
    assert track(ground, number).result["status"] == 3


def test_unknown_number(ground):
    assert track(ground, "EM000000000VN").code == "not_found"
    assert track(ground, "").code == "no_tracking_number"
    assert track(ground, "../board").code == "not_found"


def test_s10_check_digit():
    # The example of UPU standard S10: serial 47312482, check digit 9.
    assert s10_number(47312482) == "EM473124829VN"


def test_report_reaches_the_portal_signed(reporting_ground, listener):
    ground = reporting_ground
    number = deliver(ground).result["tracking_number"]
    press(ground, number, 3)
    [(headers, body)] = listener.received
    secret = ground.running.config.word("webhook")
    assert verify(secret, headers, body, now=ground.clock())
    told = json.loads(body)
    assert (told["key"], told["tracking_number"], told["status"]) == ("p-1", number, 3)
    assert "http 204" in ground.browser().get(ground.url("post", "/board")).text


def test_duplicate_report_carries_the_same_nonce(reporting_ground, listener):
    ground = reporting_ground
    number = deliver(ground).result["tracking_number"]
    ground.fault("post", "duplicate_callback", times=1)
    press(ground, number, 3)
    nonces = [
        verify(ground.running.config.word("webhook"), headers, body, now=ground.clock())
        for headers, body in listener.received
    ]
    assert len(nonces) == 2
    assert len(set(nonces)) == 1


def test_forged_report_is_refused(reporting_ground, listener):
    ground = reporting_ground
    number = deliver(ground).result["tracking_number"]
    ground.fault("post", "forged_callback", times=1)
    press(ground, number, 3)
    [(headers, body)] = listener.received
    with pytest.raises(WebhookRefused) as refusal:
        verify(ground.running.config.word("webhook"), headers, body, now=ground.clock())
    assert refusal.value.code == "bad_signature"


def test_lost_report_can_be_repeated(reporting_ground, listener):
    ground = reporting_ground
    number = deliver(ground).result["tracking_number"]
    ground.fault("post", "lost_callback", times=1)
    press(ground, number, 3)
    assert listener.received == []
    ground.browser().http.post(ground.url("post", f"/board/{number}/report"))
    assert len(listener.received) == 1


def test_buttons_obey_our_own_page_only(ground):
    number = deliver(ground).result["tracking_number"]
    reply = ground.browser().http.post(
        ground.url("post", f"/board/{number}"), data={"status": "3"}, headers={"Origin": "https://evil.example"}
    )
    assert reply.status_code == 403
    assert track(ground, number).result["status"] == 1

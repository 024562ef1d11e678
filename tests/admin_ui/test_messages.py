"""The post's door: signed or nothing, each number once."""

from __future__ import annotations

import json
import secrets
from typing import Any

from factories.web_house import WebHouse

from connectors.webhook import sign

SECRET = "sandbox-webhook-word"
ADDRESS = "/api/v1/messages/post"
ODD = tuple(
    {"key": "nobody:knows", "tracking_number": "EM000000001VN", "status": 3, name: value}
    for name in ("key", "tracking_number")
    for value in ("a\x00b", "\ud800", "a\u202eb", ["a"], {"a": 1}, None, 10**30)
)
REPORT = {"key": "nobody:knows", "tracking_number": "EM000000001VN", "status": 3}


def post(house: WebHouse, told: Any, *, secret: str = SECRET, nonce: str = "", at: Any = None, body: bytes = b""):
    body = body or json.dumps(told).encode()
    headers = sign(secret, body, at=at or house.clock.now(), nonce=nonce or secrets.token_urlsafe(24))
    return house.browser().client.post(ADDRESS, data=body, headers=headers, content_type="application/json")


def test_a_signed_report_is_taken_once(shared_house: WebHouse):
    first = post(shared_house, REPORT, nonce="n" * 24)
    assert (first.status_code, first.get_json()) == (200, {"outcome": "unclaimed"})
    assert post(shared_house, REPORT, nonce="n" * 24).get_json() == {"outcome": "again"}


def test_forged_old_and_unreadable_ones_are_refused(shared_house: WebHouse):
    before = shared_house.record()
    assert post(shared_house, REPORT, secret="forged").status_code == 422
    assert post(shared_house, REPORT, at=shared_house.clock.now().replace(year=2020)).status_code == 422
    assert shared_house.browser().client.post(ADDRESS, json=REPORT).status_code == 422
    for told in ([], {}, {**REPORT, "status": "3"}, {**REPORT, "status": 9}, {**REPORT, "key": "k" * 200}, *ODD):
        assert post(shared_house, told).status_code == 422, told
    assert post(shared_house, None, body=b"[" * 100_000).status_code == 422
    assert shared_house.record() == before

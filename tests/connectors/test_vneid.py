"""Signing in with VNeID: scan, confirm on the phone, replies in envelopes."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from connectors.errors import IdentityRefused, IdentityUnreachable
from connectors.identity.envelope import BadEnvelope, seal, unseal_object

VERIFIER = "v" * 64


@dataclass
class Scan:
    ground: Any
    browser: Any
    wait_url: str
    phone_url: str

    @classmethod
    def start(cls, ground) -> Scan:
        url = ground.registry.identity("vneid").authorization_url(
            state="s-1", nonce="ignored", code_verifier=VERIFIER, redirect_uri=ground.callback
        )
        browser = ground.browser()
        page = browser.get(url)
        phone = re.search(r'href="(http[^"]+/vneid/phone/[^"]+)"', page.text).group(1)
        return cls(ground, browser, str(page.url), phone)

    def confirm(self, account: str = "mau-0001", passcode: str = "120301", answer: str = "yes"):
        return self.ground.browser().post(self.phone_url, account=account, passcode=passcode, answer=answer)

    def go_on(self):
        return self.browser.post(self.wait_url)


def exchange(ground, callback: dict[str, str], **changes: str):
    provider = ground.registry.identity("vneid")
    wish = {"nonce": "", "code_verifier": VERIFIER, "redirect_uri": ground.callback, **changes}
    return provider.exchange(code=provider.code_from(callback), **wish)


def test_citizen_confirms_on_the_phone(ground):
    scan = Scan.start(ground)
    assert "Đã xác nhận" in scan.confirm().text
    callback = ground.query_of(scan.go_on())
    assert callback["state"] == "s-1"
    identity = exchange(ground, callback)
    assert (identity.provider, identity.national_id, identity.assurance_level) == ("vneid", "038203000123", 2)
    assert identity.birth_on.isoformat() == "2003-02-14"


def test_enterprise_account(ground):
    scan = Scan.start(ground)
    scan.confirm("mau-1001", "120306")
    identity = exchange(ground, ground.query_of(scan.go_on()))
    assert (identity.kind, identity.tax_code) == ("organisation", "2800000027")
    assert identity.organisation_name == "CÔNG TY TNHH MẪU SÔNG MÃ"


def test_pressing_on_before_the_phone_said_yes(ground):
    page = Scan.start(ground).go_on()
    assert page.status_code == 422
    assert "Chưa thấy xác nhận" in page.text


def test_person_declines_on_the_phone(ground):
    scan = Scan.start(ground)
    scan.confirm(answer="no")
    with pytest.raises(IdentityRefused) as refusal:
        exchange(ground, ground.query_of(scan.go_on()))
    assert refusal.value.code == "access_denied"


def test_level_one_is_refused_with_the_way_out(ground):
    scan = Scan.start(ground)
    scan.confirm("mau-0004", "120304")
    with pytest.raises(IdentityRefused, match="nâng mức định danh") as refusal:
        exchange(ground, ground.query_of(scan.go_on()))
    assert refusal.value.code == "level_too_low"


def test_app_locks_after_five_wrong_passcodes(ground):
    scan = Scan.start(ground)
    for _ in range(5):
        assert scan.confirm(passcode="000000").status_code == 422
    assert scan.confirm().status_code == 422


def test_code_works_once_and_only_with_the_verifier(ground):
    scan = Scan.start(ground)
    scan.confirm()
    callback = ground.query_of(scan.go_on())
    with pytest.raises(IdentityRefused):
        exchange(ground, callback, code_verifier="x" * 64)
    with pytest.raises(IdentityRefused):
        exchange(ground, callback)


def test_plus_signs_that_became_spaces_do_no_harm(ground):
    scan = Scan.start(ground)
    scan.confirm()
    callback = ground.query_of(scan.go_on())
    spoiled = {name: value.replace("+", " ") for name, value in callback.items()}
    assert exchange(ground, spoiled).national_id == "038203000123"


def test_code_in_another_envelope_is_refused(ground):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    sealed = seal(stranger, b"guess")
    provider = ground.registry.identity("vneid")
    with pytest.raises(IdentityRefused) as refusal:
        provider.code_from({"code": sealed["data"], "encrypt_key": sealed["key"]})
    assert refusal.value.code == "bad_envelope"
    with pytest.raises(IdentityRefused):
        provider.code_from({"code": "bare"})


def test_provider_away(ground):
    scan = Scan.start(ground)
    scan.confirm()
    callback = ground.query_of(scan.go_on())
    ground.fault("identity", "error", path="/vneid/userinfo")
    with pytest.raises(IdentityUnreachable):
        exchange(ground, callback)


@pytest.mark.parametrize("spoil", ["data", "key", "shape", "no_object"])
def test_spoiled_envelopes(spoil):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    content = b"[1]" if spoil == "no_object" else json.dumps({"citizenPid": "038203000123"}).encode()
    envelope: dict[str, object] = dict(seal(key.public_key(), content))
    if spoil in ("data", "key"):
        raw = bytearray(base64.b64decode(str(envelope[spoil])))
        raw[-1] ^= 1
        envelope[spoil] = base64.b64encode(bytes(raw)).decode()
    if spoil == "shape":
        envelope = {"data": 1}
    with pytest.raises(BadEnvelope):
        unseal_object(key, envelope)

"""The sandboxes as servers: several processes on one state, faults by hand, pages for people."""

from __future__ import annotations

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from connectors.config import LOOPBACK
from connectors.errors import NotConfigured
from connectors.identity.sandbox.accounts import IDENTITY_SCHEMA
from connectors.identity.sandbox.otp import LOGIN, Answer, OneTimeCodes
from connectors.identity.sandbox.people import SAMPLE_PEOPLE
from connectors.identity.sandbox.secret import kept_secret
from connectors.kits import KITS
from connectors.port import Call
from connectors.sandboxes import serve
from connectors.sms.config import SmsConfig
from connectors.sms.gateway import SmsGateway
from connectors.training.config import SandboxConfig
from connectors.training.sandbox.state import SandboxState

GUESS = """
import sys
from pathlib import Path
from connectors.config import LOOPBACK
from connectors.identity.sandbox.accounts import IDENTITY_SCHEMA
from connectors.identity.sandbox.otp import LOGIN, OneTimeCodes
from connectors.identity.sandbox.secret import kept_secret
from connectors.sms.config import SmsConfig
from connectors.sms.gateway import SmsGateway
from connectors.training.sandbox.state import SandboxState
folder, first = Path(sys.argv[1]), int(sys.argv[2])
sms = SmsGateway(SmsConfig(url="http://127.0.0.1:9", token="", reach=LOOPBACK))
state = SandboxState(folder / "identity.sqlite3", IDENTITY_SCHEMA)
codes = OneTimeCodes(state, sms, kept_secret(folder / "pepper"))
for n in range(25):
    print(codes.answer("s", LOGIN, f"{first + n:06d}", now=10.0).value)
"""
MAKE_SECRET = """
import sys
from pathlib import Path
from connectors.identity.sandbox.secret import kept_rsa_key
print(hash(kept_rsa_key(Path(sys.argv[1]) / "key.pem")))
"""
SERVE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from connectors.sandboxes import serve
from connectors.training.config import SandboxConfig
config = SandboxConfig(directory=Path(sys.argv[1]), clock=lambda: datetime.now(UTC), ports={"sms": int(sys.argv[2])})
serve("sms", config)
"""


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )


def fixed_now() -> datetime:
    return datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def codes_at(folder: Path) -> OneTimeCodes:
    nowhere = SmsGateway(SmsConfig(url="http://127.0.0.1:9", token="", reach=LOOPBACK))
    state = SandboxState(folder / "identity.sqlite3", IDENTITY_SCHEMA)
    return OneTimeCodes(state, nowhere, kept_secret(folder / "pepper"))


def test_four_processes_share_five_attempts(tmp_path):
    codes = codes_at(tmp_path)
    _, right = codes.ask("s", LOGIN, SAMPLE_PEOPLE[0], now=0.0)
    starts = [(int(right) + 1 + 25 * n) % 900_000 for n in range(4)]
    guessers = [run(GUESS, str(tmp_path), str(start)) for start in starts]
    answers = [line for guesser in guessers for line in guesser.communicate(timeout=60)[0].split()]
    assert answers.count(Answer.WRONG.value) == 4
    assert answers.count(Answer.EXHAUSTED.value) == 96
    assert codes.answer("s", LOGIN, right, now=10.0) is Answer.EXHAUSTED


def test_processes_that_start_together_share_one_secret(tmp_path):
    makers = [run(MAKE_SECRET, str(tmp_path)) for _ in range(4)]
    assert len({maker.communicate(timeout=60)[0] for maker in makers}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key.pem"]
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0


def test_a_code_passes_once(tmp_path):
    codes = codes_at(tmp_path)
    _, right = codes.ask("s", LOGIN, SAMPLE_PEOPLE[0], now=0.0)
    assert codes.answer("s", LOGIN, right, now=299.0) is Answer.PASSED
    assert codes.answer("s", LOGIN, right, now=299.0) is Answer.EXHAUSTED


def test_account_budget_stops_pumping(tmp_path):
    codes = codes_at(tmp_path)
    sent = [codes.ask(f"s{n}", LOGIN, SAMPLE_PEOPLE[0], now=float(n))[1] for n in range(70)]
    assert sum(code is not None for code in sent) == 60
    assert codes.ask("later", LOGIN, SAMPLE_PEOPLE[0], now=4000.0)[1] is not None


def test_served_by_a_process_of_its_own(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with run(SERVE, str(tmp_path), str(port)) as server, httpx2.Client(trust_env=False) as http:
        try:
            for _ in range(200):
                try:
                    assert http.get(f"{address}/health").json() == {"status": "ok"}
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            token = SandboxConfig(directory=tmp_path, clock=fixed_now).word("sms")
            gateway = SmsGateway(SmsConfig(url=address, token=token, reach=LOOPBACK))
            gateway.call(Call("sms.send", "k", {"to": "0912345601", "text": "Xin chào"}))
            assert http.get(f"{address}/effects").json() == {"effects": {"k": 1}, "total": 1}
        finally:
            server.kill()


def test_unknown_sandbox_and_unknown_connector_say_the_way_out(ground, sandbox_config):
    with pytest.raises(NotConfigured, match="identity"):
        serve("zalo", sandbox_config)
    with pytest.raises(NotConfigured, match="Người quản trị"):
        ground.registry.connector("zalo.send")
    with pytest.raises(NotConfigured, match="chọn một cách đăng nhập khác"):
        ground.registry.identity("facebook")
    assert ground.registry.kinds == {"sms.send", "post.deliver", "post.track", "post.cancel"}
    assert [provider.label.vi for provider in ground.registry.identities] == [
        "Tài khoản cấp bởi Dịch vụ công quốc gia",
        "Tài khoản định danh điện tử VNeID",
    ]


def test_faults_are_ordered_and_cleared_by_hand(ground):
    browser = ground.browser()
    address = ground.url("sms", "/faults")
    assert "Không có sự cố nào" in browser.get(address).text
    page = browser.post(address, kind="lost_reply", times="2", delay_s="1", path="/messages")
    assert "còn 2" in page.text
    assert "Không có sự cố nào" in browser.post(address, kind="works").text
    for wish in ({"kind": "nonsense"}, {"kind": "slow", "times": "0"}, {"kind": "slow", "delay_s": "x"}):
        assert browser.http.post(address, json=wish).status_code == 422
        assert browser.http.post(address, data=wish).status_code == 422
    names = browser.http.get(address, headers={"Accept": "application/json"}).json()
    assert names["waiting"] == []
    assert "lost_reply" in names["kinds"]


def test_fault_strikes_only_its_address_and_its_times(ground):
    ground.fault("post", "error", times=1, path="/orders/")
    with httpx2.Client(trust_env=False) as http:
        assert http.get(ground.url("post", "/orders?key=x")).status_code == 401
        assert http.get(ground.url("post", "/board")).status_code == 200
        assert http.get(ground.url("post", "/orders/x")).status_code == 500
        assert http.get(ground.url("post", "/orders/x")).status_code == 401


@pytest.mark.parametrize("name", ["sms", "post", "identity"])
@pytest.mark.parametrize("path", ["/", "/faults", "/nothing", "/static/sandbox.css", "/faults?lang=en"])
def test_every_page_is_protected(ground, name, path):
    reply = httpx2.get(ground.url(name, path), trust_env=False, follow_redirects=True)
    assert reply.status_code == (404 if path == "/nothing" else 200)
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in reply.text


@pytest.mark.parametrize("name", ["sms", "post", "identity"])
def test_strange_requests_are_answered_in_good_order(ground, name):
    host = urlsplit(ground.url(name)).netloc
    for method, path, body in (
        ("POST", "/faults", b"\xff" * 10),
        ("POST", "/faults", b"x" * 70_000),
        ("POST", "/messages", b'{"key": ["a"]}'),
        ("GET", "/login/%00", b""),
        ("GET", "/authorize?client_id=%ff", b""),
        ("POST", "/token", b"code=%ff"),
        ("DELETE", "/faults", b""),
    ):
        connection = http.client.HTTPConnection(host, timeout=10)
        connection.request(method, path, body, {"Content-Type": "application/json"})
        assert 400 <= connection.getresponse().status < 500, (method, path)
        connection.close()


def test_text_of_others_is_never_markup(ground):
    ground.registry.connector("sms.send").call(
        Call("sms.send", "x", {"to": "0912345601", "text": "<script>alert(1)</script>"})
    )
    page = ground.browser().get(ground.url("sms", "/inbox")).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_inbox_chooses_a_number_and_refreshes_on_wish(ground):
    for number in ("0912345601", "0912345602"):
        ground.registry.connector("sms.send").call(Call("sms.send", number, {"to": number, "text": f"Cho {number}"}))
    browser = ground.browser()
    page = browser.get(ground.url("sms", "/inbox"), to="+84912345602").text
    assert "Cho 0912345602" in page
    assert "Cho 0912345601" not in page
    assert 'http-equiv="refresh"' not in page
    assert 'http-equiv="refresh"' in browser.get(ground.url("sms", "/inbox"), refresh="1").text


def test_state_that_fails_half_way_keeps_nothing(tmp_path):
    state = SandboxState(tmp_path / "s.sqlite3", "CREATE TABLE IF NOT EXISTS t (n INTEGER)")

    def fail_half_way() -> None:
        with state.writing() as db:
            db.execute("INSERT INTO t VALUES (1)")
            db.execute("INSERT INTO nothing VALUES (1)")

    with pytest.raises(sqlite3.Error):
        fail_half_way()
    with state.reading() as db:
        assert db.execute("SELECT count(*) FROM t").fetchone()[0] == 0


def test_secrets_do_not_show_in_settings(tmp_path):
    config = SandboxConfig(directory=tmp_path, clock=fixed_now, secret="geheim")
    assert "geheim" not in repr(config)
    shown = repr([kit.practice(config) for kit in KITS])
    assert "geheim" not in shown
    assert "PRIVATE KEY" not in shown

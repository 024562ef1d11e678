"""The HTTP door: where it goes, where it does not, and what it says when an exchange breaks."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from connectors.address import AddressGuard, host_and_port
from connectors.config import LOOPBACK, Reach
from connectors.errors import AddressForbidden, NotSent, ReplyLost
from connectors.http import HttpDoor


@contextmanager
def raw_server(answer):
    """A server that answers each connection with what `answer` does to the socket."""
    listening = socket.create_server(("127.0.0.1", 0))
    seen: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                seen.append(connection.recv(65536))
                try:
                    answer(connection)
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", seen
    finally:
        listening.close()


def says(text: str):
    return lambda connection: connection.sendall(text.encode())


@pytest.fixture
def names(monkeypatch):
    """What names resolve to; a list is given out one by one, as a rebinding server would."""
    table: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host not in table:
            return real(host, port, *args, **kwargs)
        answers = table[host].pop(0) if len(table[host]) > 1 else table[host][0]
        if answers == "":
            raise socket.gaierror("no such name")
        return [
            (socket.AF_INET6 if ":" in a else socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port))
            for a in answers.split()
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:5",
        "2002:7f00:1::", "::", "ff02::1", "8.8.8.8 127.0.0.1",
    ],
)  # fmt: skip
def test_names_that_lead_inside_are_refused(names, address):
    names["gateway.example"] = [address]
    guard = AddressGuard(["https://gateway.example"])
    with pytest.raises(AddressForbidden):
        guard.resolve("gateway.example", 443)


def test_a_public_name_and_an_allowed_private_one(names):
    names["gateway.example"] = ["203.162.4.191"]
    names["inside.example"] = ["10.20.3.4"]
    guard = AddressGuard(["https://gateway.example", "http://inside.example:8080"], ["10.20.0.0/16"])
    assert guard.resolve("gateway.example", 443) == "203.162.4.191"
    assert guard.resolve("Inside.Example.", 8080) == "10.20.3.4"
    names["inside.example"] = ["10.21.3.4"]
    with pytest.raises(AddressForbidden):
        guard.resolve("inside.example", 8080)


def test_the_metadata_address_is_never_reached_even_when_configured():
    for url, networks in (("http://169.254.169.254", []), ("http://[::ffff:169.254.169.254]", ["0.0.0.0/0"])):
        host, port = host_and_port(url)
        with pytest.raises(AddressForbidden):
            AddressGuard([url], networks).resolve(host, port)


@pytest.mark.parametrize(
    "url",
    [
        "http://other.example/", "http://gateway.example:81/", "https://gateway.example/",
        "http://gateway.example@other.example/", "http://gateway.example.other.example/", "ftp://gateway.example/",
        "http://2130706433/", "http://0x7f.1/", "http:///x", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_only_configured_hosts(names, url):
    names["gateway.example"] = ["203.162.4.191"]
    door = HttpDoor(["http://gateway.example"], Reach())
    with pytest.raises((AddressForbidden, NotSent)):
        door.post(url, json_body={})


def test_a_name_cannot_change_its_mind_between_check_and_call(names):
    with raw_server(says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as (url, seen):
        port = host_and_port(url)[1]
        # The first answer is allowed but nobody listens there; the second is where a server waits.
        names["rebind.example"] = ["127.0.0.2", "127.0.0.1"]
        reach = Reach(private_networks=("127.0.0.2/32",), connect_timeout_s=0.3)
        door = HttpDoor([f"http://rebind.example:{port}"], reach)
        for expected in (NotSent, AddressForbidden, AddressForbidden):
            with pytest.raises(expected):
                door.post(f"http://rebind.example:{port}/", json_body={})
        assert seen == []


def test_redirects_are_not_followed():
    with raw_server(says("HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")) as (
        url, seen,
    ):  # fmt: skip
        assert HttpDoor([url], LOOPBACK).get(url).status == 302
        assert len(seen) == 1


def test_host_name_is_kept_for_the_other_side(names):
    with raw_server(says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as (url, seen):
        port = host_and_port(url)[1]
        names["gateway.example"] = ["127.0.0.1"]
        base = f"http://gateway.example:{port}"
        assert HttpDoor([base], LOOPBACK).get(base + "/x", query={"key": "a b&c"}).json() == {}
        assert f"host: gateway.example:{port}" in seen[0].decode().lower()
        assert b"GET /x?key=a+b%26c HTTP/1.1" in seen[0] or b"GET /x?key=a%20b%26c HTTP/1.1" in seen[0]


def test_certificate_is_checked_against_the_name(names, tmp_path):
    """The door connects to a number, yet only the certificate of the name will do."""
    pair = self_signed(tmp_path, "right.example")
    names["right.example"] = names["wrong.example"] = ["127.0.0.1"]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
                with context.wrap_socket(connection, server_side=True) as safe:
                    safe.recv(1000)
                    safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            except ssl.SSLError:
                continue
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()

    def ask(name: str, reach: Reach):
        return HttpDoor([f"https://{name}:{port}"], reach).post(f"https://{name}:{port}/")

    ours = Reach(private_networks=LOOPBACK.private_networks, ca_file=str(pair))
    assert ask("right.example", ours).ok
    with pytest.raises(NotSent):
        ask("wrong.example", ours)
    with pytest.raises(NotSent):
        # The right name, but nobody that everybody trusts has signed for it.
        ask("right.example", LOOPBACK)
    listening.close()


def self_signed(folder, name):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "pair.pem"
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    return path


def test_proxy_of_the_environment_is_not_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with raw_server(says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as (url, _):
        assert HttpDoor([url], LOOPBACK).get(url).ok


def test_nobody_listens_is_not_sent():
    closed = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    closed.close()
    with pytest.raises(NotSent):
        HttpDoor([url], LOOPBACK).post(url)


@pytest.mark.parametrize(
    "text",
    ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-"],
)
def test_cut_replies_are_lost_and_a_post_leaves_once(text):
    with raw_server(says(text)) as (url, seen):
        with pytest.raises(ReplyLost):
            HttpDoor([url], LOOPBACK).post(url, json_body={"a": 1})
        assert len(seen) == 1


def test_a_question_is_asked_three_times():
    with raw_server(says("")) as (url, seen):
        with pytest.raises(ReplyLost):
            HttpDoor([url], LOOPBACK).get(url)
        assert len(seen) == 3


def test_endless_and_dripping_replies_end():
    def pour(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    def drip(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

    reach = Reach(private_networks=LOOPBACK.private_networks, total_timeout_s=0.5, max_reply_bytes=100_000)
    for answer, code in ((pour, "reply_too_long"), (drip, "reply_slow")):
        with raw_server(answer) as (url, _):
            with pytest.raises(ReplyLost) as lost:
                HttpDoor([url], reach).post(url)
            assert lost.value.code == code


@pytest.mark.parametrize("body", ["[1]", "<html>", "", "[" * 100_000])
def test_what_is_no_json_object_is_unreadable(body):
    with raw_server(says(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}")) as (url, _):
        reply = HttpDoor([url], LOOPBACK).post(url)
    with pytest.raises(ReplyLost):
        reply.json()


def test_every_private_network_is_known_to_the_guard(names):
    """No address that Python does not call global gets through without being named."""
    guard = AddressGuard(["http://x.example"])
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15", "240.0.0.0/4"):
        names["x.example"] = [str(ipaddress.ip_network(network)[1])]
        with pytest.raises(AddressForbidden):
            guard.resolve("x.example", 80)

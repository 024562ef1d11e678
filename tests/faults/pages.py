"""The portal and the desk of the storm, over HTTP: the real application in each web process, and people's cookies."""

from __future__ import annotations

import http.client
import json
import re
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from factories.office_life import open_session
from faults.office import STEPS, People
from flask import Flask
from werkzeug.serving import make_server

from admin_ui.app import create_app
from admin_ui.dispatch import COOKIES
from engine.bootstrap import Platform
from engine.domain.actor import Actor

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
Answer = tuple[int, Mapping[str, str], str]


def sign_in(platform: Platform, people: People) -> dict[str, str]:
    """A session for everybody, as after signing in; gives the raw token by the person's id."""
    tokens = {str(actor.id): f"raw-token-of-{actor.id}" for actor in (people.citizen, *people.officials)}
    with platform.database.begin() as tx:
        for actor in (people.citizen, *people.officials):
            open_session(tx, actor, tokens[str(actor.id)])
    return tokens


def serve(app: Flask, listening: socket.socket) -> None:
    """Answer requests on a socket that was opened before the fork, each in a thread, until we are killed."""
    address = listening.getsockname()
    server = make_server(address[0], address[1], app, threaded=True, fd=listening.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()


def warm_application(platform: Platform) -> Flask:
    """The application, its first pages made, so that a forked process answers at once."""
    app = create_app(platform)
    app.test_client().get("/sign-in")
    app.test_client().get("/desk/sign-in")
    return app


@dataclass
class Window:
    """One person's browser: a session, the page cookie, and the protection token of its forms."""

    port: int
    kind: str
    token: str
    page: str
    _cookies: dict[str, str] = field(default_factory=dict)
    _protection: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def post(self, address: str, body: bytes, kind: str) -> Answer | None:
        """Send what a form or a script of ours sends; None when no answer came."""
        with self._lock:
            ready = bool(self._protection) or self._read_a_page()
        if not ready:
            return None
        headers = {"Content-Type": kind, "X-CSRFToken": self._protection}
        return self._ask("POST", address, body, headers)

    def get(self, address: str) -> Answer | None:
        return self._ask("GET", address)

    def _read_a_page(self) -> bool:
        answer = self._ask("GET", self.page)
        found = _TOKEN.search(answer[2]) if answer else None
        if answer is None or found is None:
            return False
        for cookie in answer[1].get("set-cookie", "").split("\n"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies |= {name: value} if value else {}
        self._protection = found[1]
        return True

    def _ask(
        self, verb: str, address: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer | None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = {**self._cookies, COOKIES[self.kind]: self.token}
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **(headers or {})}
        try:
            line.request(verb, address, body or None, told)
            reply = line.getresponse()
            text = reply.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
        given = reply.headers
        return reply.status, {**given, "set-cookie": "\n".join(given.get_all("Set-Cookie") or [])}, text


class Portal:
    """Does what people do at the pages: a citizen sends, an official completes."""

    def __init__(self, port: int, people: People, tokens: Mapping[str, str]) -> None:
        def window(actor: Actor, page: str) -> Window:
            return Window(port, actor.kind, tokens[str(actor.id)], page)

        self._citizen = window(people.citizen, "/track")
        self._officials = [window(official, "/desk/counter") for official in people.officials]

    def do(self, wish: Mapping[str, Any]) -> dict[str, Any] | None:
        """What came of it, in the words of `faults.clerk`; None when no answer came."""
        return self._send(wish) if wish["do"] == "send" else self._complete(wish)

    def _send(self, wish: Mapping[str, Any]) -> dict[str, Any] | None:
        form = urlencode({"submit_key": wish["key"], "confirmed": "yes"}).encode()
        said = self._citizen.post(f"/dossiers/{wish['dossier']}/submit", form, "application/x-www-form-urlencoded")
        if said is None or said[0] != 303:
            return _judged(said)
        receipt = self._citizen.get(f"/api/v1/dossiers/{wish['dossier']}")
        if receipt is None or receipt[0] != 200:
            return _judged(receipt)
        return {"done": json.loads(receipt[2])["code"]}

    def _complete(self, wish: Mapping[str, Any]) -> dict[str, Any] | None:
        body = json.dumps({"outputs": {STEPS[wish["element"]]: wish["nonce"]}, "version": wish.get("version")})
        window = self._officials[wish["official"]]
        said = window.post(f"/api/v1/tasks/{wish['task']}/complete", body.encode(), "application/json")
        return {"done": True} if said is not None and said[0] == 200 else _judged(said)


def _judged(said: Answer | None) -> dict[str, Any] | None:
    if said is None:
        return None
    status, _, text = said
    if status == 503:
        return {"again": True}
    if status >= 500 or status == 400:
        return {"broken": f"{status}: {text[:300]}"}
    words = json.loads(text).get("message", "") if text.startswith("{") else text
    return {"sentence": [words, words], "kind": str(status)}

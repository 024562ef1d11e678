"""An office with its web pages, and browsers in front of it that keep cookies and send the page's token."""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from factories.fixtures import SetClock
from factories.office_life import OfficeLife, identity_of, open_session
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from admin_ui.app import create_app
from admin_ui.dispatch import COOKIES
from engine.actions.accounts import SignIn, sign_in
from engine.actions.portal import SeedContent, seed_content
from engine.bootstrap import Platform, build
from engine.domain.actor import SYSTEM, Actor
from engine.settings import ALL_ROOMS, Settings
from engine.store.schema import metadata

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
# Moves without anybody doing anything: when a session was last used, and how often the home page was opened.
RESTLESS = {"session": {"seen_at"}, "visit_day": None}


@dataclass
class Browser:
    """One browser: its cookies, and the token of its pages."""

    client: FlaskClient
    page: str = "/sign-in"
    _token: str = ""

    @property
    def token(self) -> str:
        """The protection token of this browser's session, read from a page as a person's form carries it."""
        if not self._token:
            found = TOKEN.search(self.client.get("/track").text) or TOKEN.search(self.client.get("/desk/sign-in").text)
            assert found, "no page gave a token"
            self._token = found[1]
        return self._token

    def get(self, address: str, **given: Any) -> TestResponse:
        return self.client.get(address, **given)

    def post(self, address: str, data: dict[str, Any] | None = None, **given: Any) -> TestResponse:
        """Send a form as the page does."""
        if "json" in given:
            given["headers"] = {"X-CSRFToken": self.token, **given.get("headers", {})}
            return self.client.post(address, **given)
        return self.client.post(address, data={"csrf_token": self.token, **(data or {})}, **given)

    def speak(self, language: str) -> Browser:
        self.client.set_cookie("motcua_lang", language)
        return self


@dataclass
class WebHouse:
    """The platform, its people and its pages."""

    platform: Platform
    clock: SetClock
    life: OfficeLife
    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)

    def browser(self, actor: Actor | None = None, app: Flask | None = None) -> Browser:
        """A browser in which nobody, or this person, is signed in."""
        client = (app or self.app).test_client()
        if actor is not None:
            client.set_cookie(COOKIES[actor.kind], self.token_of(actor))
        return Browser(client)

    def token_of(self, actor: Actor) -> str:
        """A living session of this person; the raw token as their cookie holds it."""
        raw = f"raw-token-of-{actor.kind}-{actor.id}"
        return raw if raw in self.tokens else self.token_of_anew(actor, raw)

    def token_of_anew(self, actor: Actor, raw: str = "raw-token-of-a-later-session") -> str:
        """One more session, as after signing in again."""
        with self.platform.database.begin() as tx:
            self.tokens[raw] = open_session(tx, actor, raw)
        return raw

    def record(self) -> dict[str, str]:
        """A fingerprint of every table, without what moves by itself."""
        prints = {}
        with self.platform.database.read() as tx:
            for table in metadata.sorted_tables:
                left_out = RESTLESS.get(table.name, set())
                if left_out is None:
                    continue
                columns = [column for column in table.c if column.name not in left_out]
                rows = sorted(map(repr, tx.execute(select(*columns)).all()))
                prints[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return prints

    def count(self, table: Any) -> int:
        with self.platform.database.read() as tx:
            return len(tx.execute(select(table)).all())

    def somebody(self, name: str, number: str, phone: str = "+84912345678") -> Actor:
        """A citizen who has signed in before."""
        signed = self.life.do(sign_in, SignIn(identity_of(name, number, phone), "Firefox · Linux"))
        return Actor("citizen", signed.account_id, signed.name)


def found_house(folder: Path, clock: SetClock, template: Path, rooms: Any = ALL_ROOMS, **settings: str) -> WebHouse:
    """A founded office on a database of its own, with the portal's content. `settings` without their prefix."""
    path = folder / "motcua.db"
    shutil.copy(template, path)
    environment = {
        "VAR": str(folder / "var"),
        "DATABASE_URL": f"sqlite:///{path}",
        "RATE_LIMITS": "off",
        "PRACTICE": "on",
    } | settings
    read = Settings.from_env({f"MOTCUA_{name}": value for name, value in environment.items()})
    platform = build(read, clock)
    life = OfficeLife.founded(platform)
    life.do(seed_content, SeedContent(SYSTEM))
    return WebHouse(platform, clock, life, create_app(platform, rooms))

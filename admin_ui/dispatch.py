"""The one door of the web: it finds out who asks, opens the one transaction, and answers for every error.

A view is `view(ask, **address_parts) -> response`. GET and HEAD read; everything else writes: return commits, raise
rolls back. `again` names the view that shows the form once more, with what was typed, when the answer was invalid.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, current_app, g, request

from admin_ui.cookies import CITIZEN, STAFF, read_cookie
from admin_ui.guard import Guard
from admin_ui.language import chosen_language
from admin_ui.request_context import RequestContext
from engine.actions.accounts import TouchSession, touch_session
from engine.bootstrap import Platform
from engine.domain.errors import Invalid
from engine.queries.accounts import sessions

View = Callable[..., Any]  # a page answers a response; an API view answers what its schema writes
READS = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIES = {"citizen": CITIZEN, "staff": STAFF}
AUDIENCES = {"citizen": ("citizen",), "staff": ("staff",), "any": ("staff", "citizen")}


@dataclass(frozen=True)
class Dispatch:
    """A view behind the door, with its guard and its manner of working."""

    view: View
    guard: Guard
    audience: str
    room: str
    steps: bool = False
    again: View | None = None
    goes_on: bool = False  # asked for by somebody who is not signed in, it is done as soon as they are

    def __call__(self, *given: Any, **parts: Any) -> Any:
        """Answer one request. `given`: what the API's schema read from the body or the query."""
        platform = platform_here()
        ask = self._ask(platform)
        g.ask = ask
        self.guard.check(ask.actor, ask.duties)
        view = functools.partial(self.view, ask, *given)
        if self.steps:
            return view(**parts)
        try:
            return self._within(ask, platform, view, parts)
        except Invalid as error:
            if self.again is None:
                raise
            return self.show_again(ask, error, parts)

    def _ask(self, platform: Platform) -> RequestContext:
        kinds = (self.guard.kind,) if self.guard.kind else AUDIENCES[self.audience]
        cookies = (read_cookie(COOKIES[kind]) for kind in kinds)
        token = next((value for value in cookies if value), "")
        found = None
        if token:
            with platform.database.read() as tx:
                found = sessions.by_token(tx, platform.office, token)
        actor = found.actor if found else None
        if found and found.touch:
            g.session_used = found.session_id
        language = chosen_language(found.language if found else None)
        if found and found.duties and self.guard.kind is None:
            actor = None  # a page for anybody shows them what it shows anybody
        session_id, duties = (found.session_id, found.duties) if found else (None, ())
        return RequestContext(platform, self.room, actor, session_id, language, duties)

    def _within(self, ask: RequestContext, platform: Platform, view: View, parts: dict[str, Any]) -> Any:
        opened = platform.database.read() if request.method in READS else platform.database.begin()
        with opened as tx:
            ask._tx = tx
            try:
                return view(**parts)
            finally:
                ask._tx = None

    def show_again(self, ask: RequestContext, error: Invalid, parts: dict[str, Any]) -> Any:
        """The page of the form once more, with what was typed and why."""
        again = self.again
        if again is None:
            raise error
        if self.steps:
            return again(ask, error=error, **parts)
        with ask.platform.database.read() as tx:
            ask._tx = tx
            try:
                return again(ask, error=error, **parts)
            finally:
                ask._tx = None


@dataclass
class Room:
    """One room of the house: its routes, each with a guard."""

    name: str
    audience: str  # whose cookie opens it: citizen | staff
    url_prefix: str = ""
    guards: dict[str, Guard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.blueprint = Blueprint(self.name, f"admin_ui.{self.name}", url_prefix=self.url_prefix or None)

    def route(
        self,
        rule: str,
        guard: Guard,
        methods: tuple[str, ...] = ("GET",),
        steps: bool = False,
        again: View | None = None,
        goes_on: bool = False,
    ) -> Callable[[View], View]:
        """Hang a view at an address. `steps`: it opens its own short transactions and talks to others between.

        `goes_on`: what may be done for somebody right after the sign-in they were sent to for it (`admin_ui.kept`).
        """

        def hang(view: View) -> View:
            passage = Dispatch(view, guard, self.audience, self.name, steps, again, goes_on)
            endpoint = view.__name__
            self.blueprint.add_url_rule(
                rule, endpoint, functools.wraps(view)(functools.partial(passage)), methods=list(methods)
            )
            self.guards[f"{self.name}.{endpoint}"] = guard
            return view

        return hang


def platform_here() -> Platform:
    """The platform this web application serves."""
    platform: Platform = current_app.extensions["motcua"]
    return platform


def keep_session(response: Response) -> Response:
    """Keep the session of somebody who is at work alive: at most one small write a minute, after the answer."""
    session_id = g.pop("session_used", None)
    if session_id is None or response.status_code >= 500:
        return response
    platform = platform_here()
    with platform.database.begin() as tx:
        touch_session(tx, platform.office, TouchSession(session_id))
    return response

"""What a view is given: who asks, in which language, the platform, and the transaction the door holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage, MultiDict

from engine.bootstrap import Platform
from engine.domain.actor import Actor
from engine.domain.errors import SignInNeeded
from engine.domain.text import Text
from engine.queries.portal import notices
from engine.store.connection import Tx

T = TypeVar("T")
_LONGEST_SEARCH: Final = 100
_LONGEST_SEAL: Final = 1000


@dataclass
class RequestContext:
    """One question put to the office through the web."""

    platform: Platform
    room: str
    actor: Actor | None
    session_id: str | None
    lang: str
    duties: tuple[str, ...] = ()  # what this official has to do before anything else
    kept: MultiDict[str, str] | None = None  # the form of before a sign-in, instead of the one that was posted
    _tx: Tx | None = None

    @property
    def tx(self) -> Tx:
        """The transaction of this request; routes that work in steps have none and use `transact`."""
        if self._tx is None:
            raise RuntimeError("this route works in steps: use transact()")
        return self._tx

    @property
    def who(self) -> Actor:
        """The person who asks; raises SignInNeeded when nobody is signed in."""
        if self.actor is None:
            raise SignInNeeded()
        return self.actor

    @property
    def form(self) -> Mapping[str, str]:
        """The fields that were posted, without the protection token."""
        return {name: value for name, value in self._posted.items() if name != "csrf_token"}

    def ticked(self, name: str) -> list[str]:
        """Every value that was posted under one name."""
        return self._posted.getlist(name)

    @property
    def _posted(self) -> MultiDict[str, str]:
        return request.form if self.kept is None else self.kept

    @property
    def query(self) -> Mapping[str, str]:
        """The fields of the address."""
        return request.args

    def files(self, name: str) -> list[FileStorage]:
        """The files sent under `name`; an empty slot counts as none."""
        return [file for file in request.files.getlist(name) if file.filename]

    def transact(self, step: Callable[[Tx], T]) -> T:
        """One writing transaction of a route that works in steps: return commits, raise rolls back."""
        with self.platform.database.begin() as tx:
            return step(tx)

    def look(self, step: Callable[[Tx], T]) -> T:
        """One reading transaction of a route that works in steps."""
        with self.platform.database.read() as tx:
            return step(tx)

    def say(self, text: Text, kind: str = "success", links: Sequence[tuple[str, str]] = ()) -> None:
        """Put a sentence on the next page this person sees. `kind`: success, info, warning or danger.

        `links`: words and addresses of our own pages that stand below it.
        """
        said = {"words": text.in_language(self.lang), "links": [list(link) for link in links]}
        flash(said, kind)  # type: ignore[arg-type]  # the session keeps any JSON

    def render(self, template: str, status: int = 200, **context: object) -> Response:
        """A page."""
        return make_response(render_template(template, ask=self, unread=self._unread(), **context), status)

    def _unread(self) -> int:
        """How many notices a citizen has not read, for the head of every page of the portal."""
        actor = self.actor
        if self.room != "portal" or actor is None or not actor.is_citizen:
            return 0
        return notices.unread(self._tx, actor) if self._tx else self.look(lambda tx: notices.unread(tx, actor))

    def sealed(self, words: str) -> str | None:
        """What somebody looks for, for an address: to be read by nobody else. Nothing for nothing."""
        return self.platform.office.box.seal(words, self._search) if words else None

    @property
    def searched(self) -> str:
        """What this page's address looks for; nothing for what was sealed for somebody else, or is no seal."""
        given = self.query.get("s", "")[:_LONGEST_SEAL]
        return (self.platform.office.box.open(given, self._search) or "") if given else ""

    @property
    def search_typed(self) -> str:
        """What the search of a page has sent as a form."""
        return " ".join(self.form.get("q", "").split())[:_LONGEST_SEARCH]

    @property
    def _search(self) -> str:
        return f"search of {self.who.id}"

    def own_url(self, endpoint: str, **values: str) -> str:
        """The citizens' public address of a page, as the settings name it: never taken from the request."""
        return self.platform.settings.base_url + url_for(endpoint, **values)  # type: ignore[arg-type]  # url values

    def go(self, endpoint: str, **values: object) -> Response:
        """See other: after a POST the browser gets a page it may reload."""
        return make_response(redirect(url_for(endpoint, **values), code=303))  # type: ignore[arg-type]  # url values

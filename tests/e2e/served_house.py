"""An office served from this very process, for people with browsers who are signed in already.

What an installation adds (processes, sandboxes, sign-in) is tested elsewhere; here many people handle few dossiers.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from factories.web_house import WebHouse
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from admin_ui.dispatch import COOKIES
from engine.domain.actor import Actor
from engine.store.process import tasks

HEAVY: Final = re.compile(r"/preview/|/view(#|$)|/diagram\.bpmn$")


@dataclass
class ServedHouse:
    """`house` behind an address; one browser context for each person, kept until the end.

    `draws`: whether browsers draw papers and diagrams, which costs more than all the rest of a page.
    """

    house: WebHouse
    browser: Browser
    contexts: dict[str, BrowserContext] = field(default_factory=dict)
    draws: bool = False

    def __enter__(self) -> Self:
        self._server = make_server("127.0.0.1", 0, self.house.app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for context in self.contexts.values():
            context.close()
        self._server.shutdown()
        self._server.server_close()

    def page_of(self, actor: Actor, **how: Any) -> Page:
        """The browser of this person, signed in."""
        name = f"{actor.kind}:{actor.id}:{sorted(how)}"
        if name not in self.contexts:
            context = self.browser.new_context(base_url=self.url, locale="vi-VN", **how)
            cookie = {"name": COOKIES[actor.kind], "value": self.house.token_of(actor), "url": self.url}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict of the library
            context.set_default_timeout(20_000)
            context.route(HEAVY, lambda route: route.continue_() if self.draws else route.fulfill(status=204))
            context.new_page()
            self.contexts[name] = context
        return self.contexts[name].pages[0]

    def whose_turn(self, dossier_id: str) -> tuple[Actor, str]:
        """The official whose lane the open step lies in, and its task."""
        task = self.house.life.open_task(dossier_id)
        return self.house.life.officials[task["role"]], str(task["id"])

    def steps_done(self, dossier_id: str) -> int:
        """How many steps have been completed."""
        rows = self.house.life.see(tasks.of_dossier, dossier_id)
        return sum(1 for row in rows if row["completed_at"])

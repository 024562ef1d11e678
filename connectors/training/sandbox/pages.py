"""Pages of the sandboxes: Vietnamese first, English by a switch, no script, no outside file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Request, Response

from connectors.port import Label

_HERE: Final = Path(__file__).parent
LANG_COOKIE: Final = "sandbox_lang"
_VIETNAM: Final = timezone(timedelta(hours=7))


class Pages:
    """Renders the templates of one sandbox inside the common frame."""

    def __init__(self, title: Label, theme: str, folder: Path, links: Mapping[str, Label]) -> None:
        self._title = title
        self._theme = theme
        self._links = links
        self._templates = Environment(
            loader=FileSystemLoader([folder, _HERE / "templates"]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["clock"] = _clock

    def show(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """One page in the person's language."""
        lang = language(request)

        def t(vi: str, en: str) -> str:
            return en if lang == "en" else vi

        html = self._templates.get_template(template).render(
            t=t,
            label=lambda text: t(text.vi, text.en),
            lang=lang,
            switch_url=_switch_url(request, "vi" if lang == "en" else "en"),
            sandbox_title=t(self._title.vi, self._title.en),
            theme=self._theme,
            links=self._links,
            here=request.path,
            **values,
        )
        response = Response(html, status=status, content_type="text/html; charset=utf-8")
        if request.args.get("lang") in ("vi", "en"):
            response.set_cookie(LANG_COOKIE, lang, samesite="Lax", httponly=True)
        return response


def language(request: Request) -> str:
    """ "vi" or "en": the switch, else what was chosen before, else what the client site asked for."""
    wishes = (
        request.args.get("lang"),
        request.cookies.get(LANG_COOKIE),
        (request.args.get("ui_locales") or "").split(" ")[0][:2],
    )
    return next((wish for wish in wishes if wish in ("vi", "en")), "vi")


def json_reply(value: Mapping[str, object], status: int = 200) -> Response:
    """A JSON answer for the machines that call."""
    return Response(
        json.dumps(value, ensure_ascii=False), status=status, content_type="application/json; charset=utf-8"
    )


def refusal(code: str, message_vi: str, message_en: str, status: int = 422) -> Response:
    """A machine-readable no, with a sentence for people."""
    return json_reply({"code": code, "message_vi": message_vi, "message_en": message_en}, status)


def wants_json(request: Request) -> bool:
    """Whether a machine asks: it prefers JSON, or says ?format=json."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return request.args.get("format") == "json" or request.is_json or best == "application/json"


def _switch_url(request: Request, lang: str) -> str:
    query = {name: value for name, value in request.args.items() if name != "lang"}
    return "?" + urlencode({**query, "lang": lang})


def _clock(instant: datetime | float) -> str:
    """Vietnamese wall time, dd/MM/yyyy HH:mm:ss."""
    at = instant if isinstance(instant, datetime) else datetime.fromtimestamp(instant, _VIETNAM)
    return at.astimezone(_VIETNAM).strftime("%d/%m/%Y %H:%M:%S")

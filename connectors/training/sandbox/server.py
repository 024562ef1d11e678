"""The web server every sandbox is: routes, faults, own origin only, pages that need no script."""

from __future__ import annotations

import hmac
import logging
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from werkzeug.exceptions import Forbidden, HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler
from werkzeug.serving import make_server as make_wsgi_server
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from connectors.training.sandbox.faults import (
    COMMON_FAULTS,
    WORKS,
    BadFault,
    Fault,
    FaultBook,
    effects_by_key,
)
from connectors.training.sandbox.pages import Pages, json_reply, refusal, wants_json
from connectors.training.sandbox.state import SandboxState

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Handler = Callable[..., Response]

_STYLE: Final = Path(__file__).parent / "static" / "sandbox.css"
_MAX_BODY: Final = 64 * 1024
_BEFORE: Final = frozenset(COMMON_FAULTS) - {WORKS}
_LOG: Final = logging.getLogger("motcua.sandbox")


@dataclass(frozen=True)
class Route:
    """One address. `machine`: called by programs, so ordered faults strike here."""

    rule: str
    method: str
    handler: Handler
    machine: bool = False


class _ReplyLostError(ConnectionAbortedError):
    """Raised after the work is done; the server drops the connection without a word."""


class Sandbox:
    """A WSGI application made of routes, with /faults, /effects, /health and the style sheet added."""

    def __init__(
        self,
        state: SandboxState,
        pages: Pages,
        faults: FaultBook,
        routes: Iterable[Route],
        form_targets: Iterable[str] = (),
    ) -> None:
        self._state = state
        self._pages = pages
        self._faults = faults
        self._form_action = " ".join(["'self'", *form_targets])
        self._routes = [
            *routes,
            Route("/faults", "GET", self._show_faults),
            Route("/faults", "POST", self._order_fault),
            Route("/effects", "GET", self._show_effects),
            Route("/health", "GET", lambda request: json_reply({"status": "ok"})),
            Route("/static/sandbox.css", "GET", _style),
        ]
        self._map = Map(
            [Rule(route.rule, methods=[route.method], endpoint=str(n)) for n, route in enumerate(self._routes)]
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; a lost reply is raised to the server, which drops the connection."""
        request = Request(environ)
        request.max_content_length = _MAX_BODY
        try:
            response = self._answer(request)
        except _ReplyLostError:
            _cut(environ)
            raise
        except HTTPException as error:
            response = self._say_no(request, error)
        except Exception:
            _LOG.exception("sandbox failed")
            response = refusal("internal", "Máy chủ mô phỏng gặp lỗi.", "The sandbox failed.", 500)
        self._protect(response)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        _own_origin_only(request)
        endpoint, arguments = self._map.bind_to_environ(request.environ).match()
        route = self._routes[int(endpoint)]
        fault = self._faults.take(request.path, _BEFORE) if route.machine else None
        spoiled = _strike(fault)
        if spoiled is not None:
            return spoiled
        response = route.handler(request, **arguments)
        if fault is not None and fault.kind == "lost_reply":
            raise _ReplyLostError
        return response

    def _say_no(self, request: Request, error: HTTPException) -> Response:
        if error.response is not None and isinstance(error.response, Response):
            return error.response
        status = error.code or 500
        if error.code in (301, 302, 307, 308):
            return Response(status=404)
        code = HTTPStatus(status).phrase.lower().replace(" ", "_")
        if wants_json(request):
            return refusal(code, f"Không thực hiện được (mã {status}).", error.name, status)
        return self._pages.show(request, "error.html", status=status, code=status, name=error.name)

    def _protect(self, response: Response) -> None:
        response.headers.setdefault(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
            f"form-action {self._form_action}; frame-ancestors 'none'",
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")

    def _show_faults(self, request: Request) -> Response:
        waiting = self._faults.waiting()
        if wants_json(request):
            return json_reply({"waiting": [vars(fault) for fault in waiting], "kinds": list(self._faults.kinds)})
        return self._pages.show(request, "faults.html", waiting=waiting, kinds=self._faults.kinds, error=None)

    def _order_fault(self, request: Request) -> Response:
        wish = json_body(request) if request.is_json else request.form.to_dict()
        try:
            self._faults.order(wish)
        except BadFault as error:
            if request.is_json:
                return refusal("bad_fault", f"Yêu cầu không hợp lệ: {error}", f"Not understood: {error}")
            waiting, kinds = self._faults.waiting(), self._faults.kinds
            return self._pages.show(request, "faults.html", status=422, waiting=waiting, kinds=kinds, error=str(error))
        return json_reply({"ordered": True}) if request.is_json else see_other("/faults")

    def _show_effects(self, request: Request) -> Response:
        effects = effects_by_key(self._state)
        return json_reply({"effects": effects, "total": sum(effects.values())})


class _QuietHandler(WSGIRequestHandler):
    """Writes no access log: the addresses and numbers in it would be personal data."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:
        """A cut connection ends here, as ordered; it is not kept for another request."""
        self.close_connection = True


def serve_on(build: Callable[[int], Sandbox], host: str, port: int) -> BaseWSGIServer:
    """The listening server (port 0: any free one); the caller runs `serve_forever`, here or in a thread.

    `build` gets the port that was really taken, for sandboxes that must name their own address.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
        taken = int(listening.getsockname()[1])
        server = make_wsgi_server(
            host, taken, build(taken), threaded=True, request_handler=_QuietHandler, fd=listening.fileno()
        )
    server.daemon_threads = True  # type: ignore[attr-defined] # the threaded server has it; its base type does not say so
    return server


def bearer_fits(request: Request, token: str) -> bool:
    """Whether the caller shows the agreed token."""
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())


def json_body(request: Request) -> dict[str, object]:
    """The JSON object sent, or an empty one."""
    value = request.get_json(silent=True)
    return value if isinstance(value, dict) else {}


def see_other(location: str) -> Response:
    """Go there by GET, so that reloading the page repeats nothing."""
    return redirect(location, code=303)


def _strike(fault: Fault | None) -> Response | None:
    kind = fault.kind if fault is not None else ""
    if fault is not None and kind == "slow":
        time.sleep(fault.delay_s)
    if kind == "refuse":
        return refusal("refused_on_demand", "Bị từ chối (theo kịch bản thử).", "Refused (as ordered).", 422)
    if kind == "busy":
        return Response(status=503, headers={"Retry-After": "1"})
    if kind == "error":
        return Response("Internal Server Error", status=500, content_type="text/plain")
    return None


def _own_origin_only(request: Request) -> None:
    """A page of another site may not press our buttons; programs send no Origin."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin is not None and urlsplit(origin).netloc != request.host:
        raise Forbidden("origin")


def _cut(environ: WSGIEnvironment) -> None:
    connection = environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        connection.shutdown(socket.SHUT_RDWR)


def _style(request: Request) -> Response:
    return Response(
        _STYLE.read_bytes(), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=300"}
    )

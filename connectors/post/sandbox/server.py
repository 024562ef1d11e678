"""The addresses of the postal sandbox: /orders for programs, /board for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from werkzeug.exceptions import NotFound
from werkzeug.serving import BaseWSGIServer
from werkzeug.wrappers import Request, Response

from connectors.port import Label
from connectors.post.gateway import STATUS_LABELS
from connectors.post.sandbox.orders import CANCELLED, DELIVERED, NEXT, KeyTaken, OrderBook, Parcel, WrongStatus
from connectors.post.sandbox.reporter import Reporter
from connectors.training.config import SandboxConfig
from connectors.training.sandbox.faults import FaultBook
from connectors.training.sandbox.pages import Pages, json_reply, refusal
from connectors.training.sandbox.server import Route, Sandbox, bearer_fits, json_body, see_other, serve_on

_TITLE: Final = Label("Bưu chính công ích (mô phỏng)", "Public postal service (simulation)")
_LINKS: Final[Mapping[str, Label]] = {
    "/board": Label("Bưu gửi", "Parcels"),
    "/faults": Label("Sự cố", "Faults"),
    "/effects": Label("Số lần tác dụng", "Effects"),
}
_FAULTS: Final[Mapping[str, Label]] = {
    "ignores_keys": Label("Quên khóa chống đặt trùng", "Forgets idempotency keys"),
    "duplicate_callback": Label("Báo kết quả hai lần", "Reports a step twice"),
    "lost_callback": Label("Không báo kết quả", "Does not report a step"),
    "forged_callback": Label("Báo kết quả với chữ ký sai", "Reports with a wrong signature"),
}
_WANTED: Final = ("receiver_name", "phone", "address")


class PostSandbox:
    """A postal service whose parcels a trainer moves by pressing a button."""

    def __init__(self, config: SandboxConfig) -> None:
        self._config = config
        self._book = OrderBook(config.directory / "post.sqlite3")
        self._faults = FaultBook(self._book.state, _FAULTS)
        self._reporter = Reporter(config, self._faults)
        self._pages = Pages(_TITLE, "post", Path(__file__).parent / "templates", _LINKS)
        self.app = Sandbox(
            self._book.state,
            self._pages,
            self._faults,
            [
                Route("/", "GET", lambda request: see_other("/board")),
                Route("/orders", "POST", self._take, machine=True),
                Route("/orders", "GET", self._find, machine=True),
                Route("/orders/<number>", "GET", self._track, machine=True),
                Route("/orders/<number>/cancel", "POST", self._cancel, machine=True),
                Route("/board", "GET", self._board),
                Route("/board/<number>", "POST", self._move),
                Route("/board/<number>/report", "POST", self._report_again),
            ],
        )

    def _take(self, request: Request) -> Response:
        body = json_body(request)
        key = str(body.pop("key", "") or "")
        if not bearer_fits(request, self._config.word("post")):
            return _wrong_token()
        missing = [name for name in _WANTED if not str(body.get(name) or "").strip()]
        if missing or not key:
            return refusal("incomplete", "Đơn còn thiếu thông tin.", f"Missing: {', '.join(missing) or 'key'}.")
        honour_key = self._faults.take(request.path, frozenset({"ignores_keys"})) is None
        try:
            parcel = self._book.take(key, body, now=self._now(), honour_key=honour_key)
        except KeyTaken:
            return refusal("key_taken", "Khóa đã dùng cho đơn khác.", "The key belongs to another order.", 409)
        return json_reply(_as_json(parcel), 201)

    def _find(self, request: Request) -> Response:
        if not bearer_fits(request, self._config.word("post")):
            return _wrong_token()
        return _found(self._book.find(key=request.args.get("key", "")))

    def _track(self, request: Request, number: str) -> Response:
        if not bearer_fits(request, self._config.word("post")):
            return _wrong_token()
        return _found(self._book.find(number=number))

    def _cancel(self, request: Request, number: str) -> Response:
        if not bearer_fits(request, self._config.word("post")):
            return _wrong_token()
        try:
            return _found(self._book.move(number, CANCELLED, now=self._now()))
        except WrongStatus:
            return refusal(
                "already_delivered", "Bưu gửi đã phát, không hủy được.", "The parcel is delivered already.", 409
            )

    def _board(self, request: Request) -> Response:
        return self._pages.show(
            request, "board.html", parcels=self._book.latest(), statuses=STATUS_LABELS, following=NEXT, error=False
        )

    def _move(self, request: Request, number: str) -> Response:
        wished = request.form.get("status", "")
        try:
            parcel = self._book.move(number, int(wished) if wished.isdigit() else DELIVERED, now=self._now())
        except WrongStatus:
            parcels = self._book.latest()
            return self._pages.show(
                request, "board.html", 409, parcels=parcels, statuses=STATUS_LABELS, following=NEXT, error=True
            )
        return self._report(parcel)

    def _report_again(self, request: Request, number: str) -> Response:
        return self._report(self._book.find(number=number))

    def _report(self, parcel: Parcel | None) -> Response:
        if parcel is None:
            raise NotFound
        self._book.note_report(parcel.tracking_number, self._reporter.report(parcel))
        return see_other("/board")

    def _now(self) -> float:
        return self._config.clock().timestamp()


def make_server(config: SandboxConfig, host: str, port: int) -> BaseWSGIServer:
    """The postal sandbox, listening; run `serve_forever` in a thread or a process."""
    return serve_on(lambda taken: PostSandbox(config).app, host, port)


def _found(parcel: Parcel | None) -> Response:
    if parcel is None:
        return refusal("not_found", "Bưu chính không có đơn này.", "The post has no such order.", 404)
    return json_reply(_as_json(parcel))


def _as_json(parcel: Parcel) -> dict[str, object]:
    return {
        "tracking_number": parcel.tracking_number,
        "key": parcel.key,
        "status": parcel.status,
        "status_at": _iso(parcel.status_at),
        "history": [{"status": status, "at": _iso(at)} for status, at in parcel.history],
    }


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _wrong_token() -> Response:
    return refusal("unauthorized", "Sai mã truy cập bưu chính.", "Wrong postal token.", 401)

"""The addresses of the SMS sandbox: /messages for programs, /inbox for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from werkzeug.serving import BaseWSGIServer
from werkzeug.wrappers import Request, Response

from connectors.errors import BadNumber
from connectors.port import Label
from connectors.sms.sandbox.messages import Incoming, KeyTaken, Message, MessageBook
from connectors.sms.text import Encoding, mobile_number
from connectors.training.config import SandboxConfig
from connectors.training.sandbox.faults import Fault, FaultBook
from connectors.training.sandbox.pages import Pages, json_reply, refusal
from connectors.training.sandbox.server import Route, Sandbox, bearer_fits, json_body, see_other, serve_on

_TITLE: Final = Label("Tổng đài tin nhắn (mô phỏng)", "SMS gateway (simulation)")
_LINKS: Final[Mapping[str, Label]] = {
    "/inbox": Label("Hộp thư", "Inbox"),
    "/faults": Label("Sự cố", "Faults"),
    "/effects": Label("Số lần tác dụng", "Effects"),
}
_FAULTS: Final[Mapping[str, Label]] = {
    "not_delivered": Label("Nhận tin nhưng không bao giờ tới máy", "Accepts the message, it never arrives"),
    "delayed": Label("Tin tới máy chậm", "The message arrives late"),
    "ignores_keys": Label("Quên khóa chống gửi trùng", "Forgets idempotency keys"),
}
_REFRESH_S: Final = 5


class SmsSandbox:
    """A gateway that behaves like a carrier's, and an inbox in place of the phones."""

    def __init__(self, config: SandboxConfig) -> None:
        self._config = config
        self._book = MessageBook(config.directory / "sms.sqlite3")
        self._faults = FaultBook(self._book.state, _FAULTS)
        self._pages = Pages(_TITLE, "sms", Path(__file__).parent / "templates", _LINKS)
        self.app = Sandbox(
            self._book.state,
            self._pages,
            self._faults,
            [
                Route("/", "GET", lambda request: see_other("/inbox")),
                Route("/messages", "POST", self._take, machine=True),
                Route("/messages", "GET", self._find, machine=True),
                Route("/inbox", "GET", self._inbox),
                Route("/inbox.json", "GET", self._inbox_json),
            ],
        )

    def _take(self, request: Request) -> Response:
        if not bearer_fits(request, self._config.word("sms")):
            return refusal("unauthorized", "Sai mã truy cập tổng đài.", "Wrong gateway token.", 401)
        try:
            incoming = _incoming(json_body(request))
        except BadNumber as error:
            return refusal(error.code, error.message_vi, error.message_en)
        if not (incoming.key and incoming.text):
            return refusal("incomplete", "Thiếu khóa hoặc nội dung.", "The key or the text is missing.")
        fault = self._faults.take(request.path, frozenset(_FAULTS))
        now = self._now()
        try:
            message = self._book.take(
                incoming,
                now=now,
                deliver_at=_arrival(now, fault),
                honour_key=fault is None or fault.kind != "ignores_keys",
            )
        except KeyTaken:
            return refusal("key_taken", "Khóa đã dùng cho tin khác.", "The key belongs to another message.", 409)
        return json_reply(_as_json(message, "queued"), 202)

    def _find(self, request: Request) -> Response:
        if not bearer_fits(request, self._config.word("sms")):
            return refusal("unauthorized", "Sai mã truy cập tổng đài.", "Wrong gateway token.", 401)
        message = self._book.find(request.args.get("key", ""))
        if message is None:
            return refusal("not_found", "Không có tin nhắn với khóa này.", "No message under this key.", 404)
        return json_reply(_as_json(message, message.status(self._now())))

    def _inbox(self, request: Request) -> Response:
        number = _chosen_number(request)
        return self._pages.show(
            request,
            "inbox.html",
            number=number,
            numbers=self._book.numbers(),
            messages=self._book.arrived(number, self._now()),
            refresh_s=_REFRESH_S if request.args.get("refresh") else None,
        )

    def _inbox_json(self, request: Request) -> Response:
        messages = self._book.arrived(_chosen_number(request), self._now())
        return json_reply({"messages": [_as_json(message, "delivered") | {"text": message.text,
            "to": message.number} for message in messages]})  # fmt: skip

    def _now(self) -> float:
        return self._config.clock().timestamp()


def make_server(config: SandboxConfig, host: str, port: int) -> BaseWSGIServer:
    """The SMS sandbox, listening; run `serve_forever` in a thread or a process."""
    return serve_on(lambda taken: SmsSandbox(config).app, host, port)


def _incoming(body: Mapping[str, object]) -> Incoming:
    encoding: Encoding = "UCS-2" if body.get("encoding") == "UCS-2" else "GSM-7"
    return Incoming(
        str(body.get("key") or ""),
        mobile_number(str(body.get("to") or "")),
        str(body.get("text") or ""),
        str(body.get("sender") or ""),
        encoding,
    )


def _arrival(now: float, fault: Fault | None) -> float | None:
    if fault is not None and fault.kind == "not_delivered":
        return None
    return now + fault.delay_s if fault is not None and fault.kind == "delayed" else now


def _as_json(message: Message, status: str) -> dict[str, object]:
    return {
        "message_id": message.message_id,
        "key": message.key,
        "status": status,
        "parts": message.parts,
        "encoding": message.encoding,
    }


def _chosen_number(request: Request) -> str | None:
    typed = request.args.get("to", "").strip()
    # A plus sign in an address means a space; people copy "+84…" into it all the same.
    try:
        return mobile_number(typed) if typed else None
    except BadNumber:
        return typed

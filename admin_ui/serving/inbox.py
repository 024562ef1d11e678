"""What a connection has sent of its next request, gathered until it is whole; and what is said when it never is."""

from __future__ import annotations

import json
import re
import tempfile
from html import escape
from http import HTTPStatus
from typing import IO, Final

MAX_LINE: Final = 8190  # one line of a request's head, the first too; bytes
MAX_LINES: Final = 100
MAX_HEAD: Final = 64 * 1024
MAX_SENT: Final = 200 * 1024 * 1024  # read to its end, though refused, so that a browser shows why
HEAD_S: Final = 10.0  # for the whole head
SILENT_S: Final = 20.0  # without a single byte
SLOWEST: Final = 8 * 1024  # bytes a second of a body
_IN_MEMORY: Final = 256 * 1024
_END: Final = b"\r\n\r\n"
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)
_CHUNKED: Final = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)
_EXPECT: Final = re.compile(rb"^expect:[ \t]*100-continue[ \t]*\r$", re.IGNORECASE | re.MULTILINE)

_SENTENCES: Final = {
    400: (
        "Yêu cầu gửi lên không đọc được. Hãy tải lại trang rồi thử lại.",
        "The request cannot be read. Reload the page and try again.",
    ),
    408: (
        "Đường truyền quá chậm hoặc bị ngắt nên chưa nhận đủ. Nội dung đã lưu không bị mất; hãy gửi lại.",
        "The line is too slow or was cut and not all arrived. What was saved is not lost; please send again.",
    ),
    411: (
        "Chương trình gửi cần ghi độ dài nội dung (Content-Length).",
        "The sender has to state the length of the content (Content-Length).",
    ),
    413: ("Nội dung gửi lên quá lớn.", "What was sent is too large."),
    414: (
        "Địa chỉ hoặc nội dung tìm kiếm quá dài. Hãy rút ngắn rồi thử lại.",
        "The address or the search is too long. Make it shorter and try again.",
    ),
    431: (
        "Phần đầu của yêu cầu quá lớn. Hãy xóa cookie của trang này rồi thử lại.",
        "The head of the request is too large. Delete this site's cookies and try again.",
    ),
    500: (
        "Hệ thống gặp lỗi ngoài dự kiến. Hãy thử lại sau ít phút.",
        "An unexpected error. Try again in a few minutes.",
    ),
    503: ("Hệ thống đang rất bận. Hãy thử lại sau ít phút.", "The system is very busy. Try again in a few minutes."),
}


class Inbox:
    """One request on its way in. `now` is always a steady clock's seconds."""

    def __init__(self, now: float, max_body: int, sent: bytes = b"") -> None:
        self._began = self._last = now
        self._max_body = max_body
        self._body: IO[bytes] | None = None
        self._missing = self._received = 0
        self._kept = True
        self.declared = 0  # bytes of the body that will have to be kept
        self.head = b""
        self.rest = b""  # of the next request, when somebody sends two at once
        self.whole = False
        self.refusal = 0  # the HTTP status with which it ends before anybody worked on it
        self.wants_word = False  # the sender waits for "100 Continue" before the body
        if sent:
            self.take(sent, now)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been sent yet: a line kept open for later."""
        return not self.head

    @property
    def of_program(self) -> bool:
        """Whether the address is one of the API's, where answers are JSON."""
        return self.head.partition(b" ")[2].startswith(b"/api/")

    def take(self, data: bytes, now: float) -> None:
        """Add what has just come."""
        if self.is_empty:
            self._began = now
        self._last = now
        if self._body is not None:
            self._take_body(data)
            return
        self.head = (self.head + data).lstrip(b"\r\n")
        head, end, rest = self.head.partition(_END)
        self.refusal = _fault(head, ended=bool(end))
        if end and not self.refusal:
            self.head = head + end
            self._open_body(rest)

    def is_late(self, now: float) -> bool:
        """Whether the sender has used up the time for the head, is silent, or slower than any line of today."""
        if self._body is None:
            return now - self._began > HEAD_S
        return now - self._last > SILENT_S or now - self._began > HEAD_S + SILENT_S + self._received / SLOWEST

    def contents(self) -> IO[bytes]:
        """The body, from its beginning."""
        body = self._body or tempfile.SpooledTemporaryFile()  # noqa: SIM115 - lives as long as its request
        body.seek(0)
        return body

    def close(self) -> None:
        """Let go of what was gathered."""
        if self._body is not None:
            self._body.close()

    def _open_body(self, rest: bytes) -> None:
        if _CHUNKED.search(self.head):
            self.refusal = 411
            return
        lengths = _LENGTH.findall(self.head)
        self._missing = int(lengths[0]) if len(lengths) == 1 else 0  # doubtful ones are refused by the parser
        if self._missing > MAX_SENT:
            self.refusal = 413
            return
        self._kept = self._missing <= self._max_body
        self.declared = self._missing if self._kept else 0
        self._body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self.wants_word = bool(_EXPECT.search(self.head)) and len(rest) < self._missing
        self._take_body(rest)

    def _take_body(self, data: bytes) -> None:
        mine, self.rest = data[: self._missing], self.rest + data[self._missing :]
        self._missing -= len(mine)
        self._received += len(mine)
        if self._kept and self._body is not None:
            self._body.write(mine)  # too much is read and thrown away: the application says so by its length
        self.whole = self._missing == 0


def _fault(head: bytes, *, ended: bool) -> int:
    """The status with which this head is refused; 0: so far it is one."""
    lines = head.split(b"\r\n")
    if len(lines[0]) > MAX_LINE:
        return 414
    if len(head) > MAX_HEAD or len(lines) > MAX_LINES or any(len(line) > MAX_LINE for line in lines):
        return 431
    return 0


def answer(status: int, *, of_program: bool) -> bytes:
    """The whole HTTP answer with the sentence for this status, as a page or as JSON, after which the line is closed."""
    vi, en = _SENTENCES.get(status, _SENTENCES[400])
    if of_program:
        kind = "application/json"
        body = json.dumps({"code": status, "message": f"{vi} / {en}", "errors": {}}, ensure_ascii=False).encode()
    else:
        kind = "text/html; charset=utf-8"
        body = (
            f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{status}</title>'
            f'<h1>{escape(vi)}</h1><p lang="en">{escape(en)}</p></html>'
        ).encode()
    lines = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Connection: close",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'",
    )
    return "\r\n".join(lines).encode() + _END + body

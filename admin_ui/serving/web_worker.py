"""gunicorn's threaded worker, whose threads only ever see whole requests.

By itself a thread reads head and body from the line: fifteen people who send a byte a second hold fifteen threads, and
the office is silent. Here the loop that accepts connections gathers them, many hundreds at once, each with a deadline.
"""

from __future__ import annotations

import selectors
import socket
import struct
import time
from contextlib import suppress
from typing import IO, Any, Final

from gunicorn.http import errors
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from admin_ui.app import max_request_bytes
from admin_ui.serving.inbox import Inbox, answer
from engine.settings import Settings

MAX_GATHERED: Final = 1024 * 1024 * 1024  # bytes of bodies on their way in, of one process
MAX_GATHERING: Final = 800  # connections that are not whole yet; then the source with the most loses its oldest
_STALLED_S: Final = 30  # a reader that takes nothing for so long is let go
_LINGER_S: Final = 2.0
_LOOK_EVERY_S: Final = 0.5
_PIECE: Final = 64 * 1024
_STATUS: Final = {errors.LimitRequestLine: 414, errors.LimitRequestHeaders: 431}


class Gathered(Unreader):  # type: ignore[misc]  # gunicorn has no type information
    """Gives the parser what was gathered, then the end; a thread never waits for a line."""

    def __init__(self, head: bytes, body: IO[bytes]) -> None:
        super().__init__()
        self._head, self._body = head, body

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece."""
        head, self._head = self._head, b""
        return head or self._body.read(max(size_hint or 0, 8192))


class GatheringWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no type information
    """Accept, gather, hand over; keep-alive connections are gathered anew."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._gathering: dict[socket.socket, tuple[TConn, Inbox]] = {}
        self._closing: dict[socket.socket, tuple[TConn, float]] = {}
        self._of_programs: set[socket.socket] = set()
        self._looked_at = 0.0
        self._max_body = max_request_bytes(Settings.from_env())

    def accept(self, listener: Any) -> None:
        """Take a new connection; nobody works on it yet."""
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _STALLED_S, 0))
        self._gather(TConn(self.cfg, client, address, listener.getsockname()))

    def _gather(self, conn: TConn, sent: bytes = b"") -> None:
        if len(self._gathering) >= MAX_GATHERING:
            self._make_room()
        conn.sock.setblocking(False)
        inbox = Inbox(time.monotonic(), self._max_body, sent)
        self._gathering[conn.sock] = (conn, inbox)
        self.poller.register(conn.sock, selectors.EVENT_READ, self._readable)
        self._look(conn, inbox)

    def _readable(self, sock: socket.socket) -> None:
        found = self._gathering.get(sock)
        try:
            data = sock.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(sock)
        elif found is not None:
            found[1].take(data, time.monotonic())
            self._look(*found)

    def _look(self, conn: TConn, inbox: Inbox) -> None:
        """Refuse, hand over, or go on waiting."""
        if inbox.declared and sum(one.declared for _, one in self._gathering.values()) > MAX_GATHERED:
            self._refuse(conn, inbox, 503)
        elif inbox.refusal:
            self._refuse(conn, inbox, inbox.refusal)
        elif inbox.whole:
            self._hand_over(conn, inbox)
        elif inbox.wants_word:
            inbox.wants_word = False
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _hand_over(self, conn: TConn, inbox: Inbox) -> None:
        self.poller.unregister(conn.sock)
        del self._gathering[conn.sock]
        if inbox.of_program:
            self._of_programs.add(conn.sock)
        conn.parser = RequestParser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader = Gathered(inbox.head, inbox.contents())
        conn.inbox = inbox
        conn.initialized = conn.data_ready = True
        self.enqueue_req(conn)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        """After an answer: gather the next request of the line, or close it."""
        self._of_programs.discard(conn.sock)
        conn.inbox.close()
        try:
            stays = not fs.cancelled() and bool(fs.result())
        except Exception:
            stays = False
        if stays:
            self._gather(conn, conn.inbox.rest)
        else:
            self._close_after_reading(conn)

    def murder_pending(self) -> None:
        """Let go of lines that are late. gunicorn's loop calls this at every turn."""
        now = time.monotonic()
        if now - self._looked_at < _LOOK_EVERY_S:
            return
        self._looked_at = now
        for sock, (conn, inbox) in tuple(self._gathering.items()):
            if inbox.is_empty and (inbox.is_late(now) or not self.alive):
                self._drop(sock)
            elif inbox.is_late(now):
                self._refuse(conn, inbox, 408)
        for sock, (_, until) in tuple(self._closing.items()):
            if now > until:
                self._drop(sock)

    def _make_room(self) -> None:
        """Let the source with the most unfinished lines lose its oldest: many people behind one address stay in."""
        sources: dict[str, list[socket.socket]] = {}
        for sock, (conn, _) in self._gathering.items():
            sources.setdefault(str(conn.client[0]), []).append(sock)
        oldest = max(sources.values(), key=len)[0]
        self._refuse(*self._gathering[oldest], 503)

    def _refuse(self, conn: TConn, inbox: Inbox, status: int) -> None:
        self.poller.unregister(conn.sock)
        del self._gathering[conn.sock]
        inbox.close()
        with suppress(OSError):
            conn.sock.send(answer(status, of_program=inbox.of_program))
        self._close_after_reading(conn)

    def _close_after_reading(self, conn: TConn) -> None:
        """Say that nothing more comes, and read what is still on its way: else the answer would be lost with it."""
        self._closing[conn.sock] = (conn, time.monotonic() + _LINGER_S)
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, self._readable)
        except (OSError, ValueError):
            self._drop(conn.sock)

    def _drop(self, sock: socket.socket) -> None:
        found = self._gathering.pop(sock, None)
        if found is not None:
            found[1].close()
        conn = found[0] if found else self._closing.pop(sock, (None, 0.0))[0]
        with suppress(KeyError, ValueError):
            self.poller.unregister(sock)
        if conn is not None:
            self.nr_conns -= 1
            conn.close()

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """What the parser refused, said in our words; the log is told the kind, not the request."""
        of_client = isinstance(exc, errors.ParseException)
        status = next((code for kind, code in _STATUS.items() if isinstance(exc, kind)), 400 if of_client else 500)
        self.log.warning("request refused: %s", type(exc).__name__)
        with suppress(OSError):
            client.send(answer(status, of_program=client in self._of_programs))

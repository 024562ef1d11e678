"""The only door through which this house speaks HTTP to others.

It reaches configured hosts only, connects to the address it has judged (so a name cannot change its mind
between check and call), never follows redirects, reads no proxy from the environment, and keeps a limit on
time and size. What may be repeated safely (GET) is repeated; everything else leaves once.
"""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import httpx2
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential, wait_random

from connectors.address import AddressGuard, host_and_port
from connectors.config import Reach
from connectors.errors import HttpFailure, NotSent, ReplyLost

_BUSY = frozenset({502, 503, 504})
_MAX_CONNECTIONS = 16


@dataclass(frozen=True)
class Reply:
    """A complete answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    def json(self) -> dict[str, object]:
        """The body as a JSON object; raises ReplyLost when it is something else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise _unreadable() from error
        if not isinstance(value, dict):
            raise _unreadable()
        return value


class _Busy(HttpFailure):
    """A busy answer to a GET; carried so that the last one can be handed on."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("Hệ thống bên ngoài đang bận.", "The other side is busy.")
        self.reply = reply


class _JudgedTransport(httpx2.BaseTransport):
    """Connects to the judged numeric address; TLS still checks the certificate against the name."""

    def __init__(self, guard: AddressGuard, ca_file: str | None) -> None:
        self._guard = guard
        self._verify = ssl.create_default_context(cafile=ca_file) if ca_file else True
        self._lock = threading.Lock()
        self._inner: dict[tuple[str, int, str], httpx2.HTTPTransport] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        host, port = host_and_port(str(request.url))
        address = self._guard.resolve(host, port)
        # One pool per name and address: connections opened for one name never serve another.
        transport = self._pool(host, port, address)
        judged = httpx2.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return transport.handle_request(judged)

    def _pool(self, host: str, port: int, address: str) -> httpx2.HTTPTransport:
        with self._lock:
            key = (host, port, address)
            if key not in self._inner:
                limits = httpx2.Limits(
                    max_connections=_MAX_CONNECTIONS, max_keepalive_connections=4, keepalive_expiry=5.0
                )
                self._inner[key] = httpx2.HTTPTransport(verify=self._verify, trust_env=False, limits=limits, retries=0)
            return self._inner[key]

    def close(self) -> None:
        with self._lock:
            for transport in self._inner.values():
                transport.close()
            self._inner.clear()


class HttpDoor:
    """Speaks HTTP with the hosts of `urls` and with no other."""

    def __init__(self, urls: Iterable[str], reach: Reach) -> None:
        self._reach = reach
        timeout = httpx2.Timeout(reach.read_timeout_s, connect=reach.connect_timeout_s)
        self._client = httpx2.Client(
            transport=_JudgedTransport(AddressGuard(urls, reach.private_networks), reach.ca_file),
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "Motcua", "Accept": "application/json"},
        )

    def get(
        self,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        attempts: int = 3,
    ) -> Reply:
        """Fetch; tried up to `attempts` times while the other side is away or busy.

        Raises HttpFailure (NotSent or ReplyLost) or AddressForbidden. Any status is a Reply.
        """
        tries = Retrying(
            stop=stop_after_attempt(attempts),
            wait=wait_exponential(multiplier=0.1, max=1.0) + wait_random(0, 0.1),
            retry=retry_if_exception_type(HttpFailure),
            reraise=True,
        )
        try:
            return tries(self._get_once, url, query, headers)
        except _Busy as busy:
            return busy.reply

    def post(
        self,
        url: str,
        *,
        json_body: Mapping[str, object] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send once, never again by itself.

        NotSent: the other side cannot have acted. ReplyLost: it may have. Any status is a Reply.
        """
        sent = dict(headers or {})
        body = content
        if json_body is not None:
            body = json.dumps(json_body, ensure_ascii=False).encode()
            sent["Content-Type"] = "application/json; charset=utf-8"
        request = self._client.build_request("POST", url, content=body, data=form, headers=sent)
        return self._exchange(request)

    def close(self) -> None:
        """Close the idle connections."""
        self._client.close()

    def _get_once(self, url: str, query: Mapping[str, str] | None, headers: Mapping[str, str] | None) -> Reply:
        reply = self._exchange(self._client.build_request("GET", url, params=query, headers=headers))
        if reply.status in _BUSY:
            raise _Busy(reply)
        return reply

    def _exchange(self, request: httpx2.Request) -> Reply:
        deadline = time.monotonic() + self._reach.total_timeout_s
        try:
            response = self._client.send(request, stream=True)
            try:
                body = self._read(response, deadline)
            finally:
                response.close()
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise NotSent("Không kết nối được tới hệ thống bên ngoài.", "The other side cannot be reached.") from error
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise ReplyLost(
                f"Hệ thống bên ngoài không trả lời trọn vẹn ({type(error).__name__}).",
                f"The other side gave no complete answer ({type(error).__name__}).",
            ) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status_code, headers, body)

    def _read(self, response: httpx2.Response, deadline: float) -> bytes:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self._reach.max_reply_bytes:
                raise ReplyLost("Câu trả lời quá dài.", "The answer is too long.", code="reply_too_long")
            if time.monotonic() > deadline:
                raise ReplyLost("Câu trả lời đến quá chậm.", "The answer came too slowly.", code="reply_slow")
        return bytes(body)


def _unreadable() -> ReplyLost:
    return ReplyLost(
        "Không đọc được câu trả lời của hệ thống bên ngoài.",
        "The answer of the other side cannot be read.",
        code="reply_unreadable",
    )

"""Ports: are they free, and does somebody answer there?"""

from __future__ import annotations

import socket
import time
from contextlib import closing
from typing import Final

from engine.cli.output import CommandError

_PATIENCE_S: Final = 3.0


def must_be_free(host: str, port: int, variable: str) -> None:
    """Raise CommandError, with the way out, when the port cannot be had.

    Waits a moment first: a copy of us that was just killed may still be closing its doors.
    """
    until = time.monotonic() + _PATIENCE_S
    while (refusal := _refusal(host, port)) is not None:
        if time.monotonic() > until:
            raise CommandError(
                f"Cổng {port} trên {host} không dùng được ({refusal}); có thể Motcua hoặc chương trình khác đang"
                f" chạy ở đó. Hãy dừng nó, hoặc chọn cổng khác, ví dụ: {variable}={port + 1000} ./motcua run",
                f"Port {port} on {host} cannot be used ({refusal}); Motcua or another program may be running"
                f" there. Stop it, or choose another port, e.g.: {variable}={port + 1000} ./motcua run",
            )
        time.sleep(0.1)


def _refusal(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or type(error).__name__
    return None


def answers(host: str, port: int, path: str) -> bool:
    """Whether a web server there answers the path with 200."""
    target = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
    request = f"GET {path} HTTP/1.0\r\nHost: {target}:{port}\r\n\r\n".encode()
    try:
        with socket.create_connection((target, port), timeout=2) as line:
            line.sendall(request)
            return line.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False

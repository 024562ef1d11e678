"""Peers of ours that are real servers, for the time of a test."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx2


@contextlib.contextmanager
def bucket(name: str) -> Iterator[str]:
    """An S3 server (moto's) with one bucket; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        for _ in range(300):
            try:
                httpx2.get(f"{url}/moto-api/", trust_env=False)
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        assert httpx2.put(f"{url}/{name}", trust_env=False).status_code == 200
        yield url
        server.terminate()

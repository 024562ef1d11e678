"""What several connectors share of their settings: the clock, and how far the HTTP door may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from connectors.port import Label
from connectors.settings import Kind, setting

Clock = Callable[[], datetime]
"""Says what time it is: an aware UTC datetime."""


@dataclass(frozen=True)
class Reach:
    """How far the HTTP door may go for one connector.

    `private_networks`: networks that are not public (CIDR) but may be reached all the same, e.g. the
    administration's own "10.20.0.0/16", or loopback for a sandbox. Other non-public addresses are refused.
    `ca_file`: certificates (PEM) of the administration's own authority, where the other side uses one.
    """

    private_networks: tuple[str, ...] = setting(
        "PRIVATE_NETWORKS",
        Label(
            "các mạng nội bộ (CIDR) mà kết nối được phép tới; mọi mạng nội bộ khác đều bị từ chối",
            "inner networks (CIDR) the connectors may reach; all others of that kind are refused",
        ),
        Kind.WORDS,
        default=(),
    )
    ca_file: str | None = None
    connect_timeout_s: float = 3.0
    read_timeout_s: float = 10.0
    total_timeout_s: float = 20.0
    max_reply_bytes: int = 1_000_000


LOOPBACK = Reach(private_networks=("127.0.0.0/8", "::1/128"))

"""The settings of the training ground: where the sandboxes live and what they share with the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from connectors.config import LOOPBACK, Clock


@dataclass(frozen=True)
class SandboxConfig:
    """One training ground. Sandboxes hold no real data, so their agreed words may have defaults.

    `directory`: keeps state and keys; restarts lose nothing. `ports`: by sandbox; 0, or none named: any free one.
    `seen_at`: addresses browsers see, by sandbox, where they are not http://host:port (proxy, container).
    `reached_at`: addresses other sandboxes reach one at, by sandbox, where they are not http://host:port.
    `redirect_uris`: addresses the portal's callbacks live at; for loopback ones every port fits (RFC 8252).
    `webhooks`: where a sandbox reports to, by sandbox; one that is not named reports nothing.
    `secret`: what every word agreed between the platform and a sandbox is made of.
    """

    directory: Path
    clock: Clock
    host: str = "127.0.0.1"
    ports: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    seen_at: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    reached_at: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    redirect_uris: tuple[str, ...] = ()
    webhooks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    private_networks: tuple[str, ...] = LOOPBACK.private_networks
    client_id: str = "motcua"
    secret: str = field(default="sandbox", repr=False)

    def port(self, name: str) -> int:
        """The port of a sandbox; 0: any free one."""
        return self.ports.get(name, 0)

    def address(self, name: str) -> str:
        """The base address at which the platform and the other sandboxes reach a sandbox."""
        return (self.reached_at.get(name) or self.at_port(self.port(name))).rstrip("/")

    def public_address(self, name: str) -> str:
        """The base address at which a browser meets a sandbox."""
        return (self.seen_at.get(name) or self.address(name)).rstrip("/")

    def at_port(self, port: int) -> str:
        """The base address of a port of the training ground's host."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{port}"

    def word(self, name: str) -> str:
        """The word agreed for one purpose: a token, a client's secret, the key of signed messages."""
        return f"{self.secret}-{name}-word"

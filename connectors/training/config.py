"""The settings of the training ground: where the sandboxes live and what they share with the platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from connectors.config import Clock


@dataclass(frozen=True)
class SandboxConfig:
    """One training ground. Sandboxes hold no real data, so their agreed words may have defaults.

    `directory`: keeps state and keys; restarts lose nothing. Port 0: any free one.
    `identity_url`: the address browsers see, where it is not http://host:port (proxy, container).
    `sms_url`: where the identity sandbox reaches the SMS sandbox; None: http://host:sms_port.
    `sms_public_url`: where a browser reaches it, if elsewhere (link to the inbox).
    `redirect_uris`: addresses the portal's callbacks live at; for loopback ones every port fits (RFC 8252).
    `webhook_url`: where the post sandbox reports deliveries; None: it reports nothing.
    """

    directory: Path
    clock: Clock
    host: str = "127.0.0.1"
    identity_port: int = 8701
    sms_port: int = 8702
    post_port: int = 8703
    identity_url: str | None = None
    sms_url: str | None = None
    sms_public_url: str | None = None
    redirect_uris: tuple[str, ...] = ()
    webhook_url: str | None = None
    private_networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    client_id: str = "motcua"
    client_secret: str = field(default="sandbox-client-word", repr=False)
    sms_token: str = field(default="sandbox-sms-word", repr=False)
    post_token: str = field(default="sandbox-post-word", repr=False)
    webhook_secret: str = field(default="sandbox-webhook-word", repr=False)

    def address(self, port: int) -> str:
        """The base address of the sandbox on that port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{port}"

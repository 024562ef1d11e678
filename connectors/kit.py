"""What one connector's folder hands to the rest of the house: its Config, how it is built, and its sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from connectors.config import Clock
from connectors.port import Connector, IdentityProvider, Label
from connectors.training.config import SandboxConfig


@dataclass(frozen=True)
class Surroundings:
    """What the platform tells every connector. `office_name`: who sends, where a letter asks for it."""

    clock: Clock
    office_name: str = ""


@dataclass(frozen=True)
class Offer:
    """What a connector adds to the registry. `webhook_secrets`: by source, for the messages others send us."""

    connectors: tuple[Connector, ...] = ()
    identities: tuple[IdentityProvider, ...] = ()
    webhook_secrets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)


class Listening(Protocol):
    """A server that has taken its port."""

    @property
    def server_address(self) -> Any:
        """Host and port."""
        ...

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        """Answer until `shutdown`."""
        ...

    def shutdown(self) -> None:
        """Stop answering; from another thread."""
        ...

    def server_close(self) -> None:
        """Give the port back."""
        ...


@dataclass(frozen=True)
class SandboxServer:
    """The stand-in for one other side. `port`: where it listens unless MOTCUA_SANDBOX_`name`_PORT says otherwise.

    `page`: what people open first. Several providers may be played by one server.
    """

    name: str
    label: Label
    port: int
    make: Callable[[SandboxConfig, str, int], Listening]
    page: str = "/"

    @property
    def variable(self) -> str:
        """The setting that names its port, without MOTCUA_."""
        return f"SANDBOX_{self.name.upper()}_PORT"


@dataclass(frozen=True)
class Kit:
    """One connector. `kind`: what it is for ("identity", "sms"); a sandbox stands in where no real one of it is set.

    `config`: a dataclass of declared settings (`connectors.settings`). `practice`: the Config that finds the sandbox.
    """

    kind: str
    label: Label
    config: type[Any]
    build: Callable[[Any, Surroundings], Offer]
    practice: Callable[[SandboxConfig], Any]
    sandbox: SandboxServer

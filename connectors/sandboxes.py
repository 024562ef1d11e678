"""The training ground as a whole: every sandbox of the list, started together or one by one."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Final, Self

from connectors.errors import NotConfigured
from connectors.kit import Listening
from connectors.kits import SANDBOXES
from connectors.training.config import SandboxConfig

NAMES: Final = tuple(SANDBOXES)
_POLL_S: Final = 0.1


@dataclass(frozen=True)
class Running:
    """The sandboxes that run in threads of this process. `config` names the ports really taken."""

    config: SandboxConfig
    urls: Mapping[str, str]
    servers: tuple[Listening, ...]
    threads: tuple[threading.Thread, ...]

    def stop(self) -> None:
        """Stop listening; requests in progress are left to end by themselves."""
        for server in self.servers:
            server.shutdown()
            server.server_close()
        for thread in self.threads:
            thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_all(config: SandboxConfig) -> Running:
    """Start the sandboxes in threads, ports 0 meaning any free one. They answer when this returns."""
    servers: list[Listening] = []
    try:
        for name, sandbox in SANDBOXES.items():
            server = sandbox.make(config, config.host, config.port(name))
            servers.append(server)
            taken = int(server.server_address[1])
            config = replace(config, ports=MappingProxyType({**config.ports, name: taken}))
    except BaseException:
        for server in servers:
            server.server_close()
        raise
    threads = tuple(
        threading.Thread(target=server.serve_forever, args=(_POLL_S,), name=f"sandbox-{name}", daemon=True)
        for name, server in zip(NAMES, servers, strict=True)
    )
    for thread in threads:
        thread.start()
    urls = {name: config.at_port(config.port(name)) for name in NAMES}
    return Running(config, MappingProxyType(urls), tuple(servers), threads)


def serve(name: str, config: SandboxConfig) -> None:
    """Run one sandbox of the list in this process until it is stopped. Raises NotConfigured for another name."""
    if name not in SANDBOXES:
        raise NotConfigured(
            f"Không có máy chủ mô phỏng “{name}”. Hãy chọn: {', '.join(NAMES)}.",
            f'There is no sandbox "{name}". Choose one of: {", ".join(NAMES)}.',
        )
    server = SANDBOXES[name].make(config, config.host, config.port(name))
    try:
        server.serve_forever()
    finally:
        server.server_close()

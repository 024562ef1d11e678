"""The training ground as a whole: three servers, and the settings with which the platform finds them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType, TracebackType
from typing import Final, Self

from werkzeug.serving import BaseWSGIServer

from connectors.config import (
    ConnectorConfig,
    OidcConfig,
    PostConfig,
    Reach,
    SmsConfig,
    StorageConfig,
    VneidConfig,
)
from connectors.errors import NotConfigured
from connectors.identity import sandbox as identity
from connectors.post import sandbox as post
from connectors.sms import sandbox as sms
from connectors.training.config import SandboxConfig

MakeServer = Callable[[SandboxConfig, str, int], BaseWSGIServer]

NAMES: Final = ("sms", "post", "identity")
_POLL_S: Final = 0.1
_MAKERS: Final[Mapping[str, MakeServer]] = MappingProxyType(
    {"sms": sms.make_server, "post": post.make_server, "identity": identity.make_server}
)


@dataclass(frozen=True)
class Running:
    """The sandboxes that run in threads of this process. `config` names the ports really taken."""

    config: SandboxConfig
    urls: Mapping[str, str]
    servers: tuple[BaseWSGIServer, ...]
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
    """Start the three sandboxes in threads, ports 0 meaning any free one. They answer when this returns."""
    servers: list[BaseWSGIServer] = []
    try:
        for name in NAMES:
            server = _MAKERS[name](config, config.host, _port(config, name))
            servers.append(server)
            config = _with_port(config, name, int(server.server_address[1]))
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
    urls = {name: config.address(_port(config, name)) for name in NAMES}
    return Running(config, MappingProxyType(urls), tuple(servers), threads)


def serve(name: str, config: SandboxConfig) -> None:
    """Run one sandbox ("identity", "sms" or "post") in this process until it is stopped.

    Raises NotConfigured for another name.
    """
    if name not in _MAKERS:
        raise NotConfigured(
            f"Không có máy chủ mô phỏng “{name}”. Hãy chọn: {', '.join(NAMES)}.",
            f'There is no sandbox "{name}". Choose one of: {", ".join(NAMES)}.',
        )
    server = _MAKERS[name](config, config.host, _port(config, name))
    try:
        server.serve_forever()
    finally:
        server.server_close()


def connector_config(config: SandboxConfig, storage: StorageConfig) -> ConnectorConfig:
    """The settings with which `build_registry` finds these sandboxes; the ports must be real ones."""
    reach = Reach(private_networks=config.private_networks)
    return ConnectorConfig(
        clock=config.clock,
        storage=storage,
        identities=(_national_account(config, reach), _vneid(config, reach)),
        sms=SmsConfig(url=config.sms_url or config.address(config.sms_port), token=config.sms_token, reach=reach),
        post=PostConfig(
            url=config.address(config.post_port),
            token=config.post_token,
            sender_name="Bộ phận Một cửa (mô phỏng)",
            sender_phone="0237 3852 000",
            sender_address="Thanh Hóa",
            webhook_secret=config.webhook_secret,
            reach=reach,
        ),
    )


def _national_account(config: SandboxConfig, reach: Reach) -> OidcConfig:
    at = config.address(config.identity_port)
    return OidcConfig(
        name="dvcqg",
        label_vi="Tài khoản cấp bởi Dịch vụ công quốc gia",
        label_en="National Public Service account",
        issuer=(config.identity_url or at).rstrip("/"),
        client_id=config.client_id,
        client_secret=config.client_secret,
        reach_at=at,
        reach=reach,
    )


def _vneid(config: SandboxConfig, reach: Reach) -> VneidConfig:
    at = config.address(config.identity_port)
    seen_at = (config.identity_url or at).rstrip("/")
    return VneidConfig(
        name="vneid",
        label_vi="Tài khoản định danh điện tử VNeID",
        label_en="VNeID electronic identity",
        authorize_url=f"{seen_at}/vneid/authorize",
        token_url=f"{at}/vneid/token",
        userinfo_url=f"{at}/vneid/userinfo",
        client_id=config.client_id,
        client_secret=config.client_secret,
        private_key_pem=identity.vneid_client_key(config),
        reach=reach,
    )


def _with_port(config: SandboxConfig, name: str, port: int) -> SandboxConfig:
    if name == "sms":
        return replace(config, sms_port=port)
    return replace(config, post_port=port) if name == "post" else replace(config, identity_port=port)


def _port(config: SandboxConfig, name: str) -> int:
    return {"identity": config.identity_port, "sms": config.sms_port, "post": config.post_port}[name]

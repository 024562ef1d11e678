"""The board on which every connector hangs: ask it by kind or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from connectors.errors import NotConfigured
from connectors.kit import Offer, Surroundings
from connectors.kits import KITS
from connectors.port import Connector, IdentityProvider
from connectors.settings import Values, read_config
from connectors.storage import FileStore, StorageConfig
from connectors.training.config import SandboxConfig
from connectors.webhook import verify


class Registry:
    """The connectors, identity providers and the file store that are set up."""

    def __init__(
        self,
        connectors: Iterable[Connector],
        identities: Iterable[IdentityProvider],
        storage: FileStore,
        webhook_secrets: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._connectors = {connector.kind: connector for connector in connectors}
        self._identities = {provider.name: provider for provider in identities}
        self._webhook_secrets = webhook_secrets
        self.storage = storage

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of call that can be made, e.g. "sms.send"."""
        return frozenset(self._connectors)

    @property
    def identities(self) -> tuple[IdentityProvider, ...]:
        """The identity providers in the order of the settings, as the sign-in page shows them."""
        return tuple(self._identities.values())

    def connector(self, kind: str) -> Connector:
        """The connector for a kind of call; raises NotConfigured when there is none."""
        try:
            return self._connectors[kind]
        except KeyError:
            raise NotConfigured(
                f"Chưa cấu hình kết nối “{kind}”. Người quản trị cần khai báo kết nối này.",
                f'No connector "{kind}" is set up. An administrator has to configure it.',
            ) from None

    def signed_by(self, source: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> str:
        """Check that a message was signed by that other side just now; gives its number, to be used once.

        Raises WebhookRefused; so does a source with which no secret was agreed.
        """
        return verify(self._webhook_secrets.get(source, ""), headers, body, now=now)

    def identity(self, name: str) -> IdentityProvider:
        """The identity provider of that name; raises NotConfigured when there is none."""
        try:
            return self._identities[name]
        except KeyError:
            raise NotConfigured(
                f"Không có cách đăng nhập “{name}”. Hãy quay lại và chọn một cách đăng nhập khác.",
                f'There is no sign-in called "{name}". Go back and choose another one.',
            ) from None


def build_registry(
    values: Values, around: Surroundings, files_url: str, ground: SandboxConfig | None = None
) -> Registry:
    """Build every connector of the list that is set. Opens no connection yet.

    `ground`: its sandboxes stand in for each kind of connector of which no real one is set; None: nothing does.
    `files_url`: where files lie unless the settings say so. Raises NotConfigured for a connector set by halves.
    """
    real = [(kit, read_config(kit.config, values)) for kit in KITS]
    kinds = {kit.kind for kit, config in real if config is not None}
    offers: list[Offer] = []
    for kit, config in real:
        if config is None and ground is not None and kit.kind not in kinds:
            config = kit.practice(ground)
        if config is not None:
            offers.append(kit.build(config, around))
    return Registry(
        [connector for offer in offers for connector in offer.connectors],
        [provider for offer in offers for provider in offer.identities],
        _file_store(values, files_url),
        {source: secret for offer in offers for source, secret in offer.webhook_secrets.items()},
    )


def _file_store(values: Values, files_url: str) -> FileStore:
    config = read_config(StorageConfig, values) or StorageConfig()
    return FileStore(config if config.url else replace(config, url=files_url))

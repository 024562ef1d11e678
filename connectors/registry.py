"""The board on which every connector hangs: ask it by kind or by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from connectors.config import Clock, ConnectorConfig, OidcConfig, VneidConfig
from connectors.errors import NotConfigured
from connectors.identity.oidc import OidcProvider
from connectors.identity.port import IdentityProvider
from connectors.identity.vneid import VneidProvider
from connectors.port import Connector
from connectors.post.gateway import PostCancellation, PostDelivery, PostOffice, PostTracking
from connectors.sms.gateway import SmsGateway
from connectors.storage import FileStore
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


def build_registry(config: ConnectorConfig) -> Registry:
    """Build every connector the settings name. Opens no connection yet."""
    connectors: list[Connector] = []
    if config.sms is not None:
        connectors.append(SmsGateway(config.sms))
    if config.post is not None:
        office = PostOffice(config.post)
        connectors += [PostDelivery(office), PostTracking(office), PostCancellation(office)]
    identities = [_identity_provider(settings, config.clock) for settings in config.identities]
    secrets = {"post": config.post.webhook_secret} if config.post is not None else {}
    return Registry(connectors, identities, FileStore(config.storage), secrets)


def _identity_provider(settings: OidcConfig | VneidConfig, clock: Clock) -> IdentityProvider:
    if isinstance(settings, OidcConfig):
        return OidcProvider(settings, clock)
    return VneidProvider(settings)

"""The National Public Service account, as the registry takes it."""

from __future__ import annotations

from connectors.config import Reach
from connectors.identity.oidc.config import OidcConfig
from connectors.identity.oidc.provider import OidcProvider
from connectors.identity.sandbox import SANDBOX
from connectors.kit import Kit, Offer, Surroundings
from connectors.port import Label
from connectors.training.config import SandboxConfig


def _build(config: OidcConfig, around: Surroundings) -> Offer:
    return Offer(identities=(OidcProvider(config, around.clock),))


def _practice(ground: SandboxConfig) -> OidcConfig:
    return OidcConfig(
        issuer=ground.public_address("identity"),
        client_id=ground.client_id,
        client_secret=ground.word("client"),
        reach_at=ground.address("identity"),
        reach=Reach(private_networks=ground.private_networks),
    )


KIT = Kit(
    kind="identity",
    label=Label("Tài khoản quốc gia", "National account"),
    config=OidcConfig,
    build=_build,
    practice=_practice,
    sandbox=SANDBOX,
)

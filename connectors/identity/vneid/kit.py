"""VNeID, as the registry takes it."""

from __future__ import annotations

from connectors.config import Reach
from connectors.identity.sandbox import SANDBOX, vneid_client_key
from connectors.identity.vneid.config import VneidConfig
from connectors.identity.vneid.provider import VneidProvider
from connectors.kit import Kit, Offer, Surroundings
from connectors.port import Label
from connectors.training.config import SandboxConfig


def _build(config: VneidConfig, around: Surroundings) -> Offer:
    return Offer(identities=(VneidProvider(config),))


def _practice(ground: SandboxConfig) -> VneidConfig:
    seen_at, at = ground.public_address("identity"), ground.address("identity")
    return VneidConfig(
        authorize_url=f"{seen_at}/vneid/authorize",
        token_url=f"{at}/vneid/token",
        userinfo_url=f"{at}/vneid/userinfo",
        client_id=ground.client_id,
        client_secret=ground.word("client"),
        private_key_pem=vneid_client_key(ground),
        reach=Reach(private_networks=ground.private_networks),
    )


KIT = Kit(
    kind="identity",
    label=Label("VNeID", "VNeID"),
    config=VneidConfig,
    build=_build,
    practice=_practice,
    sandbox=SANDBOX,
)

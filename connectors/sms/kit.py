"""The SMS gateway, as the registry takes it."""

from __future__ import annotations

from connectors.config import Reach
from connectors.kit import Kit, Offer, Surroundings
from connectors.port import Label
from connectors.sms.config import SmsConfig
from connectors.sms.gateway import SmsGateway
from connectors.sms.sandbox import SANDBOX
from connectors.training.config import SandboxConfig


def _build(config: SmsConfig, around: Surroundings) -> Offer:
    return Offer(connectors=(SmsGateway(config),))


def _practice(ground: SandboxConfig) -> SmsConfig:
    return SmsConfig(
        url=ground.address("sms"), token=ground.word("sms"), reach=Reach(private_networks=ground.private_networks)
    )


KIT = Kit(
    kind="sms",
    label=Label("Tin nhắn SMS", "SMS"),
    config=SmsConfig,
    build=_build,
    practice=_practice,
    sandbox=SANDBOX,
)

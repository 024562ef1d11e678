"""The public post, as the registry takes it."""

from __future__ import annotations

from dataclasses import replace

from connectors.config import Reach
from connectors.kit import Kit, Offer, Surroundings
from connectors.port import Label
from connectors.post.config import PostConfig
from connectors.post.gateway import PostCancellation, PostDelivery, PostOffice, PostTracking
from connectors.post.sandbox import SANDBOX
from connectors.training.config import SandboxConfig


def _build(config: PostConfig, around: Surroundings) -> Offer:
    office = PostOffice(replace(config, sender_name=config.sender_name or around.office_name))
    return Offer(
        connectors=(PostDelivery(office), PostTracking(office), PostCancellation(office)),
        webhook_secrets={"post": config.webhook_secret},
    )


def _practice(ground: SandboxConfig) -> PostConfig:
    return PostConfig(
        url=ground.address("post"),
        token=ground.word("post"),
        sender_name="Bộ phận Một cửa (mô phỏng)",
        sender_phone="0237 3852 000",
        sender_address="Thanh Hóa",
        webhook_secret=ground.word("webhook"),
        reach=Reach(private_networks=ground.private_networks),
    )


KIT = Kit(
    kind="post",
    label=Label("Bưu chính công ích", "public post"),
    config=PostConfig,
    build=_build,
    practice=_practice,
    sandbox=SANDBOX,
)

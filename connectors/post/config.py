"""The settings of the public post."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.config import Reach
from connectors.port import Label
from connectors.settings import Kind, part, setting


@dataclass(frozen=True, kw_only=True)
class PostConfig:
    """The public postal service. `customer_code` is the administration's contract number."""

    url: str = setting(
        "POST_URL", Label("địa chỉ hệ thống bưu chính công ích", "the public post"), Kind.URL, shown="none"
    )
    token: str = setting("POST_TOKEN", Label("mã truy cập hệ thống bưu chính", "the key to the post"), secret=True)
    webhook_secret: str = setting(
        "POST_WEBHOOK_SECRET",
        Label(
            "khóa ký thông báo của bưu chính gửi cho ta",
            "the secret of its messages to us",
        ),
        secret=True,
    )
    customer_code: str = "MOTCUA"
    sender_name: str = ""
    sender_phone: str = ""
    sender_address: str = ""
    honours_keys: bool = True
    reach: Reach = part(Reach)


CONFIG = PostConfig

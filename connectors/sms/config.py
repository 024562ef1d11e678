"""The settings of the SMS gateway."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.config import Reach
from connectors.port import Label
from connectors.settings import Kind, part, setting


@dataclass(frozen=True, kw_only=True)
class SmsConfig:
    """An SMS gateway spoken to by HTTP. `sender` is the registered brand name."""

    url: str = setting("SMS_URL", Label("địa chỉ tổng đài tin nhắn", "the SMS gateway"), Kind.URL, shown="none")
    token: str = setting("SMS_TOKEN", Label("mã truy cập tổng đài", "the key to the SMS gateway"), secret=True)
    sender: str = "MOTCUA"
    with_accents: bool = False
    max_parts: int = 5
    honours_keys: bool = True
    reach: Reach = part(Reach)


CONFIG = SmsConfig

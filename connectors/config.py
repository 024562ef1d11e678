"""The settings of every connector, handed in by `engine.bootstrap`; nothing here reads the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

Clock = Callable[[], datetime]
"""Says what time it is: an aware UTC datetime."""


@dataclass(frozen=True)
class Reach:
    """How far the HTTP door may go for one connector.

    `private_networks`: networks that are not public (CIDR) but may be reached all the same, e.g. the
    administration's own "10.20.0.0/16", or loopback for a sandbox. Other non-public addresses are refused.
    `ca_file`: certificates (PEM) of the administration's own authority, where the other side uses one.
    """

    private_networks: tuple[str, ...] = ()
    ca_file: str | None = None
    connect_timeout_s: float = 3.0
    read_timeout_s: float = 10.0
    total_timeout_s: float = 20.0
    max_reply_bytes: int = 1_000_000


LOOPBACK = Reach(private_networks=("127.0.0.0/8", "::1/128"))

_ACCOUNT_TYPES: Mapping[str, str] = MappingProxyType(
    {"1": "person", "2": "organisation", "congdan": "person", "doanhnghiep": "organisation"}
)


@dataclass(frozen=True)
class OidcConfig:
    """An OpenID Connect provider (National Public Service account).

    `reach_at`: base address our servers use for it, where it differs from the issuer the browser sees.
    `account_types`: the provider's own codes of `LoaiTaiKhoan` (they differ between documents, so: a table).
    """

    name: str
    label_vi: str
    label_en: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = "openid profile"
    acr_values: str | None = None
    minimum_level: int = 1
    account_types: Mapping[str, str] = field(default_factory=lambda: _ACCOUNT_TYPES)
    reach_at: str | None = None
    reach: Reach = Reach()


@dataclass(frozen=True)
class VneidConfig:
    """VNeID: OAuth code flow without nonce and id_token; replies are encrypted for our RSA key (PEM)."""

    name: str
    label_vi: str
    label_en: str
    authorize_url: str
    token_url: str
    userinfo_url: str
    client_id: str
    client_secret: str = field(repr=False)
    private_key_pem: bytes = field(repr=False)
    scope: str = "citizen"
    pkce: bool = True
    code_encrypted: bool = True
    minimum_level: int = 2
    reach: Reach = Reach()


@dataclass(frozen=True)
class SmsConfig:
    """An SMS gateway spoken to by HTTP. `sender` is the registered brand name."""

    url: str
    token: str = field(repr=False)
    sender: str = "MOTCUA"
    with_accents: bool = False
    max_parts: int = 5
    honours_keys: bool = True
    reach: Reach = Reach()


@dataclass(frozen=True)
class PostConfig:
    """The public postal service. `customer_code` is the administration's contract number."""

    url: str
    token: str = field(repr=False)
    customer_code: str = "MOTCUA"
    sender_name: str = ""
    sender_phone: str = ""
    sender_address: str = ""
    webhook_secret: str = field(default="", repr=False)
    honours_keys: bool = True
    reach: Reach = Reach()


@dataclass(frozen=True)
class StorageConfig:
    """Where files lie: `file:///absolute/folder` or `s3://bucket/prefix`."""

    url: str
    s3_endpoint: str | None = None
    s3_region: str = "us-east-1"
    s3_access_key: str | None = field(default=None, repr=False)
    s3_secret_key: str | None = field(default=None, repr=False)
    s3_path_style: bool = True


@dataclass(frozen=True)
class ConnectorConfig:
    """Everything the connectors need to know. What is None is not offered."""

    clock: Clock
    storage: StorageConfig
    identities: tuple[OidcConfig | VneidConfig, ...] = ()
    sms: SmsConfig | None = None
    post: PostConfig | None = None

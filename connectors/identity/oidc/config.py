"""The settings of the National Public Service account (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from connectors.config import Reach
from connectors.port import Label
from connectors.settings import Kind, part, setting

_ACCOUNT_TYPES: Mapping[str, str] = MappingProxyType(
    {"1": "person", "2": "organisation", "congdan": "person", "doanhnghiep": "organisation"}
)


@dataclass(frozen=True, kw_only=True)
class OidcConfig:
    """An OpenID Connect provider.

    `reach_at`: base address our servers use for it, where it differs from the issuer the browser sees.
    `account_types`: the provider's own codes of `LoaiTaiKhoan` (they differ between documents, so: a table).
    """

    issuer: str = setting(
        "IDENTITY_ISSUER",
        Label("địa chỉ (issuer) của tài khoản quốc gia", "OpenID Connect issuer of the national account"),
        Kind.URL,
        tls=True,
        shown="none",
    )
    client_id: str = setting(
        "IDENTITY_CLIENT_ID", Label("tên đăng ký của ta tại đó", "our registration there"), default="motcua"
    )
    client_secret: str = setting(
        "IDENTITY_CLIENT_SECRET", Label("mật khẩu của đăng ký đó", "the secret of that registration"), secret=True
    )
    name: str = "dvcqg"
    label: Label = Label("Tài khoản cấp bởi Dịch vụ công quốc gia", "National Public Service account")
    scope: str = "openid profile"
    acr_values: str | None = None
    minimum_level: int = 1
    account_types: Mapping[str, str] = field(default_factory=lambda: _ACCOUNT_TYPES)
    reach_at: str | None = None
    reach: Reach = part(Reach)


CONFIG = OidcConfig

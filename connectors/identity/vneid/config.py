"""The settings of VNeID."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.config import Reach
from connectors.port import Label
from connectors.settings import Kind, part, setting


@dataclass(frozen=True, kw_only=True)
class VneidConfig:
    """VNeID: OAuth code flow without nonce and id_token; replies are encrypted for our RSA key (PEM)."""

    authorize_url: str = setting(
        "VNEID_AUTHORIZE_URL",
        Label("trang đăng nhập của VNeID", "VNeID's sign-in page"),
        Kind.URL,
        tls=True,
        shown="none",
    )
    token_url: str = setting(
        "VNEID_TOKEN_URL", Label("nơi đổi mã lấy token", "where codes become tokens"), Kind.URL, tls=True, shown="none"
    )
    userinfo_url: str = setting(
        "VNEID_USERINFO_URL",
        Label("nơi đọc dữ liệu công dân", "where the citizen's data are read"),
        Kind.URL,
        tls=True,
        shown="none",
    )
    client_id: str = setting("VNEID_CLIENT_ID", Label("tên đăng ký của ta", "our registration"), default="motcua")
    client_secret: str = setting(
        "VNEID_CLIENT_SECRET", Label("mật khẩu của đăng ký đó", "the secret of that registration"), secret=True
    )
    private_key_pem: bytes = setting(
        "VNEID_KEY_FILE",
        Label("tệp khóa riêng (PEM) để mở câu trả lời", "the file of the private key (PEM) that opens its answers"),
        Kind.FILE,
        secret=True,
    )
    name: str = "vneid"
    label: Label = Label("Tài khoản định danh điện tử VNeID", "VNeID electronic identity")
    scope: str = "citizen"
    pkce: bool = True
    code_encrypted: bool = True
    minimum_level: int = 2
    reach: Reach = part(Reach)


CONFIG = VneidConfig

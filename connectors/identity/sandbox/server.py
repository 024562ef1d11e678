"""The identity sandbox put together: one server, two profiles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from werkzeug.serving import BaseWSGIServer
from werkzeug.wrappers import Request, Response

from connectors.config import Reach
from connectors.identity.envelope import private_key
from connectors.identity.sandbox.accounts import IDENTITY_SCHEMA, Accounts
from connectors.identity.sandbox.desk import Desk, origins
from connectors.identity.sandbox.grants import Grants
from connectors.identity.sandbox.oidc import OidcSide
from connectors.identity.sandbox.otp import OneTimeCodes
from connectors.identity.sandbox.secret import kept_rsa_key, kept_secret
from connectors.identity.sandbox.steps import Steps
from connectors.identity.sandbox.vneid import VneidSide
from connectors.port import Label
from connectors.sms.config import SmsConfig
from connectors.sms.gateway import SmsGateway
from connectors.training.config import SandboxConfig
from connectors.training.sandbox.faults import FaultBook
from connectors.training.sandbox.pages import Pages
from connectors.training.sandbox.server import Route, Sandbox, serve_on
from connectors.training.sandbox.state import SandboxState

_TITLE: Final = Label("Cổng Dịch vụ công quốc gia (mô phỏng)", "National Public Service Portal (simulation)")
_LINKS: Final[Mapping[str, Label]] = {
    "/": Label("Tài khoản mẫu", "Sample accounts"),
    "/faults": Label("Sự cố", "Faults"),
}


def make_server(config: SandboxConfig, host: str, port: int) -> BaseWSGIServer:
    """The identity sandbox, listening; run `serve_forever` in a thread or a process."""
    return serve_on(lambda taken: build_app(config, taken), host, port)


def build_app(config: SandboxConfig, port: int) -> Sandbox:
    """The application, with its state and keys from the configured directory."""
    state = SandboxState(config.directory / "identity.sqlite3", IDENTITY_SCHEMA)
    pages = Pages(_TITLE, "identity", Path(__file__).parent / "templates", _LINKS)
    accounts = Accounts(state)
    pepper = kept_secret(config.directory / "otp.pepper")
    desk = Desk(
        config=config,
        issuer=config.seen_at.get("identity", config.at_port(port)).rstrip("/"),
        accounts=accounts,
        codes=OneTimeCodes(state, _sms(config), pepper),
        grants=Grants(state, accounts),
        pages=pages,
        inbox_url=f"{config.public_address('sms')}/inbox",
    )
    client_key = private_key(vneid_client_key(config)).public_key()

    def home(request: Request) -> Response:
        return pages.show(request, "home.html", hints=accounts.hints(), inbox_url=desk.inbox_url)

    routes = [
        Route("/", "GET", home),
        *OidcSide(desk, kept_rsa_key(config.directory / "oidc.pem")).routes(),
        *VneidSide(desk, client_key).routes(),
        *Steps(desk).routes(),
    ]
    return Sandbox(state, pages, FaultBook(state, {}), routes, origins(config.redirect_uris))


def vneid_client_key(config: SandboxConfig) -> bytes:
    """The RSA key (PEM) of the platform as VNeID's client; made at the first start."""
    return kept_rsa_key(config.directory / "vneid-client.pem")


def _sms(config: SandboxConfig) -> SmsGateway:
    reach = Reach(private_networks=config.private_networks, read_timeout_s=5.0, total_timeout_s=6.0)
    return SmsGateway(SmsConfig(url=config.address("sms"), token=config.word("sms"), sender="DVCQG", reach=reach))

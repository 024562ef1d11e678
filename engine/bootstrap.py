"""The fuse box: what is real, what is sandbox. Nothing is opened or called here yet, only put together."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from connectors.config import ConnectorConfig, OidcConfig, PostConfig, Reach, SmsConfig, StorageConfig, VneidConfig
from connectors.registry import Registry, build_registry
from connectors.sandboxes import connector_config
from connectors.training.config import SandboxConfig
from engine.context import OfficeContext, ProcedureCache
from engine.domain.clock import Clock, SystemClock, TravelClock
from engine.domain.deadlines import WorkCalendar
from engine.domain.texts import install, load_texts, shipped
from engine.settings import Settings, SettingsError
from engine.store.connection import Database, open_database
from engine.wakeup import Notifier, PipeNotifier
from rules.errors import RulesError
from rules.fees import FeeInference, load_schedule
from rules.inference import Disagreement

__all__ = ["Platform", "build", "sandbox_config"]
_LOG = logging.getLogger("motcua.rules")


@dataclass(frozen=True)
class Platform:
    """Everything a door needs: the web, a worker and a command hold the same one."""

    settings: Settings
    clock: Clock
    database: Database
    registry: Registry
    office: OfficeContext
    notifier: Notifier

    def close(self) -> None:
        """Give the database connections and the inference engines' memory back."""
        self.database.close()
        self.office.inference.close()


def build(
    settings: Settings, clock: Clock | None = None, make_notifier: Callable[[Settings], Notifier] | None = None
) -> Platform:
    """Put the platform together. `make_notifier`: who wakes workers elsewhere (`engine.jobs.redis_wakeup`).

    Raises SettingsError, or the error of the texts, calendar or fee tables when one cannot be read.
    """
    install(load_texts(settings.texts) if settings.texts else shipped())
    time = clock or _clock(settings)
    settings.var.mkdir(parents=True, exist_ok=True)
    notifier = make_notifier(settings) if make_notifier else PipeNotifier(settings.var)
    database = open_database(settings.database_url, time)
    database.set_notifier(notifier.notify)
    office = OfficeContext(
        settings=settings,
        procedure_cache=ProcedureCache(settings.max_upload_mb),
        calendar=WorkCalendar.load(settings.processes / "_calendars" / "vn.yaml"),
        fees=load_schedule(settings.processes),
        inference=FeeInference(settings.inference, report=_engines_differ, probe=True),
    )
    return Platform(settings, time, database, build_registry(_connectors(settings, time)), office, notifier)


def _engines_differ(found: Disagreement | RulesError) -> None:
    """For the operator; what the person stated stays out of the log."""
    if isinstance(found, RulesError):
        _LOG.error("the inference engine gave no answer: %s", found.message_en)
        return
    rows = ", ".join(sorted(found.exact ^ found.inferred))
    _LOG.error("the engines differ on fee table %s (%s) on %s: %s", found.table.code, found.table.hash, found.on, rows)


def sandbox_config(settings: Settings, clock: Clock) -> SandboxConfig:
    """How the sandboxes run on this machine and find each other."""
    callbacks = tuple(f"{settings.base_url}/sign-in/{name}/callback" for name in ("dvcqg", "vneid"))
    return SandboxConfig(
        directory=settings.var / "sandbox",
        clock=clock.now,
        identity_port=settings.sandbox_identity_port,
        sms_port=settings.sandbox_sms_port,
        post_port=settings.sandbox_post_port,
        redirect_uris=callbacks,
        webhook_url=f"{settings.base_url}/api/v1/messages/post",
    )


def _clock(settings: Settings) -> Clock:
    return TravelClock(settings.travel_clock) if settings.travel_clock else SystemClock()


def _connectors(settings: Settings, clock: Clock) -> ConnectorConfig:
    """Real connections where addresses are given; sandboxes for the rest, if those are on."""
    storage = _storage(settings)
    if settings.sandbox:
        config = connector_config(sandbox_config(settings, clock), storage)
    else:
        config = ConnectorConfig(clock=clock.now, storage=storage)
    real = _identities(settings)
    return replace(
        config,
        identities=real or config.identities,
        sms=_sms(settings) or config.sms,
        post=_post(settings) or config.post,
    )


def _storage(settings: Settings) -> StorageConfig:
    s3 = settings.s3
    return StorageConfig(
        url=settings.storage_url,
        s3_endpoint=s3.endpoint,
        s3_region=s3.region,
        s3_access_key=s3.access_key,
        s3_secret_key=s3.secret_key,
        s3_path_style=s3.path_style,
    )


def _reach(settings: Settings) -> Reach:
    return Reach(private_networks=settings.private_networks)


def _sms(settings: Settings) -> SmsConfig | None:
    if settings.sms_url is None:
        return None
    return SmsConfig(url=settings.sms_url, token=settings.sms_token, reach=_reach(settings))


def _post(settings: Settings) -> PostConfig | None:
    if settings.post_url is None:
        return None
    return PostConfig(
        url=settings.post_url,
        token=settings.post_token,
        webhook_secret=settings.post_webhook_secret,
        sender_name=settings.office_name_vi,
        reach=_reach(settings),
    )


def _identities(settings: Settings) -> tuple[OidcConfig | VneidConfig, ...]:
    real = (_national_account(settings), _vneid(settings))
    return tuple(provider for provider in real if provider is not None)


def _national_account(settings: Settings) -> OidcConfig | None:
    identity = settings.identity
    if identity.issuer is None:
        return None
    return OidcConfig(
        name="dvcqg",
        label_vi="Tài khoản cấp bởi Dịch vụ công quốc gia",
        label_en="National Public Service account",
        issuer=identity.issuer,
        client_id=identity.client_id,
        client_secret=identity.client_secret,
        reach=_reach(settings),
    )


def _vneid(settings: Settings) -> VneidConfig | None:
    identity = settings.identity
    urls = (identity.vneid_authorize_url, identity.vneid_token_url, identity.vneid_userinfo_url)
    if not any(urls):
        return None
    authorize, token, userinfo = urls
    if not (authorize and token and userinfo and identity.vneid_key_file):
        raise SettingsError(
            "MOTCUA_VNEID_KEY_FILE",
            "VNeID cần đủ bốn biến MOTCUA_VNEID_AUTHORIZE_URL, _TOKEN_URL, _USERINFO_URL và _KEY_FILE.",
            "VNeID needs all of MOTCUA_VNEID_AUTHORIZE_URL, _TOKEN_URL, _USERINFO_URL and _KEY_FILE.",
        )
    return VneidConfig(
        name="vneid",
        label_vi="Tài khoản định danh điện tử VNeID",
        label_en="VNeID electronic identity",
        authorize_url=authorize,
        token_url=token,
        userinfo_url=userinfo,
        client_id=identity.vneid_client_id,
        client_secret=identity.vneid_client_secret,
        private_key_pem=identity.vneid_key_file.read_bytes(),
        reach=_reach(settings),
    )

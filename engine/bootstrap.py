"""The fuse box: what is real, what is sandbox. Nothing is opened or called here yet, only put together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from connectors.kit import Surroundings
from connectors.kits import SANDBOXES
from connectors.registry import Registry, build_registry
from connectors.training.config import SandboxConfig
from engine.context import OfficeContext, ProcedureCache
from engine.domain.clock import Clock, SystemClock, TravelClock
from engine.domain.deadlines import WorkCalendar
from engine.domain.texts import install, load_texts, shipped
from engine.private_files import make_private
from engine.settings import Settings
from engine.settings_reader import Reader
from engine.store.connection import Database, open_database
from engine.wakeup import Notifier, PipeNotifier
from rules.errors import RulesError
from rules.fees import FeeInference, load_schedule
from rules.inference import Disagreement

__all__ = ["Platform", "build", "sandbox_config", "sandbox_ports"]
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

    Raises SettingsError or NotConfigured for settings that make no sense, or the error of the texts, calendar or
    fee tables when one cannot be read.
    """
    install(load_texts(settings.texts) if settings.texts else shipped())
    time = clock or _clock(settings)
    for folder in settings.own_folders:
        make_private(folder)
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
    return Platform(settings, time, database, _registry(settings, time), office, notifier)


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
        ports=sandbox_ports(settings),
        redirect_uris=callbacks,
        webhooks={"post": f"{settings.base_url}/api/v1/messages/post"},
    )


def sandbox_ports(settings: Settings) -> Mapping[str, int]:
    """Where each sandbox listens, in the order they are started."""
    read = Reader.of_given(settings.connectors)
    return {name: read.port(sandbox.variable, sandbox.port) for name, sandbox in SANDBOXES.items()}


def _clock(settings: Settings) -> Clock:
    return TravelClock(settings.travel_clock) if settings.travel_clock else SystemClock()


def _registry(settings: Settings, clock: Clock) -> Registry:
    """Real connections where addresses are given; sandboxes for the rest, if those are on."""
    return build_registry(
        Reader.of_given(settings.connectors),
        Surroundings(clock.now, settings.office_name_vi),
        (settings.var / "files").as_uri(),
        sandbox_config(settings, clock) if settings.sandbox else None,
    )

"""Every setting of the platform, read once from the environment. Nobody else looks there.

Each variable is called MOTCUA_ plus the field's name in capitals. With nothing set the platform runs embedded and in
earnest: SQLite, files on disk, a worker inside, nobody outside. Practice, with sandboxes and sample accounts, is asked
for by name (MOTCUA_PRACTICE=on), on one machine; see `engine.settings_doors`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from engine.settings_doors import own_hosts, refuse_unsafe, refuse_weak_key
from engine.settings_quotas import Quotas, read_quotas
from engine.settings_reader import PREFIX, Reader, SettingsError
from engine.settings_secret import kept_secret

__all__ = [
    "ALL_ROOMS",
    "CITIZEN_ROOMS",
    "STAFF_ROOMS",
    "Settings",
    "SettingsError",
    "child_environment",
]

_ROOT: Final = Path(__file__).resolve().parent.parent
ALL_ROOMS: Final = ("portal", "desk", "studio", "fees", "system", "api")
CITIZEN_ROOMS: Final = ("portal", "api")
STAFF_ROOMS: Final = ("desk", "studio", "fees", "system", "api")


@dataclass(frozen=True)
class Settings:
    """The platform's settings. Frozen: a change needs a restart, so that all processes agree."""

    var: Path  # the folder of everything that is not code: database, files, secret, sandbox state
    processes: Path
    texts: Path | None  # the installation's own words in place of ours: engine.domain.texts
    database_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    old_secret_key: str | None = field(repr=False)  # still opens what was sealed before the secret was changed
    base_url: str
    desk_url: str
    host: str
    port: int
    trusted_hosts: tuple[str, ...]
    proxies: int  # how many reverse proxies of ours stand in front
    rooms: tuple[str, ...]
    secure_cookies: bool
    web_processes: int
    web_threads: int
    citizen_idle_minutes: int
    staff_idle_minutes: int
    session_hours: int
    max_upload_mb: int
    quotas: Quotas
    connectors: Mapping[str, str] = field(repr=False)  # every variable as given; each connector reads its own
    sandbox: bool
    practice: bool  # sample accounts and the practice clock are allowed, and every page says so
    admin_totp: bool  # administrators sign in with an authenticator, or set one up first
    travel_clock: Path | None
    inference: str  # on | shadow | off
    agency_code: str
    office_name_vi: str  # stands in the head of every page
    office_name_en: str
    office_place: str  # before the date on every paper
    fee_account: str  # where fees are transferred to, as citizens read it; nothing: only at the counter
    rate_limits: bool
    worker_threads: int
    lease_seconds: int
    sweep_seconds: float
    max_attempts: int
    draft_days: int  # a draft nobody comes back to is discarded after so many days; 0: never
    supplement_days: int  # working days an applicant usually has to answer a supplement request
    supplement_days_most: int  # … and at most, where the procedure states no limit of its own
    parent_pid: int  # set by `motcua run` for its children, which end with it; 0: nobody's child
    log_level: str

    @property
    def embedded(self) -> bool:
        """Whether everything runs on SQLite, with no database server beside it."""
        return self.database_url.startswith("sqlite")

    @property
    def web_workers(self) -> int:
        """How many web processes; one on SQLite, where writers come one at a time anyway."""
        return 1 if self.embedded else self.web_processes

    @property
    def own_folders(self) -> tuple[Path, ...]:
        """The folders that hold people's data on this machine: everything in them is kept from other accounts."""
        papers = urlsplit(Reader.of_given(self.connectors).text("STORAGE_URL", ""))
        return (self.var, Path(unquote(papers.path))) if papers.scheme == "file" else (self.var,)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read the environment. Raises SettingsError with one sentence naming the variable and the way out."""
        read = Reader(os.environ if environ is None else environ)
        var = Path(read.text("VAR", str(_ROOT / "var"))).absolute()
        practice = read.flag("PRACTICE", default=False)
        doors = {
            "practice": practice,
            "sandbox": read.flag("SANDBOX", default=practice),
            "old_secret_key": read.optional("OLD_SECRET_KEY"),
            "admin_totp": read.flag("ADMIN_TOTP", default=not practice),
            "travel_clock": _travel_clock(read, practice),
            "connectors": read.given(),
        }
        values = doors | _places(read, var) | _web(read) | _office(read) | _rhythm(read)
        refuse_unsafe(values)
        return cls(var=var, **values, secret_key=_secret_key(read, var))


def child_environment(**changes: str) -> dict[str, str]:
    """The environment for a process of ours, with variables changed (named without their prefix)."""
    return {**os.environ, **{PREFIX + name: value for name, value in changes.items()}}


def _places(read: Reader, var: Path) -> dict[str, Any]:
    """Where things lie."""
    return {
        "processes": Path(read.text("PROCESSES", str(_ROOT / "processes"))).absolute(),
        "texts": Path(texts).absolute() if (texts := read.optional("TEXTS")) else None,
        "database_url": _psycopg(read.text("DATABASE_URL", f"sqlite:///{var / 'motcua.db'}")),
        "redis_url": read.optional("REDIS_URL"),
    }


def _secret_key(read: Reader, var: Path) -> str:
    """Last of all: nothing is written for settings that are refused."""
    given = read.optional("SECRET_KEY")
    refuse_weak_key(given)
    return given or kept_secret(var / "secret.key")


def _web(read: Reader) -> dict[str, Any]:
    """How people reach the pages."""
    host, port = read.text("HOST", "127.0.0.1"), read.port("PORT", 8000)
    visible = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    base_url = read.url("BASE_URL", f"http://{visible}:{port}")
    desk_url = read.url("DESK_URL", base_url)
    return {
        "host": host,
        "port": port,
        "base_url": base_url,
        "desk_url": desk_url,
        "trusted_hosts": read.words("TRUSTED_HOSTS", own_hosts(base_url, desk_url, f"http://{visible}")),
        "proxies": read.number("PROXIES", 0, 0, 5),
        "rooms": read.chosen("ROOMS", ALL_ROOMS, ALL_ROOMS),
        "secure_cookies": read.flag("SECURE_COOKIES", default=base_url.startswith("https:")),
        "web_processes": read.number("WORKERS", 2, 1, 64),
        "web_threads": read.number("THREADS", 8, 1, 64),
        "citizen_idle_minutes": read.number("CITIZEN_IDLE_MINUTES", 720, 5, 1440),
        "staff_idle_minutes": read.number("STAFF_IDLE_MINUTES", 30, 5, 1440),
        "session_hours": read.number("SESSION_HOURS", 12, 1, 72),
        "max_upload_mb": read.number("MAX_UPLOAD_MB", 10, 1, 100),
        "quotas": read_quotas(read),
        "rate_limits": read.flag("RATE_LIMITS", default=True),
        "log_level": read.one_of("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
    }


def _office(read: Reader) -> dict[str, Any]:
    """Who we are to others, and the second engine beside us."""
    return {
        "inference": read.one_of("INFERENCE", "on", ("on", "shadow", "off")),
        "agency_code": read.text("AGENCY_CODE", "000.00.00.H56"),
        "office_name_vi": read.text("OFFICE_NAME_VI", "Cổng dịch vụ công tỉnh Thanh Hóa"),
        "office_place": read.text("OFFICE_PLACE", "Thanh Hóa"),
        "fee_account": read.text("FEE_ACCOUNT", ""),
        "office_name_en": read.text("OFFICE_NAME_EN", "Public services of Thanh Hóa province"),
    }


def _rhythm(read: Reader) -> dict[str, Any]:
    """How the worker works. A living worker renews its lease, so this is how soon a dead one is noticed."""
    return {
        "worker_threads": read.number("WORKER_THREADS", 1, 1, 32),
        "lease_seconds": read.number("LEASE_SECONDS", 10, 1, 3600),
        "sweep_seconds": read.decimal("SWEEP_SECONDS", 2.0, 0.1, 5.0),
        "max_attempts": read.number("MAX_ATTEMPTS", 8, 1, 100),
        "draft_days": read.number("DRAFT_DAYS", 180, 0, 36500),
        "supplement_days": read.number("SUPPLEMENT_DAYS", 10, 1, 365),
        "supplement_days_most": read.number("SUPPLEMENT_DAYS_MOST", 60, 1, 365),
        "parent_pid": read.number("PARENT_PID", 0, 0, 2**31),
    }


def _travel_clock(read: Reader, practice: bool) -> Path | None:
    """The practice clock: never in earnest, since every deadline and every signature hangs on the time."""
    value = read.optional("TRAVEL_CLOCK")
    if value is None:
        return None
    if not practice:
        name = f"{PREFIX}TRAVEL_CLOCK"
        raise SettingsError(
            name,
            f"Biến {name} chỉ dùng được khi luyện tập; hãy bỏ biến này hoặc đặt {PREFIX}PRACTICE=on.",
            f"{name} works in practice mode only; remove it or set {PREFIX}PRACTICE=on.",
        )
    return Path(value).absolute()


def _psycopg(url: str) -> str:
    """Name our driver in a PostgreSQL address, however its owner wrote the scheme."""
    scheme, mark, rest = url.partition("://")
    if mark and scheme in {"postgres", "postgresql"}:
        return f"postgresql+psycopg://{rest}"
    if mark and scheme in {"postgresql+psycopg", "sqlite"}:
        return url
    name = f"{PREFIX}DATABASE_URL"
    raise SettingsError(
        name,
        f"Biến {name} phải bắt đầu bằng sqlite:/// hoặc postgresql://.",
        f"{name} must begin with sqlite:/// or postgresql://.",
    )

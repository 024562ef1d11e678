"""Practice or earnest, and which settings must never open the doors: each refusal names the variable and the way out.

Earnest is what holds when nobody says otherwise. Practice is for one machine: every setting that reaches beyond it, or
lets others reach it, is refused there, since practice lets anybody in with passwords that are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from connectors.folders import configs
from connectors.settings import Kind, Setting, declared
from engine.settings_reader import PREFIX, Reader, SettingsError

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_KEY: Final = 32
_DISTINCT_SIGNS: Final = 10
_SHORTEST_WORD: Final = 16  # what another side and we agree on, so that it cannot be tried out
# Words that stand in our sources, examples and everybody's first guess.
_KNOWN_WORDS: Final = ("sandbox", "changeme", "change-me", "password", "secret-key", "example", "default")


def is_loopback(host: str | None) -> bool:
    """Whether this name leads to the machine itself and nowhere else. None: a local socket."""
    if host is None or host.lower() in {"", "localhost"}:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def own_hosts(*addresses: str) -> tuple[str, ...]:
    """The names this installation answers to when none are listed: those of its own addresses, and the machine's."""
    names = [urlsplit(address).netloc.rpartition("@")[2] for address in addresses]
    bare = [name if name.endswith("]") else name.rsplit(":", 1)[0] for name in names]
    return tuple(dict.fromkeys((*bare, *LOOPBACK_NAMES)))


def refuse_unsafe(values: Mapping[str, Any]) -> None:
    """Raise SettingsError for the first setting that must not be served with."""
    if values["practice"]:
        for variable in _reaching_out(values):
            raise _not_in_practice(variable)
        return
    if values["sandbox"]:
        raise _error(
            "SANDBOX",
            f"chỉ dùng được khi luyện tập; hãy bỏ biến này, hoặc đặt {PREFIX}PRACTICE=on trên một máy riêng.",
            f"works in practice only; remove it, or set {PREFIX}PRACTICE=on on a machine of its own.",
        )
    for check in (_plain_providers, _weak_words, _open_redis):
        for error in check(values):
            raise error


def refuse_weak_key(key: str | None) -> None:
    """The key behind every cookie and seal must be long and mixed. None: a good one is made and kept."""
    if key is not None and (len(key) < SHORTEST_KEY or len(set(key)) < _DISTINCT_SIGNS):
        raise _error(
            "SECRET_KEY",
            f"quá ngắn hoặc quá đơn điệu; cần ít nhất {SHORTEST_KEY} ký tự ngẫu nhiên, ví dụ: openssl rand -base64 48. "
            "Để trống thì hệ thống tự tạo.",
            f"is too short or too plain; it needs {SHORTEST_KEY} random characters, e.g. openssl rand -base64 48. "
            "Left empty, one is made.",
        )


def _reaching_out(values: Mapping[str, Any]) -> Iterator[str]:
    """The variables that point beyond this machine, or let others in."""
    given = Reader.of_given(values["connectors"])
    bucket = given.text("STORAGE_URL", "").startswith("s3:")
    beyond = {
        "HOST": not is_loopback(values["host"]),
        "BASE_URL": _leads_away(values["base_url"]),
        "DESK_URL": _leads_away(values["desk_url"]),
        "TRUSTED_HOSTS": not all(map(is_loopback, values["trusted_hosts"])),
        "PROXIES": values["proxies"] > 0,
        **{one.variable: _leads_away(given.optional_url(one.variable)) for one in _addresses()},
        "DATABASE_URL": _server_away(values["database_url"]),
        "REDIS_URL": _server_away(values["redis_url"] or ""),
        "S3_ENDPOINT": bucket and _leads_away(given.optional_url("S3_ENDPOINT") or "https://aws"),
    }
    return (variable for variable, reaches in beyond.items() if reaches)


def _leads_away(address: str | None) -> bool:
    """Whether an address is public: another machine's, or https, which no practice machine has."""
    if address is None:
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or not is_loopback(parts.hostname)


def _server_away(address: str) -> bool:
    """Whether a database's address names another machine, before or behind the question mark."""
    parts = urlsplit(address)
    named = (value for name, value in parse_qsl(parts.query) if name in ("host", "hostaddr", "service"))
    return not is_loopback(parts.hostname) or any(not name.startswith("/") and not is_loopback(name) for name in named)


def _addresses() -> Iterator[Setting]:
    """Where each connector finds its other side."""
    return (one for config in configs() for one in declared(config) if one.kind is Kind.URL)


def _plain_providers(values: Mapping[str, Any]) -> Iterator[SettingsError]:
    """Who vouches for people must be spoken to over TLS."""
    given = Reader.of_given(values["connectors"])
    for one in _addresses():
        address = given.optional_url(one.variable)
        if one.tls and address is not None and not address.startswith("https://"):
            yield _error(one.variable, "phải bắt đầu bằng https://.", "must begin with https://.")


def _weak_words(values: Mapping[str, Any]) -> Iterator[SettingsError]:
    """Whoever is spoken to in earnest has agreed on a word with us: not an empty, a short or a published one."""
    given = Reader.of_given(values["connectors"])
    for config in configs():
        settings = list(declared(config))
        in_use = any(one.required and given.optional(one.variable) for one in settings)
        for variable in (one.variable for one in settings if in_use and one.secret and one.kind is Kind.TEXT):
            word = given.text(variable, "")
            if len(word) >= _SHORTEST_WORD and not any(known in word.lower() for known in _KNOWN_WORDS):
                continue
            yield _error(
                variable,
                f"còn trống, quá ngắn hoặc là giá trị mẫu; hãy đặt bí mật đã thống nhất với bên kia "
                f"(ít nhất {_SHORTEST_WORD} ký tự).",
                f"is empty, short or a sample; set what was agreed with the other side "
                f"({_SHORTEST_WORD} characters or more).",
            )


def _open_redis(values: Mapping[str, Any]) -> Iterator[SettingsError]:
    """Whoever can write to the bell can ring it: on a network it asks for a password."""
    parts = urlsplit(values["redis_url"] or "")
    if not is_loopback(parts.hostname) and not parts.password:
        yield _error(
            "REDIS_URL",
            "cần mật khẩu khi Redis ở máy khác: redis://:MẬT_KHẨU@máy:6379/0.",
            "needs a password for a Redis elsewhere: redis://:PASSWORD@host:6379/0.",
        )


def _not_in_practice(variable: str) -> SettingsError:
    return _error(
        variable,
        "trỏ ra ngoài máy này hoặc cho người khác vào, nên không được luyện tập: mật khẩu mẫu ai cũng biết. "
        f"Hãy bỏ {PREFIX}PRACTICE (vận hành thật), hoặc bỏ biến này.",
        "points beyond this machine or lets others in, which practice must not: everybody knows the sample passwords. "
        f"Remove {PREFIX}PRACTICE (to work in earnest), or this variable.",
    )


def _error(name: str, vi: str, en: str) -> SettingsError:
    variable = PREFIX + name
    return SettingsError(variable, f"Biến {variable} {vi}", f"{variable} {en}")

"""Reads single settings out of an environment, each with a sentence when it makes no sense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

PREFIX: Final = "MOTCUA_"
_YES: Final = frozenset({"1", "on", "yes", "true"})
_NO: Final = frozenset({"0", "off", "no", "false"})


class SettingsError(Exception):
    """A setting makes no sense. The sentence names the variable and says what is allowed."""

    def __init__(self, variable: str, message_vi: str, message_en: str) -> None:
        super().__init__(message_vi)
        self.variable = variable
        self.message_vi = message_vi
        self.message_en = message_en


class Reader:
    """One environment. An empty variable counts as not set, so that compose files can leave it blank."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    @classmethod
    def of_given(cls, given: Mapping[str, str]) -> Reader:
        """A reader of what `given` handed over."""
        return cls({PREFIX + name: value for name, value in given.items()})

    def optional(self, name: str) -> str | None:
        """The text, or None when it is not set."""
        return self._environ.get(PREFIX + name, "").strip() or None

    def text(self, name: str, default: str) -> str:
        """The text, or the default."""
        return self.optional(name) or default

    def flag(self, name: str, *, default: bool) -> bool:
        """On or off."""
        value = (self.optional(name) or "").lower()
        if not value:
            return default
        if value not in _YES | _NO:
            raise _refusal(name, value, "on hoặc off", "on or off")
        return value in _YES

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number between low and high."""
        return int(self.decimal(name, default, low, high, whole=True))

    def decimal(self, name: str, default: float, low: float, high: float, *, whole: bool = False) -> float:
        """A number between low and high."""
        value = self.optional(name)
        if value is None:
            return default
        try:
            number = int(value) if whole else float(value)
        except ValueError:
            number = None
        if number is None or not low <= number <= high:
            raise _refusal(name, value, f"một số từ {low} đến {high}", f"a number from {low} to {high}")
        return number

    def port(self, name: str, default: int) -> int:
        """A TCP port."""
        return self.number(name, default, 1, 65535)

    def words(self, name: str, default: Iterable[str]) -> tuple[str, ...]:
        """Words separated by commas."""
        value = self.optional(name)
        return tuple(default) if value is None else tuple(word.strip() for word in value.split(",") if word.strip())

    def chosen(self, name: str, default: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
        """Words out of a fixed set, in the order of that set."""
        wanted, known = self.words(name, default), tuple(allowed)
        strange = [word for word in wanted if word not in known]
        if strange or not wanted:
            listed = ", ".join(known)
            raise _refusal(name, ",".join(strange), f"một hoặc nhiều trong số: {listed}", f"one or more of: {listed}")
        return tuple(word for word in known if word in wanted)

    def one_of(self, name: str, default: str, allowed: Iterable[str]) -> str:
        """One word out of a fixed set."""
        value, known = self.text(name, default).lower(), tuple(allowed)
        if value not in known:
            listed = ", ".join(known)
            raise _refusal(name, value, f"một trong: {listed}", f"one of: {listed}")
        return value

    def url(self, name: str, default: str) -> str:
        """An http(s) address without a trailing slash."""
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise _refusal(name, value, "địa chỉ bắt đầu bằng http:// hoặc https://", "an http:// or https:// address")
        return value

    def content(self, name: str) -> bytes:
        """The bytes of the file it names."""
        value = self.text(name, "")
        try:
            return Path(value).read_bytes()
        except OSError:
            raise _refusal(
                name, value, "đường dẫn tới một tệp đọc được", "the path of a file that can be read"
            ) from None

    def given(self) -> Mapping[str, str]:
        """Every variable of ours as it was given, without prefix: connectors read their own out of it."""
        ours = {name: value for name, value in self._environ.items() if name.startswith(PREFIX)}
        return MappingProxyType({name.removeprefix(PREFIX): value for name, value in ours.items()})

    def optional_url(self, name: str) -> str | None:
        """An http(s) address, or None when it is not set."""
        return None if self.optional(name) is None else self.url(name, "")


def _refusal(name: str, value: str, allowed_vi: str, allowed_en: str) -> SettingsError:
    variable = PREFIX + name
    return SettingsError(
        variable,
        f"Biến {variable} có giá trị “{value}” không dùng được; cần {allowed_vi}.",
        f'{variable} is "{value}", which cannot be used; it must be {allowed_en}.',
    )

"""How a connector declares its settings, and the one reader that fills its Config from what the platform was given.

A Config is a frozen dataclass. Each field made with `setting` stands for one environment variable; a field made with
`part` holds another Config (how far the HTTP door may go). Fields of neither kind are the connector's own constants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum, auto
from typing import Any, Final, Protocol, TypeVar

from connectors.errors import NotConfigured
from connectors.port import Label

PREFIX: Final = "MOTCUA_"
_DECLARED: Final = "setting"
_PART: Final = "part"
C = TypeVar("C")


class Kind(Enum):
    """What a setting's text is read as."""

    TEXT = auto()
    URL = auto()  # http(s), without a trailing slash
    FLAG = auto()
    WORDS = auto()  # separated by commas
    FILE = auto()  # a path; the bytes of the file are what the connector gets


@dataclass(frozen=True)
class Setting:
    """One declared setting. `variable`: its name without MOTCUA_. `required`: without it the connector is off."""

    variable: str
    kind: Kind
    about: Label
    secret: bool
    tls: bool
    default: Any
    shown_default: str

    @property
    def required(self) -> bool:
        """Whether the connector needs it."""
        return self.default is MISSING


class Values(Protocol):
    """What the platform was given, read one by one; each raises the platform's own sentence for nonsense."""

    def optional(self, name: str) -> str | None:
        """The text, or None when it is not set."""
        ...

    def url(self, name: str, default: str) -> str:
        """An http(s) address."""
        ...

    def flag(self, name: str, *, default: bool) -> bool:
        """On or off."""
        ...

    def words(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """Words separated by commas."""
        ...

    def content(self, name: str) -> bytes:
        """The bytes of the file it names."""
        ...


def setting(
    variable: str,
    about: Label,
    kind: Kind = Kind.TEXT,
    *,
    default: Any = MISSING,
    secret: bool = False,
    tls: bool = False,
    shown: str = "",
) -> Any:
    """Declare a field that is read from MOTCUA_`variable`. A secret never stands in a repr.

    `tls`: the address must be https in earnest. `shown`: what the handbook prints as default, if not the value.
    """
    declared = Setting(variable, kind, about, secret, tls, default, shown)
    return field(default=default, repr=not secret, metadata={_DECLARED: declared})


def part(config: type[Any]) -> Any:
    """Declare a field that holds another Config, read with the same reader."""
    return field(default_factory=config, metadata={_PART: config})


def declared(config: type[Any]) -> Iterator[Setting]:
    """The settings a Config reads, its parts' included, in the order they are written."""
    for entry in fields(config):
        if _DECLARED in entry.metadata:
            yield entry.metadata[_DECLARED]
        elif _PART in entry.metadata:
            yield from declared(entry.metadata[_PART])


def read_config(config: type[C], values: Values) -> C | None:
    """The Config as set. None when none of its required settings is given: then the connector is not offered.

    Raises NotConfigured when only some of them are, and the platform's own error for a value that makes no sense.
    """
    required = [one for one in declared(config) if one.required]
    missing = [one for one in required if values.optional(one.variable) is None]
    if required and len(missing) == len(required):
        return None
    if missing:
        raise _incomplete(required, missing)
    return config(**_given(config, values))


def _given(config: type[Any], values: Values) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for entry in fields(config):
        if _DECLARED in entry.metadata:
            one: Setting = entry.metadata[_DECLARED]
            if values.optional(one.variable) is not None:
                given[entry.name] = _value(one, values)
        elif _PART in entry.metadata:
            inner = entry.metadata[_PART]
            given[entry.name] = inner(**_given(inner, values))
    return given


def _value(one: Setting, values: Values) -> object:
    if one.kind is Kind.URL:
        return values.url(one.variable, "")
    if one.kind is Kind.FLAG:
        return values.flag(one.variable, default=False)
    if one.kind is Kind.WORDS:
        return values.words(one.variable, ())
    return values.content(one.variable) if one.kind is Kind.FILE else values.optional(one.variable)


def _incomplete(required: list[Setting], missing: list[Setting]) -> NotConfigured:
    every = ", ".join(PREFIX + one.variable for one in required)
    lacking = ", ".join(PREFIX + one.variable for one in missing)
    return NotConfigured(
        f"Các biến {every} phải được đặt cùng nhau; còn thiếu {lacking}. Hãy đặt đủ, hoặc bỏ tất cả.",
        f"{every} go together; {lacking} is missing. Set all of them, or none.",
        code="incomplete_settings",
    )

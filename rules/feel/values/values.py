"""FEEL values that Python has no type for: durations, ranges, functions; and the number context."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

NANOS = 1_000_000_000
DAY_NANOS = 86_400 * NANOS

NUMBERS = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6176,
    Emax=6144,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
"""IEEE 754 decimal128; each evaluation enters its own copy, so threads never share one."""


def to_number(written: str | int | Decimal) -> Decimal | None:
    """A number rounded to decimal128, or None when it is none or too large for it."""
    try:
        return NUMBERS.copy().create_decimal(Decimal(written))
    except (decimal.DecimalException, ValueError):
        return None


@dataclass(frozen=True, slots=True, order=True)
class DaysTimeDuration:
    """A duration in days, hours, minutes, seconds; kept in whole nanoseconds."""

    nanos: int

    @property
    def seconds_total(self) -> Decimal:
        """Length in seconds."""
        return Decimal(self.nanos) / NANOS

    def __str__(self) -> str:
        total = abs(self.nanos)
        days, rest = divmod(total, DAY_NANOS)
        hours, rest = divmod(rest, 3600 * NANOS)
        minutes, rest = divmod(rest, 60 * NANOS)
        seconds, fraction = divmod(rest, NANOS)
        text = f"{seconds}.{fraction:09d}".rstrip("0") if fraction else str(seconds)
        clock = "".join(
            part
            for part, present in ((f"{hours}H", hours), (f"{minutes}M", minutes), (f"{text}S", seconds or fraction))
            if present
        )
        body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
        return ("-" if self.nanos < 0 else "") + "P" + (body or "T0S")


@dataclass(frozen=True, slots=True, order=True)
class YearsMonthsDuration:
    """A duration in years and months; kept in whole months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return ("-" if self.months < 0 else "") + "P" + (body or "0M")


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; ``op`` is set when it was written as a test such as ``< 10`` (open on one side)."""

    low: object
    high: object
    low_included: bool = True
    high_included: bool = True
    op: str | None = None

    def __hash__(self) -> int:
        return hash((str(self.low), str(self.high), self.low_included, self.high_included, self.op))


class Callback(Protocol):
    """What a function does with its arguments, already in order and of the right type."""

    def __call__(self, *arguments: object) -> object:
        """Run it."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function value: written in FEEL, a BKM, a decision service or a built-in."""

    name: str
    parameters: tuple[str, ...]
    call: Callable[[Sequence[object]], object]
    types: tuple[object, ...] = ()
    result: object = None
    by_name: Callable[[dict[str, object]], object] | None = None
    variadic: bool = False

    def invoke(self, positional: Sequence[object], named: dict[str, object] | None = None) -> object:
        """Call by position or by name; wrong number or names of arguments give null."""
        if named:
            if self.by_name is not None:
                return self.by_name(named)
            if set(named) != set(self.parameters):
                return None
            return self.call([named[parameter] for parameter in self.parameters])
        if not self.variadic and len(positional) != len(self.parameters):
            return None
        return self.call(positional)


def plain(number: Decimal) -> str:
    """A number without exponent and without needless zeros: 1E+3 is 1000, 1.50 is 1.5."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text

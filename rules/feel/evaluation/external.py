"""Functions of the Java library that models of other tools name as "external".

No Java runs here and nothing is loaded by name: a closed list of pure functions is offered, each known by
class and signature. Any other signature gives null, as does a wrong argument.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from rules.feel.operations.types import FeelType, coerce
from rules.feel.values.values import NUMBERS, Function, plain

_SIGNATURE = re.compile(r"\s*([A-Za-z_]\w*)\s*\(([^()]*)\)\s*", re.ASCII)
_BOUNDS = {"byte": 7, "short": 15, "int": 31, "long": 63}
_BOXED = {
    "Byte": "byte",
    "Short": "short",
    "Integer": "int",
    "Long": "long",
    "Float": "float",
    "Double": "double",
    "Boolean": "boolean",
    "Character": "char",
    "String": "string",
    "Object": "object",
}
_PLACEHOLDER = re.compile(r"%(?:(\d{1,2})\$)?(?:\.(\d{1,2}))?([sdf%n])")


class _NoSuchValueError(Exception):
    """The value does not fit the Java type."""


def _short_float(number: float) -> float:
    try:
        single: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        raise _NoSuchValueError from None
    for digits in range(1, 10):
        text = f"{single:.{digits}g}"
        if struct.unpack("f", struct.pack("f", float(text)))[0] == single:
            return float(text)
    return single


def _within(number: int, kind: str) -> int:
    if not -(2 ** _BOUNDS[kind]) <= number < 2 ** _BOUNDS[kind]:
        raise _NoSuchValueError
    return number


def _to_java(value: object, kind: str) -> object:
    if kind in _BOUNDS:
        if not isinstance(value, Decimal) or value != int(value):
            raise _NoSuchValueError
        return _within(int(value), kind)
    if kind in {"double", "float"}:
        if not isinstance(value, Decimal):
            raise _NoSuchValueError
        return _short_float(float(value)) if kind == "float" else float(value)
    if kind == "boolean" and not isinstance(value, bool):
        raise _NoSuchValueError
    if kind in {"string", "char"} and (not isinstance(value, str) or (kind == "char" and len(value) != 1)):
        raise _NoSuchValueError
    return value


def _to_feel(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return NUMBERS.create_decimal(Decimal(repr(value))) if math.isfinite(value) else None
    return value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return "null" if value is None else str(value)


def _java_format(template: str, *arguments: object) -> str:
    upcoming = iter(arguments)

    def fill(match: re.Match[str]) -> str:
        index, digits, letter = match.groups()
        if letter in "%n":
            return "%" if letter == "%" else "\n"
        try:
            value = arguments[int(index) - 1] if index else next(upcoming)
        except (IndexError, StopIteration):
            raise _NoSuchValueError from None
        if letter == "s":
            return _text(value)
        if not isinstance(value, Decimal):
            raise _NoSuchValueError
        return f"{value:.{digits or 6}f}" if letter == "f" else plain(value)

    return _PLACEHOLDER.sub(fill, template)


def _parse_whole(kind: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,19}", text, re.ASCII):
            raise _NoSuchValueError
        return _within(int(text), kind)

    return parse


def _parse_float(text: str) -> float:
    try:
        return float(Decimal(text.strip()))
    except (InvalidOperation, OverflowError):
        raise _NoSuchValueError from None


def _half_up(number: float) -> int:
    return math.floor(number + 0.5)


def _math() -> dict[str, Callable[..., object]]:
    library: dict[str, Callable[..., object]] = {}
    for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "log10", "sqrt"):
        library[f"Math.{name}(double)"] = getattr(math, name)
    library |= {
        "Math.log(double)": math.log,
        "Math.pow(double,double)": math.pow,
        "Math.round(double)": _half_up,
        "Math.hypot(double,double)": math.hypot,
        "Math.atan2(double,double)": math.atan2,
        "Math.toRadians(double)": math.radians,
        "Math.toDegrees(double)": math.degrees,
        "Math.signum(double)": lambda x: math.copysign(1.0, x) if x else 0.0,
        "Math.cbrt(double)": lambda x: math.copysign(abs(x) ** (1 / 3), x),
        "Math.floor(double)": lambda x: float(math.floor(x)),
        "Math.ceil(double)": lambda x: float(math.ceil(x)),
    }
    for kind in ("int", "long", "float", "double"):
        library |= {f"Math.max({kind},{kind})": max, f"Math.min({kind},{kind})": min, f"Math.abs({kind})": abs}
    return library


def _texts() -> dict[str, Callable[..., object]]:
    library: dict[str, Callable[..., object]] = {
        "String.format(string,object...)": _java_format,
        "String.valueOf(char)": str,
        "Double.valueOf(string)": _parse_float,
        "Double.parseDouble(string)": _parse_float,
        "Float.valueOf(string)": lambda text: _short_float(_parse_float(text)),
        "Float.parseFloat(string)": lambda text: _short_float(_parse_float(text)),
        "Boolean.valueOf(string)": lambda text: text.lower() == "true",
        "Boolean.parseBoolean(string)": lambda text: text.lower() == "true",
    }
    for name, kind in (("Byte", "byte"), ("Short", "short"), ("Integer", "int"), ("Long", "long")):
        library[f"{name}.valueOf(string)"] = _parse_whole(kind)
        library[f"{name}.parse{'Int' if kind == 'int' else name}(string)"] = _parse_whole(kind)
    for name, kind in _BOXED.items():
        if name not in {"String", "Object", "Character"}:
            library[f"{name}.valueOf({kind})"] = lambda value: value
            library[f"String.valueOf({kind})"] = _text
            library[f"{name}.toString({kind})"] = _text
    library["String.valueOf(object)"] = _text
    return library


_LIBRARY = _math() | _texts()


def _kind(written: str) -> str:
    name = written.strip()
    if name.startswith("[L") or name.endswith(("...", "[]")):
        name = name.removeprefix("[L").rstrip(";").removesuffix("...").removesuffix("[]")
        return _kind(name) + "..."
    bare = name.removeprefix("java.lang.")
    return _BOXED.get(bare, bare)


def _signature(description: object) -> tuple[str, tuple[str, ...]] | None:
    java = description.get("java") if isinstance(description, dict) else None
    if not isinstance(java, dict):
        return None
    owner, signature = java.get("class"), java.get("method signature")
    if not isinstance(owner, str) or not isinstance(signature, str):
        return None
    match = _SIGNATURE.fullmatch(signature)
    if match is None or not owner.startswith("java.lang."):
        return None
    kinds = tuple(_kind(part) for part in match[2].split(",") if part.strip())
    return f"{owner.removeprefix('java.lang.')}.{match[1]}({','.join(kinds)})", kinds


def find_external(
    names: tuple[str, ...], types: tuple[FeelType, ...], description: object, result: FeelType | None = None
) -> Function | None:
    """The function a model describes as ``{java: {class, method signature}}``, or None (null) if not offered."""
    found = _signature(description)
    if found is None or found[0] not in _LIBRARY:
        return None
    target, kinds = _LIBRARY[found[0]], found[1]

    def call(arguments: Sequence[object]) -> object:
        try:
            ready = [
                _to_java(value, kinds[min(index, len(kinds) - 1)].removesuffix("..."))
                for index, value in enumerate(arguments)
            ]
            value = _to_feel(target(*ready))
        except (_NoSuchValueError, ValueError, OverflowError, TypeError):
            return None
        return value if result is None else coerce(value, result)

    return Function(found[0], names, call, types)

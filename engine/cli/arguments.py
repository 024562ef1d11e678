"""Reads what people give the command: files, instants, name=value facts. Every fault is a sentence."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.cli.output import CommandError
from engine.domain.clock import VIETNAM


def read_json(text: str) -> Any:
    """JSON as the standard has it: no NaN, no Infinity, no number beyond what can be kept. Raises ValueError."""
    return json.loads(text, parse_constant=_refuse, parse_float=_finite)


def _refuse(word: str) -> float:
    raise ValueError(word)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def read_bytes(path: str) -> bytes:
    """A file's bytes."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise CommandError(
            f"Không đọc được tệp {path}: {error.strerror}.", f"The file {path} cannot be read: {error.strerror}."
        ) from error


def read_steps(path: str) -> list[dict[str, Any]]:
    """Steps for `play`: a JSON list of objects, or one object per line; `-` is the standard input."""
    text = sys.stdin.read() if path == "-" else read_bytes(path).decode("utf-8", "replace")
    text = text.removeprefix("\ufeff").strip()
    try:
        found = read_json(text) if text.startswith("[") else [read_json(line) for line in text.splitlines() if line]
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(step, dict) for step in found):
        raise CommandError(
            f"Tệp {path} phải là danh sách JSON gồm các đối tượng, hoặc mỗi dòng một đối tượng.",
            f"The file {path} must be a JSON list of objects, or one object per line.",
        )
    return found


def read_instant(text: str) -> datetime:
    """An instant in ISO 8601; without a zone it is meant on the wall clock of Việt Nam."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"“{text}” không phải thời điểm ISO 8601, ví dụ 2026-03-10T09:00+07:00.",
            f'"{text}" is not an instant of ISO 8601, e.g. 2026-03-10T09:00+07:00.',
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def read_facts(pairs: Iterable[str]) -> dict[str, object]:
    """name=value pairs; a value that is JSON (number, true, null, "text") is taken as such, else as text."""
    facts: dict[str, object] = {}
    for pair in pairs:
        name, mark, value = pair.partition("=")
        if not mark or not name:
            raise CommandError(
                f"“{pair}” phải có dạng tên=giá_trị, ví dụ copies=2.",
                f'"{pair}" must look like name=value, e.g. copies=2.',
            )
        facts[name.strip()] = _value(value)
    return facts


def read_facts_file(path: str) -> dict[str, object]:
    """Facts from a JSON object in a file; `-` is the standard input."""
    text = sys.stdin.read() if path == "-" else read_bytes(path).decode("utf-8", "replace")
    return read_object(text.removeprefix("\ufeff"))


def read_object(text: str) -> dict[str, object]:
    """A JSON object given on the command line."""
    try:
        found = read_json(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CommandError(
            f"“{text[:60]}” phải là đối tượng JSON {{…}}.", f'"{text[:60]}" must be a JSON object {{…}}.'
        )
    return found


def _value(text: str) -> object:
    try:
        value: object = read_json(text)
    except (ValueError, RecursionError):
        return text
    return value

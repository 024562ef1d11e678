"""Patterns of others are run on what anybody types: none may hold the office up."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from engine.domain.forms import FormError, parse_form
from engine.domain.forms.patterns import fits, is_kind

HOSTILE = (
    "(a+)+$",
    "(a|a)+$",
    "(a|aa)+$",
    r"(\w+\s?)*$",
    r"(\d+)+x",
    "(x+x+)+y",
    "((ab)+)+c",
    "(.*a){25}",
)
ROOT = Path(__file__).resolve().parents[4]


def form(pattern: object) -> str:
    field = {"type": "textfield", "key": "name", "label": "Tên", "validate": {"pattern": pattern}}
    return json.dumps({"components": [field]})


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_hostile_pattern_is_refused_when_it_is_read(pattern: str) -> None:
    with pytest.raises(FormError, match=r"validate\.pattern"):
        parse_form("f", form(pattern))


@pytest.mark.parametrize("pattern", HOSTILE)
def test_one_that_came_in_all_the_same_is_stopped(pattern: str) -> None:
    begun = time.monotonic()
    for text in ("a" * 20_000 + "!", "x" * 20_000, "1" * 20_000, "ab" * 10_000):
        fits(pattern, text)
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("pattern", ["(", "[a", "a" * 501, 7, ["a"], "(?P<n>a)(?P<n", "*a"])
def test_what_is_no_pattern_is_refused(pattern: object) -> None:
    with pytest.raises(FormError, match=r"validate\.pattern"):
        parse_form("f", form(pattern))


def test_every_pattern_of_the_shipped_packs_is_kind() -> None:
    found = []
    for path in (ROOT / "processes").rglob("*.form.json"):
        waiting = list(json.loads(path.read_text("utf-8"))["components"])
        while waiting:
            row = waiting.pop()
            waiting += row.get("components") or []
            pattern = (row.get("validate") or {}).get("pattern")
            found += [pattern] if pattern else []
    assert found
    assert [pattern for pattern in found if not is_kind(pattern)] == []


def test_a_pattern_asks_for_the_whole_text() -> None:
    assert fits("[A-Z]{2}[0-9]{4}", "KQ0017")
    assert not fits("[A-Z]{2}[0-9]{4}", "KQ0017 ")

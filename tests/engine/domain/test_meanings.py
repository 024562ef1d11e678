"""The registry of declared meanings, its page, and packs from before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.domain.forms import FIELD_TYPES, parse_form
from engine.domain.meanings import (
    FIELD_PLACES,
    MEANINGS,
    PLACES,
    Meaning,
    Outcome,
    Place,
    formerly,
    meaning_of,
    outcome_formerly,
)
from engine.domain.meanings_page import meanings_page
from engine.domain.procedures import as_declared, declares_meanings, read_pack

ROOT = Path(__file__).parents[3]


def test_the_page_says_what_the_registry_says():
    assert (ROOT / "docs" / "meanings.md").read_text(encoding="utf-8") == meanings_page()


@pytest.mark.parametrize("meaning", Meaning)
def test_each_meaning_is_told_in_both_languages(meaning: Meaning):
    info = MEANINGS[meaning]
    for text in (info.name, info.does, PLACES[info.place]):
        assert text.vi
        assert text.en
        assert text.vi != text.en
    assert bool(info.types) == (info.place in FIELD_PLACES)
    assert set(info.types) <= set(FIELD_TYPES)
    assert f"`{meaning}`" in meanings_page()


def test_names_of_old_are_known_by_their_place():
    assert formerly("finding", (Place.TASK,)) is Meaning.DECISION
    assert formerly("finding", (Place.DECLARATION,)) is None
    assert outcome_formerly(Meaning.DECISION, "amend") is Outcome.SUPPLEMENT
    assert outcome_formerly(Meaning.FEE_METHOD, "amend") is None
    assert meaning_of("result_number") is Meaning.RESULT_NUMBER
    assert meaning_of("RESULT_NUMBER") is None


def undeclared(code: str) -> dict[str, str]:
    """The shipped pack as it was before anything in it declared a meaning."""
    files = read_pack(ROOT / "processes", code)
    return {
        path: json.dumps(stripped(json.loads(text))) if path.endswith(".json") else text for path, text in files.items()
    }


def stripped(value):
    if isinstance(value, list):
        return [stripped(one) for one in value]
    if isinstance(value, dict):
        return {name: stripped(one) for name, one in value.items() if not name.startswith("motcua:")}
    return value


@pytest.mark.parametrize("code", ["2.000635", "1.001612"])
def test_a_pack_from_before_has_the_meanings_of_its_names(code: str):
    before = undeclared(code)
    before["process.bpmn"] = before["process.bpmn"].replace("motcua:meaning", "motcua:once")
    assert not declares_meanings(before)
    now, read = read_pack(ROOT / "processes", code), as_declared(before)
    assert read["process.bpmn"] == before["process.bpmn"]  # running processes are bound to its text
    for path in (path for path in now if path.endswith(".form.json")):
        old, new = (parse_form(path, files[path]) for files in (read, now))
        for entry in new.fields:
            if entry.key not in ("head_decision", "note"):  # had none before
                assert (entry.key, old.field(entry.key).meaning) == (entry.key, entry.meaning)
                assert old.field(entry.key).options == entry.options


def test_a_pack_that_declares_anything_is_left_alone():
    files = read_pack(ROOT / "processes", "2.000635")
    assert as_declared(files) == files

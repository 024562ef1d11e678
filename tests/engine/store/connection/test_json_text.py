"""JSON columns keep what the standard library would keep, whatever hostile words are in them."""

from __future__ import annotations

import enum
import json
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from engine.store.connection import Database
from engine.store.connection.json_text import read_json, write_json
from engine.store.schema.work import event

TEXTS = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(
    ["typename", "__proto__", "\ud800", "null", "đ"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


class Word(enum.StrEnum):
    YES = "yes"


@given(VALUES)
def test_reads_what_the_standard_library_reads(value):
    known = json.loads(json.dumps(value))
    assert repr(read_json(write_json(value))) == repr(known)
    assert repr(read_json(json.dumps(value))) == repr(known)  # rows from before


@pytest.mark.parametrize("value", [{1: "a"}, {None: 1}, Word.YES, {Word.YES: Word.YES}, (1, 2), 2**64, -(2**63) - 1])
def test_odd_keys_and_long_numbers_are_kept(value):
    assert read_json(write_json(value)) == json.loads(json.dumps(value))


def test_no_number_does_not_become_nothing():
    assert math.isnan(read_json(write_json({"n": math.nan}))["n"])


@pytest.mark.parametrize("value", [datetime(2026, 1, 1, tzinfo=UTC), object(), {1, 2}, b"bytes"])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(TypeError):
        write_json(value)


def test_both_databases_give_back_what_was_written(database: Database, clock):
    data = {"đ": "ớ \U0001f600", "typename": 1.1, "list": [True, None, 10**25], "0": {"": "null"}}
    row = {"chain": "c", "number": 1, "actor_kind": "system", "actor_name": "-", "kind": "k", "hash": "-", "public": 0}
    with database.begin() as tx:
        tx.execute(insert(event).values({**row, "at": clock.now(), "data": data}))
    with database.read() as tx:
        kept = tx.execute(select(event.c.data, event.c.at)).one()
    assert kept.data == data
    assert list(kept.data) == list(data)
    assert (kept.at, kept.at.tzinfo) == (clock.now(), UTC)

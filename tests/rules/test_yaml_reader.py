import contextlib
import copy
import itertools
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RulesError
from rules.fees.reading.schedule import build_schedule
from rules.yaml_reader import Node, parse_yaml, read_yaml

ROOT = Path(__file__).parents[2] / "processes"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: 1\na: 2", "duplicate"),
        ("1.001612: x", "keys must be text"),
        ("[" * 40 + "]" * 40, "too deeply"),
        ("a: [", "YAML"),
        ("a: !!python/object/apply:os.system [ls]", "YAML"),
    ],
)
def test_hostile_or_careless_yaml_is_refused_with_a_place(text, why):
    with pytest.raises(RulesError, match=why) as refused:
        parse_yaml(text.encode(), "bảng.yaml")
    assert refused.value.message_vi.startswith("bảng.yaml")


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("a: 1\n b: 2", "dòng 2, cột 3", "thụt dòng"),
        ("a: [1, 2", "dòng 1", "ngoặc"),
        ("a:\n\tb: 1", "dòng 2, cột 1", "Tab"),
        ('a: "x', "dòng 1", "ngoặc kép"),
        ("a: 1\nb: 1\na: 2", "dòng 3, cột 1", "«a»"),
        ("a: @x", "dòng 1, cột 4", "ngoặc kép"),
        ("b: *x", "dòng 1, cột 4", "bí danh"),
    ],
)
def test_a_slip_in_yaml_is_told_in_words_with_its_line(text, place, why):
    with pytest.raises(RulesError) as refused:
        parse_yaml(text.encode(), "bảng.yaml")
    assert place in refused.value.message_vi
    assert why in refused.value.message_vi
    assert "<unicode string>" not in refused.value.message_vi + refused.value.message_en
    assert "line" in refused.value.message_en


def test_an_entity_bomb_costs_nothing():
    letters = "abcdefghijklmnopqrst"
    lines = [f"{new}: &{new} [*{old}, *{old}]" for old, new in itertools.pairwise(letters)]
    with pytest.raises(RulesError, match="aliases"):
        parse_yaml("\n".join(["a: &a [x]", *lines]).encode(), "bomb.yaml")


def test_a_file_of_fifty_megabytes_is_refused_unread():
    with pytest.raises(RulesError, match="lớn hơn 2000000 byte"):
        parse_yaml(b"a: " + b"x" * 50_000_000, "big.yaml")


@given(st.binary(max_size=200))
def test_any_bytes_give_a_document_or_our_error(raw):
    with contextlib.suppress(RulesError):
        assert isinstance(parse_yaml(raw, "fuzz.yaml"), Node)


SHIPPED = sorted([*ROOT.glob("_fees/*.yaml"), *ROOT.glob("*/fees.yaml")])
LEAVES = [None, True, 0, -1, 1.5, "", "x", "2024-01-01", date(2024, 1, 1), [], {}, [None], {"vi": 1}, 10**40, "é\x00"]


@pytest.mark.parametrize("seed", range(150))
def test_shipped_tables_with_anything_in_any_place_load_or_give_our_error(seed):
    chance = random.Random(seed)
    files = {path: copy.deepcopy(read_yaml(path)) for path in SHIPPED}
    spoil(chance, files[chance.choice(SHIPPED)].data)
    shared = [node for path, node in files.items() if path.parent.name == "_fees"]
    own = [node for path, node in files.items() if path.parent.name != "_fees"]
    with contextlib.suppress(RulesError):
        assert build_schedule(shared, own).hash


def spoil(chance, data):
    """Put an odd value at a random place of the tree."""
    keys = list(data) if isinstance(data, dict) else range(len(data))
    key = chance.choice(list(keys))
    if isinstance(data[key], dict | list) and data[key] and chance.random() < 0.8:
        spoil(chance, data[key])
    else:
        data[key] = chance.choice(LEAVES)

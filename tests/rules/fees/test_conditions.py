"""Conditions as cells mean what FEEL says they mean, also where facts are not known."""

import itertools
import random
from pathlib import Path

import pytest

from rules.errors import FeelNameError
from rules.feel import to_feel
from rules.fees import load_schedule
from rules.fees.conditions import UnprovableError, alternatives, both, intersect
from rules.fees.predicates import formula, predicate
from rules.fees.table import known_columns

SCHEDULE = load_schedule(Path(__file__).parents[3] / "processes")
COLUMNS = known_columns(SCHEDULE.vocabulary, SCHEDULE.areas)
NAMES = frozenset(SCHEDULE.vocabulary) | {"online", "age", "area_category", "rural"}
ATOMS = [
    "online", "not(online)", "rural", "age < 16", "age >= 60", "age <= 18", "not(age > 18)", 'channel = "online"',
    'channel != "post"', 'channel in ("online", "post")', 'service_level = "level_3"', 'service_level != "level_1"',
    'list contains(subject, "student")', 'list contains(subject, "merit")', "rural = false", "parcels > 2",
]  # fmt: skip
VALUES = {
    "online": [True, False],
    "rural": [True, False, None],
    "age": [15, 16, 18, 59, 60, None],
    "channel": ["online", "post", "counter", None],
    "service_level": ["level_1", "level_3", None],
    "parcels": [2, 3, None],
    "subject": [[], ["student"], ["merit", "student"]],
}


def compose(pick, depth):
    if depth == 0 or pick.random() < 0.3:
        return pick.choice(ATOMS)
    left, right = compose(pick, depth - 1), compose(pick, depth - 1)
    return pick.choice([f"({left} and {right})", f"({left} or {right})", f"not({left})"])


def cells_hold(source, facts):
    flat = {f"subject:{word}": word in facts["subject"] for word in ("student", "merit")} | facts
    return any(all(cell.accepts(flat[n]) for n, cell in one.items()) for one in alternatives(source, COLUMNS))


@pytest.mark.parametrize("seed", range(120))
def test_cells_and_feel_agree_on_random_conditions(seed):
    pick = random.Random(seed)
    source = compose(pick, 3)
    feel = predicate(source, NAMES)
    for _ in range(40):
        facts = {name: pick.choice(values) for name, values in VALUES.items()}
        context = {name: to_feel(facts.get(name)) for name in NAMES}
        assert cells_hold(source, facts) == (feel.value(context) is True), (source, facts)


@pytest.mark.parametrize("rule", [one for one in SCHEDULE.rules if one.when], ids=lambda rule: rule.code)
def test_cells_and_feel_agree_on_the_shipped_conditions(rule):
    used = sorted(rule.when.names)
    domains = [VALUES.get(name) or [*(COLUMNS[name].words or (True, False)), None] for name in used]
    for values in itertools.product(*domains):
        facts = {"subject": []} | dict(zip(used, values, strict=True))
        context = {name: to_feel(facts.get(name)) for name in NAMES}
        assert cells_hold(rule.when.source, facts) == (rule.when.value(context) is True), facts


@pytest.mark.parametrize(
    "source",
    [
        *("online online", "age = 18", "age != 18", "= 3", "age", "copies + 1 > 2", 'channel = "fax"', "channel < 3"),
        *('list contains(subject, "x")', "some x in subject satisfies x", "online and", ""),
    ],
)
def test_what_cannot_be_proven_is_refused_with_a_sentence(source):
    with pytest.raises(UnprovableError) as refused:
        alternatives(source, COLUMNS)
    assert "Biểu phí không dùng được điều kiện" in refused.value.message_vi


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("online and age = 18", "age = 18"),
        ('rural or channel = "fax"', '"fax"'),
        ("not(copies + 1 > 2)", "… > 2"),
        ("16 > age", "16 > age"),
        ('list contains(subject, "x")', "list contains(…)"),
        ("channel in (1, 2)", "1"),
    ],
)
def test_the_refusal_names_the_part_it_cannot_use(source, part):
    with pytest.raises(UnprovableError) as refused:
        alternatives(source, COLUMNS)
    assert f"vướng ở «{part}»" in refused.value.message_vi


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(online) and not(not(rural))", "online and rural"),
        ("age < 16.0", "age < 16"),
        ("(online or rural) and age > -1", "(rural or online) and age > -1"),
        ('channel in ("online")', 'channel = "online"'),
    ],
)
def test_what_means_the_same_gives_the_same_cells(one, other):
    def cells(source):
        return {frozenset(found.items()) for found in alternatives(source, COLUMNS)}

    assert cells(one) == cells(other)


@pytest.mark.parametrize("source", ["sum([copies, 2])", "copies + substring(channel, 1)", "ban sao * 2"])
def test_a_formula_uses_only_the_functions_and_facts_of_fee_tables(source):
    with pytest.raises(FeelNameError):
        formula(source, NAMES)


@pytest.mark.parametrize("seed", range(100))
def test_an_intersection_accepts_what_both_accept(chance, seed):
    maker = chance(seed)
    table = maker.table(rows=8, columns=4)
    for one, other in itertools.combinations(table.rows, 2):
        for column in table.columns:
            left, right = one.cells.get(column.name), other.cells.get(column.name)
            if left is None or right is None:
                continue
            found = intersect(left, right)
            for _ in range(10):
                value = table.normalise(maker.facts(table))[column.name]
                wanted = left.accepts(value) and right.accepts(value)
                assert (found is not None and found.accepts(value)) == wanted
            merged = both(({column.name: left},), ({column.name: right},))
            assert bool(merged) == (found is not None)

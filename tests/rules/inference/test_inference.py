"""The contained inference engine against the exact evaluator, under load, swaps and poison."""

import gc
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from rules.errors import RulesDisagree
from rules.inference import Decider, InferenceEngine, PoisonedRulesetError, inference_available, probe_table
from rules.inference.probe import probe_ruleset
from rules.inference.rulesets import SENTINEL, Ruleset
from rules.tables import Among, Column, DecisionTable, Index, Output, Row
from rules.text import Text

ROOT = Path(__file__).parents[3]
ON = date.fromordinal(738_010)
LONG = os.environ.get("MOTCUA_TEST_LONG") == "1"  # 100,800 dossiers and 300,000 decisions; else a twentieth of them
WHY = "durable-rules is not installed here (Python 3.13, or no C compiler): inference=off is tested instead"
needs_durable = pytest.mark.skipif(not inference_available(), reason=WHY)


def agree(maker, tables, situations):
    """Ask both engines; returns how many situations were asked."""
    asked = 0
    for _ in range(tables):
        table = maker.table(rows=maker.random.choice([6, 12, 12, 100]))
        index, engine = Index(table), InferenceEngine(table)
        names = {one.name for one in table.categories}
        for _ in range(situations):
            facts, on = table.normalise(maker.facts(table)), maker.day()
            exact = set(index.row_ids(index.rows_met(facts, on)))
            assert set(engine.rows_met(facts, on)) - names == exact
            asked += 1
        engine.close()
    return asked


@needs_durable
def test_both_engines_find_the_same_rows(chance):
    assert agree(chance(1), tables=25, situations=60) == 1_500


@needs_durable
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_both_engines_find_the_same_rows_on_two_hundred_tables(chance):
    situations = 480 if LONG else 24
    assert agree(chance(2), tables=210, situations=situations) == 210 * situations


def resident_kb():
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def grown_kb(decisions, chance):
    maker = chance(5)
    table = maker.table(rows=12)
    engine = InferenceEngine(table)
    situations = [(table.normalise(maker.facts(table)), maker.day()) for _ in range(200)]
    for facts, on in situations:
        engine.rows_met(facts, on)
    gc.collect()
    before = resident_kb()
    for number in range(decisions):
        engine.rows_met(*situations[number % 200])
    gc.collect()
    engine.close()
    return resident_kb() - before


@needs_durable
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc, which is Linux only")
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_memory_stays_flat(chance):
    assert grown_kb(300_000 if LONG else 15_000, chance) < 8_000


def ruleset(rules):
    definition = {"r_sentinel": {"all": [{"m": {"$and": [{"s": 1}]}}]}, **rules}
    return Ruleset("poison", definition, {name: SENTINEL if name == "r_sentinel" else name for name in definition})


HANG = {f"r_{n}": {"all": [{"m": {"$and": [{f"x{n}": 1}]}}]} for n in range(600)}
DIVIDE = {"$div": {"$l": {"first": "b"}, "$r": {"first": "c"}}}
CRASH = {"r_1": {"all": [{"first": {"s": 1}}, {"second": {"$gt": {"a": DIVIDE}}}]}}
WRONG = {"r_1": {"all": [{"m": {"$and": [{"s": 1}]}}]}}


@needs_durable
@pytest.mark.parametrize(("rules", "why"), [(HANG, "it hung"), (CRASH, "exit"), (WRONG, "wrong answer")])
def test_a_poisoned_ruleset_stops_in_the_probe(rules, why):
    question = ({"s": 1, "x1": 1, "a": 1, "b": 1, "c": 0}, [SENTINEL])
    with pytest.raises(PoisonedRulesetError) as refused:
        probe_ruleset(ruleset(rules), [question], timeout_s=5)
    assert why in refused.value.message_en
    assert "Không công bố" in refused.value.message_vi


@needs_durable
def test_a_sound_table_passes_the_probe(chance):
    probe_table(chance(3).table(rows=60), situations=40)


@needs_durable
def test_a_disagreement_decides_nothing_and_is_reported():
    columns = (Column("n", "boolean", Text("cờ", "flag")),)
    rows = (Row("r", {"n": Among(frozenset([True]))}, {"o": 1}),)
    table = DecisionTable("t", Text("t", "t"), columns, (Output("o"),), rows, "FIRST")
    reported = []
    for mode in ("on", "shadow"):
        decider = Decider(table, inference=mode, report=reported.append)
        decider.index = Index(
            DecisionTable("t", table.name, columns, table.outputs, (Row("r", {}, {"o": 1}),), "FIRST")
        )
        if mode == "on":
            with pytest.raises(RulesDisagree, match="không thu tiền"):
                decider.decide({"n": False}, ON)
        else:
            assert decider.decide({"n": False}, ON).result == 1
        decider.close()
    assert [sorted(one.exact ^ one.inferred) for one in reported] == [["r"], ["r"]]


def test_without_durable_rules_the_platform_decides_and_says_so():
    program = """
import sys
sys.modules["durable"] = None
from datetime import date
from rules.inference import Decider
from rules.tables import Column, DecisionTable, Output, Row
from rules.text import Text
name = Text("t", "t")
table = DecisionTable("t", name, (Column("n", "integer", name),), (Output("o"),), (Row("r", {}, {"o": 7}),), "FIRST")
decider = Decider(table)
decision = decider.decide({"n": 1}, date(2024, 1, 1))
print(decision.result, decision.inference, decider.status.vi.split(":")[0])
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "7 off inference=off"

"""Trying a ruleset in a throw-away process before it may serve: a hang or a crash stays in there.

durable_rules can hang for ever holding the interpreter lock, or end the process. Nothing compiled from an
edited table is loaded by the serving process until this probe has answered, in time and as expected.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from rules.errors import RulesError
from rules.inference.engine import Held
from rules.inference.rulesets import SENTINEL, Compiled, Ruleset
from rules.tables import Among, Column, DecisionTable, Index, Within

Question = tuple[Mapping[str, object], list[str]]

_ROOT = Path(__file__).resolve().parents[2]


class PoisonedRulesetError(RulesError):
    """The ruleset hung, crashed or answered wrongly in the probe; it must not be published."""

    code = "poisoned_ruleset"


def probe_table(table: DecisionTable, *, situations: int = 100, timeout_s: float = 30.0) -> None:
    """Compile and question every ruleset of `table` elsewhere; raises PoisonedRulesetError.

    The questions are situations at the edges of the table's own conditions.
    """
    compiled, index, chance = Compiled(table), Index(table), random.Random(0)  # noqa: S311 - test situations
    asked: list[tuple[dict[str, object], date]] = []
    for _ in range(situations):
        facts = {column.name: _edge(table, column, chance) for column in table.columns}
        asked.append((index.with_categories(facts), _edge_day(table, chance)))
    for ruleset in (*(one for stratum in compiled.strata for one in stratum), *compiled.rows):
        told = set(ruleset.tells.values())
        questions: list[Question] = []
        for facts, on in asked:
            met = set(index.row_ids(index.rows_met(facts, on)))
            met |= {category.name for category in table.categories if facts[category.name]}
            questions.append((compiled.message(facts, on.toordinal()), sorted((met & told) | {SENTINEL})))
        probe_ruleset(ruleset, questions, timeout_s=timeout_s)


def probe_ruleset(ruleset: Ruleset, questions: Iterable[Question], *, timeout_s: float = 30.0) -> None:
    """Load one ruleset in a new process and ask it `questions`; raises PoisonedRulesetError."""
    plan = {
        "name": ruleset.name,
        "definition": ruleset.definition,
        "tells": dict(ruleset.tells),
        "questions": [[message, expected] for message, expected in questions],
    }
    command = [sys.executable, "-X", "faulthandler", "-m", "rules.inference.probe"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the plan travels on standard input as JSON
            command, input=json.dumps(plan), capture_output=True, text=True, timeout=timeout_s, cwd=_ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        raise _poisoned(ruleset.name, f"không trả lời sau {timeout_s:g} giây", "it hung") from None
    if done.returncode != 0:
        raise _poisoned(ruleset.name, f"tiến trình kết thúc với mã {done.returncode}", f"exit {done.returncode}")
    if done.stdout.strip() != "ok":
        raise _poisoned(ruleset.name, "trả lời sai", f"wrong answer: {done.stdout.strip()[:200]}")


def _poisoned(name: str, vi: str, en: str) -> PoisonedRulesetError:
    return PoisonedRulesetError(
        f"Nhóm luật {name} không qua được kiểm tra cách ly: {vi}. Không công bố phiên bản này.",
        f"Ruleset {name} failed its probe: {en}. This version is not published.",
    )


def _edge(table: DecisionTable, column: Column, chance: random.Random) -> object:
    """A value at or beside an end of one of the column's conditions."""
    cells = [row.cells[column.name] for row in table.rows if column.name in row.cells]
    if column.kind == "boolean":
        return chance.random() < 0.5
    if column.kind in ("choice", "text"):
        words = sorted({str(word) for cell in cells if isinstance(cell, Among) for word in cell.words})
        return chance.choice([*column.words, *words] or ["?"])
    ends = [
        end
        for cell in cells
        if isinstance(cell, Within)
        for one in cell.intervals
        for end in (one.low, one.high)
        if end is not None
    ]
    return chance.choice(ends or [1]) + chance.choice((-1, 0, 1))


def _edge_day(table: DecisionTable, chance: random.Random) -> date:
    days = [day for row in table.rows for day in (row.window.valid_from, row.window.valid_to) if day]
    ordinal = (chance.choice(days) if days else date(2024, 1, 1)).toordinal() + chance.choice((-1, 0, 1))
    return date.fromordinal(max(1, ordinal))


def _answer(plan: Mapping[str, object]) -> str:
    """What the throw-away process does: load, ask, compare."""
    hits: set[str] = set()
    tells, questions = plan["tells"], plan["questions"]
    held = Held(Ruleset(str(plan["name"]), plan["definition"], tells), hits.add)  # type: ignore[arg-type] # from JSON
    for message, expected in questions:  # type: ignore[attr-defined] # from JSON
        hits.clear()
        held.ask(message)
        if sorted(hits) != expected:
            return f"{sorted(hits)} instead of {expected}"
    held.close()
    return "ok"


if __name__ == "__main__":
    sys.stdout.write(_answer(json.load(sys.stdin)))

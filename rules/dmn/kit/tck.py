"""Runs folders of the DMN Technology Compatibility Kit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rules.dmn.evaluate import Result, call_service, decide
from rules.dmn.graph import Model
from rules.dmn.kit.tck_case import Expectation, TestCase, read_cases, same_value
from rules.dmn.load import load_dmn
from rules.errors import RulesError
from rules.feel import from_feel

_LEVEL = re.compile(r"compliance-level-(\d)")
REFERENCE_NOW = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
"""What now() says when the caller gives no moment, so that two runs give the same lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """The verdict on one test."""

    level: int
    folder: str
    file: str
    id: str
    passed: bool
    expects_value: bool
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "level": self.level,
            "folder": self.folder,
            "file": self.file,
            "id": self.id,
            "passed": self.passed,
            "expects_value": self.expects_value,
            "reason": self.reason,
        }


@dataclass
class Tally:
    """How many of how many."""

    passed: int = 0
    total: int = 0

    def add(self, passed: bool) -> None:
        """Count one test."""
        self.total += 1
        self.passed += passed

    def to_dict(self) -> dict[str, object]:
        """For JSON; ``percent`` is cut to two decimals, so 100 means all."""
        percent = self.passed * 10_000 // self.total / 100 if self.total else None
        return {"passed": self.passed, "total": self.total, "percent": percent}


@dataclass
class Summary:
    """Totals by level; level 3 also without the tests that expect null."""

    levels: dict[int, Tally] = field(default_factory=dict)
    level_3_non_null: Tally = field(default_factory=Tally)

    def add(self, line: Line) -> None:
        """Count one line."""
        self.levels.setdefault(line.level, Tally()).add(line.passed)
        if line.level == 3 and line.expects_value:
            self.level_3_non_null.add(line.passed)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        totals: dict[str, object] = {f"level_{level}": tally.to_dict() for level, tally in sorted(self.levels.items())}
        return {**totals, "level_3_non_null": self.level_3_non_null.to_dict()}


def run_tck(folders: Iterable[Path], now: datetime = REFERENCE_NOW) -> Iterator[Line]:
    """One line per test in these folders and all folders below."""
    for folder in folders:
        for path in sorted(folder.rglob("*.xml")):
            yield from _run_file(path, now)


def _run_file(path: Path, now: datetime) -> Iterator[Line]:
    match = _LEVEL.search(str(path.resolve()))
    level = int(match[1]) if match else 0
    models: dict[Path, Model | RulesError] = {}
    for test in read_cases(path):
        if test.model not in models:
            models[test.model] = _load(test.model)
        reason = _judge(models[test.model], test, now)
        yield Line(level, path.parent.name, path.name, test.id, not reason, test.expects_value, reason)


def _load(path: Path) -> Model | RulesError:
    try:
        return load_dmn(path)
    except RulesError as error:
        return error


def _judge(model: Model | RulesError, test: TestCase, now: datetime) -> str:
    """Why the test fails; empty when it passes."""
    if isinstance(model, RulesError):
        return model.message_en
    for expected in test.expected:
        try:
            result = _evaluate(model, test, expected, now)
        except RulesError as error:
            return error.message_en
        if not same_value(expected.value, result.value):
            problems = "; ".join(problem.message_en for problem in result.problems[:3])
            return (
                f"{expected.name}: expected {from_feel(expected.value)!r}, got {from_feel(result.value)!r} {problems}"
            ).strip()
    return ""


def _evaluate(model: Model, test: TestCase, expected: Expectation, now: datetime) -> Result:
    if test.kind == "decisionService":
        result = call_service(model, test.invocable, test.inputs, now=now)
        several = len(model.service(test.invocable).outputs) > 1
        if several and isinstance(result.value, dict) and expected.name in result.value:
            return Result(result.value[expected.name], result.problems)
        return result
    if expected.kind == "decisionService":
        return call_service(model, expected.name, test.inputs, now=now)
    return decide(model, expected.name, test.inputs, now=now)

"""Runs every set that was found and counts: the standard's kits, other engines' tests, people's drawings."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from engine.conformance.gathering import Found
from engine.conformance.report import Row
from rules.dmn import dmn_tck

Judge = Callable[[str], dict[str, Any]]
SOURCES: Final = Path(__file__).parents[2]
_ORACLE: Final = SOURCES / "tests" / "oracle" / "run.py"
INVALID: Final = "invalid by the standard"


def run_all(found: Found, models: int, scenario: Judge, check: Judge, model: Judge) -> Iterator[Row]:
    """One row after another. `scenario`, `check` and `model` judge one file, each in a child process."""
    if models:
        yield oracle(models)
    yield from test_kits(found.test_kits)
    for suite, files in sorted(found.scenarios.items()):
        yield scenarios(suite, files, scenario)
    for name, index in found.must_refuse.items():
        yield must_refuse(name, index, check)
    if found.reference_models:
        yield from drawings("MIWG", found.reference_models, model)
    for name, files in found.drawings.items():
        yield from drawings(name, files, model)
    for name, files in found.originals.items():
        yield from (row for row in drawings(name, files, model) if row.name != name)


def oracle(models: int) -> Row:
    """Random models, played beside the token game of our own that knows nothing of the engine."""
    row = Row("oracle", models)
    if not _ORACLE.is_file():
        row.refused, row.remark = models, "not run: tests/oracle is not installed here"
        return row
    words = [sys.executable, str(_ORACLE), "--models", str(models), "--seed", "1"]
    done = subprocess.run(words, capture_output=True, cwd=SOURCES, check=False)  # noqa: S603 - our own file
    try:
        told = json.loads(done.stdout)
    except ValueError:
        row.wrong, row.details = models, [done.stderr.decode("utf-8", "replace")[-500:]]
        return row
    row.wrong = int(told["mismatches"])
    row.right = models - row.wrong
    row.remark = f"{told.get('steps', 0)} steps"
    row.details = [f"seed {one['seed']}: {one['difference']}" for one in told["wrong"]]
    return row


def test_kits(folders: list[Path]) -> Iterator[Row]:
    """The DMN TCK, a row for each level."""
    rows: dict[object, Row] = {}
    for line in dmn_tck(folders) if folders else ():
        if "summary" in line:
            continue
        row = rows.setdefault(line["level"], Row(f"DMN TCK level {line['level']}"))
        row.asked += 1
        row.right += bool(line["passed"])
        row.wrong += not line["passed"]
        if not line["passed"]:
            row.details.append(f"{line['folder']} {line['id']}: {line['reason']}")
    yield from (rows[level] for level in sorted(rows, key=str))


def scenarios(suite: str, files: Iterable[Path], judge: Judge) -> Row:
    """Other engines' tests: agree is right, disagree is wrong, what is not accepted is refused."""
    row, counts, read = Row(f"scenarios {suite}"), Counter[str](), Counter[str]()
    for file in files:
        told = judge(str(file))
        verdict = told["verdict"]
        counts[verdict] += 1
        read[told["reading"]] += bool(told["reading"])
        if verdict != "agree":
            row.details.append(f"{verdict}: {told['id']}: {told['why']}")
    row.asked, row.right = counts.total(), counts["agree"]
    row.wrong, row.refused = counts["disagree"], counts["refused"]
    parts = [f"{count} {reading}" for reading, count in read.items() if count]
    parts += [f"{counts['contested']} contested"] if counts["contested"] else []
    row.remark = ", ".join(parts)
    return row


def must_refuse(name: str, index: Path, judge: Judge) -> Row:
    """Files that the standard forbids must be refused or explained; one accepted without a word is wrong."""
    row, told_only, theirs = Row(f"must refuse: {name}"), 0, Counter[bool]()
    for listed in json.loads(index.read_bytes()):
        found = judge(str(index.parent / listed["file"]))
        silent = found["accepted"] and not found["findings"]
        if listed["verdict"] != INVALID:
            theirs[silent] += 1
            continue
        row.asked += 1
        row.right += not silent
        row.wrong += silent
        told_only += found["accepted"] and not silent
        if found["accepted"]:
            said = " ".join(one["message_en"] for one in found["findings"]) or "accepted without a word"
            row.details.append(f"{listed['file']}: {said}")
    row.remark = f"{row.right - told_only} refused, {told_only} explained"
    if theirs:
        row.remark += f"; beside them {theirs.total()} forbidden by one engine only: {theirs[False]} told"
    return row


def drawings(name: str, files: Iterable[Path], judge: Judge) -> Iterator[Row]:
    """Diagrams of others: how many are accepted, as they are and translated; each refusal has its sentence."""
    told = [judge(str(file)) for file in files]
    row, imported = Row(name, len(told)), Row(f"import-bpmn: {name}")
    for one in told:
        accepted = one["accepted"] or one["named"]
        row.right += accepted
        row.refused += not accepted
        if not accepted:
            row.details.append(f"{Path(one['file']).name}: {one['why']}")
        if one["foreign"]:
            imported.asked += 1
            imported.right += one["imported"]
            imported.refused += not one["imported"]
            if not one["imported"]:
                imported.details.append(f"{Path(one['file']).name}: {one['left']}")
    named, kept = sum(one["named"] for one in told), sum(one["kept"] for one in told)
    row.remark = f"accepted{f', {named} with a process named' if named else ''}; {kept} whole when written again"
    yield row
    if imported.asked:
        imported.remark = "files with words of other engines, each alone"
        yield imported

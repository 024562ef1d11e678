"""The bodies of the commands ``motcua dmn run`` and ``motcua dmn tck``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from rules.dmn.evaluate import Result, call_service, decide
from rules.dmn.kit.tck import REFERENCE_NOW, Summary, run_tck
from rules.dmn.load import load_dmn
from rules.errors import DmnLookupError, DmnReadError
from rules.feel import from_feel, read_context


def dmn_run(path: Path | str, decision: str, inputs: str = "{}", *, now: datetime | None = None) -> dict[str, object]:
    """Evaluate one decision (or decision service) of a file with JSON inputs; the answer is ready for JSON.

    With a problem the value is null, unless all it says is that some table had no row: the rest would be a guess.
    """
    model = load_dmn(Path(path))
    given = read_context(inputs or "{}", "Dữ liệu vào (--inputs)", "The inputs (--inputs)")
    try:
        result = decide(model, decision, given, now=now, strict=True)
    except DmnLookupError:
        if all(decision != service.name for service in model.definitions.services):
            raise
        result = call_service(model, decision, given, now=now, strict=True)
    return _answer(decision, result)


def _answer(decision: str, result: Result) -> dict[str, object]:
    problems = [
        {"code": problem.code, "vi": problem.message_vi, "en": problem.message_en} for problem in result.problems
    ]
    value = None if result.doubts else from_feel(result.value, rounded=True)
    return {"decision": decision, "value": value, "problems": problems}


def dmn_tck(folders: Iterable[Path | str], *, now: datetime | None = None) -> Iterator[dict[str, object]]:
    """One dictionary per test, and at the end ``{"summary": …}``; raises DmnReadError when there is no test."""
    summary = Summary()
    for line in run_tck([Path(folder) for folder in folders], now or REFERENCE_NOW):
        summary.add(line)
        yield line.to_dict()
    if not summary.levels:
        raise DmnReadError(
            "Không tìm thấy bài kiểm tra DMN TCK nào trong các thư mục này.",
            "No DMN TCK test was found in these folders.",
        )
    yield {"summary": summary.to_dict()}

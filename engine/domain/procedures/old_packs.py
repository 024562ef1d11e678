"""Packs from before meanings were declared: a dossier keeps the pack it was filed under, so they are still read.

Nobody can publish such a pack any more (engine.actions.procedures.check_meanings). Forms and results are declared
here; an old diagram is never touched, because running processes are bound to its text: ProcessSpec knows its names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from engine.domain.meanings import FIELD_PLACES, MEANING, OUTCOME, formerly, outcome_formerly

_FORM = ".form.json"
_BEFORE: Final = Path(__file__).parent / "before"  # a dossier keeps the paper it was filed under: these never change
_RESULT: Final = re.compile(r"""(?m)^result_document:\s*["']?([a-z_]+)\b""")


def as_declared(files: Mapping[str, str]) -> dict[str, str]:
    """The files of a published pack, with the meanings that its fields had by their names and the result it gave.

    The forms of a pack in which anything declares a meaning are left as they are.
    """
    files = {**_result_of(files), **files}
    if declares_meanings(files):
        return files
    return {path: _declared(text) if path.endswith(_FORM) else text for path, text in files.items()}


def _result_of(files: Mapping[str, str]) -> dict[str, str]:
    """The result paper that was code, for a pack that names it and declares none."""
    named = _RESULT.search(files.get("procedure.yaml", ""))
    paper = _BEFORE / f"{named[1]}.yaml" if named else None
    return {f"papers/{paper.name}": paper.read_text(encoding="utf-8")} if paper and paper.is_file() else {}


def declares_meanings(files: Mapping[str, str]) -> bool:
    """Whether anything in the pack declares what it does."""
    return any(MEANING in text for path, text in files.items() if path.endswith((_FORM, ".bpmn")))


def _declared(text: str) -> str:
    schema = json.loads(text)
    for row in _components(schema["components"]):
        meaning = formerly(str(row.get("key") or ""), FIELD_PLACES)
        if meaning is None:
            continue
        row["properties"] = {**(row.get("properties") or {}), MEANING: str(meaning)}
        for option in row.get("values") or ():
            outcome = outcome_formerly(meaning, str(option["value"]))
            if outcome is not None:
                option[OUTCOME] = str(outcome)
    return json.dumps(schema, ensure_ascii=False)


def _components(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield row
        yield from _components(row.get("components") or [])

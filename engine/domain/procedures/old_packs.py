"""Packs from before meanings were declared: a dossier keeps the pack it was filed under, so they are still read.

Nobody can publish such a pack any more (engine.actions.procedures.check_meanings). Only forms are declared here; an
old diagram is never touched, because running processes are bound to its text: ProcessSpec knows its names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.meanings import FIELD_PLACES, MEANING, OUTCOME, formerly, outcome_formerly

_FORM = ".form.json"


def as_declared(files: Mapping[str, str]) -> dict[str, str]:
    """The files of a published pack, with the meanings that its fields had by their names.

    A pack in which anything declares a meaning is left as it is.
    """
    if declares_meanings(files):
        return dict(files)
    return {path: _declared(text) if path.endswith(_FORM) else text for path, text in files.items()}


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

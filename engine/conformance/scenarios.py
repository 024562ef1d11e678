"""Facts of other engines' tests: what was done to an instance and what must hold then, read from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.workflow.checks import called_in
from engine.workflow.dialects import translate


@dataclass(frozen=True)
class Scenario:
    """One test method of another engine, with the diagrams it needs; `folder` holds `files/original`."""

    id: str
    suite: str
    contested: str
    steps: tuple[Mapping[str, Any], ...]
    files: tuple[Path, ...]
    translated: Path | None

    @property
    def process_id(self) -> str:
        """The process that the first step starts."""
        return str(self.steps[0]["start"]["process"])


def is_scenario(found: object) -> bool:
    """Tell a scenario from any other JSON: it names its files, and its steps begin with a start."""
    if not isinstance(found, dict) or not {"id", "files", "steps"} <= set(found):
        return False
    steps = found["steps"]
    return isinstance(steps, list) and bool(steps) and isinstance(steps[0], dict) and "start" in steps[0]


def read_scenario(path: Path) -> Scenario:
    """Read one file of a suite. Raises ValueError or KeyError for what is no scenario, OSError for what is gone."""
    found = json.loads(path.read_bytes())
    if not is_scenario(found):
        raise ValueError(path.name)
    kept = path.parent.parent / "files"
    translated = found.get("translated")
    return Scenario(
        str(found["id"]),
        path.parent.name,
        str(found.get("contested", "")),
        tuple(found["steps"]),
        tuple(kept / "original" / name for name in found["files"]),
        kept / "translated" / translated if translated else None,
    )


def readings(scenario: Scenario) -> Iterator[tuple[str, bytes, dict[str, bytes]]]:
    """The ways to read the diagrams, best first: as written, by our own translation, as others translated them."""
    files = {path.name: path.read_bytes() for path in scenario.files}
    first, *others = files.values()
    yield "original", first, called_in([first, *others])
    imported = translate(files)[0]
    if imported.xml is not None:
        yield "imported", imported.xml, {}
    if scenario.translated is not None:
        yield "translated", scenario.translated.read_bytes(), {}

"""Finds what stands in given folders by its content: scenarios, files to refuse, test kits, models, drawings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.conformance.scenarios import is_scenario

_DIAGRAMS: Final = (".bpmn", ".bpmn2", ".bpmn20.xml")
_MIWG: Final = re.compile(r"[ABC]\.\d+\.\d+(-roundtrip|-export|-import)?\.bpmn")
_TCK: Final = re.compile(r"compliance-level-\d")
_INDEX: Final = "index.json"


@dataclass
class Found:
    """The files by what they are; suites, sets and drawings by the name of their folder."""

    scenarios: dict[str, list[Path]] = field(default_factory=dict)
    must_refuse: dict[str, Path] = field(default_factory=dict)
    test_kits: list[Path] = field(default_factory=list)
    reference_models: list[Path] = field(default_factory=list)
    drawings: dict[str, list[Path]] = field(default_factory=dict)
    originals: dict[str, list[Path]] = field(default_factory=dict)


def gather(folders: Iterable[Path]) -> Found:
    """Look through the folders and all below; a file that is none of these is passed over."""
    found, tops = Found(), list(folders)
    for top in tops:
        for folder in sorted(path for path in (top, *top.rglob("*")) if path.is_dir()):
            _look_into(folder, _name(folder, top, alone=len(tops) == 1), found)
    return found


def _name(folder: Path, top: Path, *, alone: bool) -> str:
    """How a row is called: by the way down from the folder that was given."""
    down = folder.relative_to(top).as_posix() if folder != top else ""
    return down if alone and down else f"{top.resolve().name}/{down}".rstrip("/")


def _look_into(folder: Path, name: str, found: Found) -> None:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    if _TCK.fullmatch(folder.name):
        found.test_kits.append(folder)
    scenarios = [path for path in files if path.suffix == ".json" and path.name != _INDEX and _is_scenario(path)]
    if scenarios:
        found.scenarios.setdefault(folder.name, []).extend(scenarios)
    if _is_index(folder / _INDEX):
        found.must_refuse[name] = folder / _INDEX
        return
    diagrams = [path for path in files if path.name.lower().endswith(_DIAGRAMS)]
    models = [path for path in diagrams if _MIWG.fullmatch(path.name)]
    found.reference_models += models
    others = [path for path in diagrams if path not in models]
    if others and folder.parent.name != "files":
        found.drawings.setdefault(name, []).extend(others)
    elif others and folder.name == "original":  # beside a suite lie the files of its scenarios
        found.originals.setdefault(name, []).extend(others)


def _is_scenario(path: Path) -> bool:
    try:
        return is_scenario(json.loads(path.read_bytes()))
    except (ValueError, RecursionError):
        return False


def _is_index(path: Path) -> bool:
    try:
        listed = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(listed, list) and bool(listed) and all({"file", "verdict"} <= set(one) for one in listed)

"""Every attack that docs/security.md tells of is repeated by a test that is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def missing(text: str, root: Path) -> list[str]:
    """Tests that are named and not there; rows that name none."""
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| attack")]
    found = [f"no test: {row[:60]}" for row in rows if not TEST.search(row)]
    for path, name in TEST.findall(text):
        file = root / path
        tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
        if name not in names:
            found.append(f"{path}::{name}")
    return found


def test_every_attack_is_repeated(root: Path) -> None:
    text = (root / "docs" / "security.md").read_text(encoding="utf-8")
    assert len(TEST.findall(text)) > 30
    assert missing(text, root) == []


def test_a_missing_test_is_seen(root: Path) -> None:
    assert missing("| a | b | `tests/architecture/test_attacks.py::test_gone` |", root)
    assert missing("| a | b | c |", root)
    assert missing("| a | b | `tests/architecture/test_attacks.py::test_a_missing_test_is_seen` |", root) == []

"""Decision records are numbered without gaps and say what was decided, why, and what follows."""

from __future__ import annotations

import re

PARTS = ("Status:", "## Context", "## Decision", "## Consequences")


def faults(records):
    """(file name, text) pairs in order, complaints out."""
    found = []
    for number, (name, text) in enumerate(records, 1):
        if not re.fullmatch(rf"{number:04d}-[a-z0-9-]+\.md", name):
            found.append(f"{name}: expected number {number:04d} and a name in small letters")
        if not text.startswith(f"# {number}. "):
            found.append(f"{name}: expected the heading '# {number}. …'")
        found += [f"{name}: no '{part}'" for part in PARTS if part not in text]
    return found


def test_decision_records_are_in_order(root):
    records = [
        (path.name, path.read_text(encoding="utf-8")) for path in sorted((root / "docs" / "decisions").glob("*.md"))
    ]
    assert len(records) >= 6
    assert faults(records) == []


def test_a_gap_is_seen():
    good = "# 1. A thing\n\nStatus: accepted\n\n## Context\n\n## Decision\n\n## Consequences\n"
    assert faults([("0001-a-thing.md", good)]) == []
    assert faults([("0002-a-thing.md", good)])
    assert faults([("0001-a-thing.md", good.replace("## Decision", ""))]) == ["0001-a-thing.md: no '## Decision'"]

"""The table of a run: one row for each set, as lines, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SHOWN: Final = 60
"""Lines of detail that are shown for a set; the JSON has them all."""
_ABOUT: Final = """# Held against other people's tests

Written by `motcua conformance FOLDER… --out docs/conformance.md`; run it on folders of your own. What stands in a
folder is known by its content: scenarios of other engines' tests as JSON with their diagrams, an `index.json` of files
that must be refused, `compliance-level-N` of the DMN TCK, reference models by their names (`A.1.0.bpmn`), and any
other diagrams. `right` + `wrong` + `refused` = `asked`, but for what a suite itself calls contested. The exit code is
1 when something is wrong.

- **oracle**: random models, played beside a token game of our own that knows nothing of the engine; every place is
  compared after every step.
- **scenarios**: what other engines assert in their own tests. Read as they are (`original`), else translated by
  `motcua import-bpmn` (`imported`), else as the suite translated them.
- **must refuse**: files that BPMN 2.0.2 forbids; right is a refusal, or a finding that explains.
- **MIWG and drawings**: `refused` is a diagram that cannot be run as it is drawn, each with its first sentence.
- **import-bpmn**: files with words of other engines; right is a translation that `motcua check` accepts.

"""
HEADS: Final = ("set", "asked", "right", "wrong", "refused", "remark")


@dataclass
class Row:
    """One set: how many were asked, held, did not hold, were not accepted; `details` name the last two.

    `right` + `wrong` + `refused` = `asked`, but for what is told in the remark (contested by the suite itself).
    """

    name: str
    asked: int = 0
    right: int = 0
    wrong: int = 0
    refused: int = 0
    remark: str = ""
    details: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "set": self.name,
            "asked": self.asked,
            "right": self.right,
            "wrong": self.wrong,
            "refused": self.refused,
            "remark": self.remark,
            "details": self.details,
        }

    def cells(self) -> tuple[str, ...]:
        """For a table."""
        return self.name, str(self.asked), str(self.right), str(self.wrong), str(self.refused), self.remark


def as_lines(rows: Iterable[Row]) -> list[str]:
    """The table for a terminal, columns under their heads."""
    table = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(HEADS))]
    return [
        "  ".join(
            cell.ljust(width) if column in (0, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in table
    ]


def as_markdown(rows: list[Row], about: Mapping[str, Any]) -> str:
    """The table with date and commit, and below it each case that did not hold or was refused."""
    lines = [
        f"Motcua {about['commit']}, {about['date']}.",
        "",
        "| " + " | ".join(HEADS) + " |",
        "|---|--:|--:|--:|--:|---|",
        *("| " + " | ".join(_plain(cell) for cell in row.cells()) + " |" for row in rows),
    ]
    for row in rows:
        if row.details:
            lines += ["", f"**{row.name}**", "", *(f"- {_plain(one)}" for one in row.details[:SHOWN])]
        if len(row.details) > SHOWN:
            lines.append(f"- … {len(row.details) - SHOWN} more")
    return _ABOUT + "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())

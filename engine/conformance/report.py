"""The table of a run: one row for each set, as lines, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

SHOWN: Final = 60
"""Lines of detail that are shown for a set; the JSON has them all."""
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
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())

"""`motcua rules check`: everything wrong with a folder of fee tables or with one decision table."""

from __future__ import annotations

from pathlib import Path

from rules.dmn import ModelProblem, load_dmn
from rules.errors import RulesError
from rules.fees.checks.verify import verify_schedule
from rules.fees.reading.schedule import build_schedule, read_files
from rules.proofs import judge_whole
from rules.tables import DecisionTable, Finding, read_table, verify_row, verify_table
from rules.text import Text


def check_path(path: Path, row: str | None = None) -> list[Finding]:
    """Findings of a processes folder (with `_fees/`), of one procedure's folder or file in it, of a table file,
    or of a DMN model. With `row` only that row of a table file is judged, at once.

    A file that cannot be read at all is itself a finding.
    """
    try:
        root = next((one for one in (path, *path.resolve().parents) if (one / "_fees").is_dir()), None)
        if path.is_file() and path.suffix.lower() == ".dmn":
            return [_of_model(one) for one in judge_whole(load_dmn(path))]
        if path.is_file() and path.name != "fees.yaml":
            table = read_table(path)
            return verify_table(table) if row is None else _edited(table, row, path)
        if root is None:
            message = Text(f"{path} không phải thư mục biểu phí.", f"{path} is no folder of fee tables.")
            return [Finding("file", str(path), (), message)]
        findings = verify_schedule(build_schedule(*read_files(root), guard=False))
        code = _procedure_of(path, root)
        return [one for one in findings if code is None or one.table == code]
    except RulesError as error:
        return [Finding("file", path.name, (), Text(error.message_vi, error.message_en))]


def _edited(table: DecisionTable, row: str, path: Path) -> list[Finding]:
    if all(one.id != row for one in table.rows):
        message = Text(f"Bảng không có dòng {row}.", f"The table has no row {row}.")
        return [Finding("file", path.name, (row,), message)]
    return verify_row(table, row)


def _of_model(problem: ModelProblem) -> Finding:
    told = Text(problem.error.message_vi, problem.error.message_en)
    return Finding(problem.error.code, problem.element, (), told, severity=problem.severity, hint=problem.hint)


def _procedure_of(path: Path, root: Path) -> str | None:
    """The procedure a path inside the folder speaks about; None for the folder itself."""
    inside = path.resolve().relative_to(root.resolve()).parts
    return inside[0] if inside and inside[0] != "_fees" else None

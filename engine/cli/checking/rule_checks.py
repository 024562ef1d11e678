"""Findings of the rules floor as the lines of `motcua check`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from engine.workflow.findings import Finding
from rules.dmn import ModelProblem
from rules.errors import RulesError
from rules.fees import check_path

MEND: Final = ("Sửa mục đã nêu.", "Correct the place named.")


def rules_finding(error: RulesError, element: str) -> Finding:
    """What a reader of the rules says about an element."""
    return Finding(error.code, "error", element, "", error.message_vi, error.message_en, *MEND)


def model_finding(problem: ModelProblem) -> Finding:
    """What is wrong with a decision model."""
    error, hint = problem.error, problem.hint
    return Finding(
        error.code, problem.severity, problem.element, "", error.message_vi, error.message_en, hint.vi, hint.en
    )


def rules_findings(path: Path) -> list[Finding]:
    """Everything wrong with a fee table or a decision table in YAML."""
    return [
        Finding(
            one.code,
            one.severity,
            " ".join((one.table, *one.rows)),
            "",
            one.message.vi,
            one.message.en,
            one.advice.vi,
            one.advice.en,
        )
        for one in check_path(path)
    ]

"""How large the storm and the races are to be, and the table of what came of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import pytest

RESULTS: list[dict[str, Any]] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    size = parser.getgroup("faults")
    size.addoption("--instances", type=int, help="dossiers under the storm (10000 for the full one)")
    size.addoption("--kills", type=int, help="processes killed outright (1000 for the full one)")
    size.addoption("--races", type=int, help="races between two processes (10000 for the full ones)")
    size.addoption("--minutes", type=float, help="after so many minutes nothing new is sent")
    size.addoption("--seed", type=int, help="draws other faults")
    size.addoption("--json", action="store_true", help="the results as JSON lines instead of a table")


@pytest.fixture
def ordered(pytestconfig: pytest.Config) -> Callable[[str, Any], Any]:
    """What the command line asks for, else a size that fits into the ordinary suite."""

    def given(name: str, usual: Any) -> Any:
        value = pytestconfig.getoption(name, None)  # unknown when the whole suite runs: options come with this folder
        return usual if value is None else value

    return given


@pytest.fixture
def keep_result() -> Callable[[dict[str, Any]], None]:
    return RESULTS.append


@pytest.fixture(autouse=True)
def _compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)


def missing(what: str) -> None:
    """Skip loudly on a user's machine; fail where everything is promised."""
    reason = f"{what} is not installed: its half of the storm did not run"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    for result in RESULTS:
        if config.getoption("json", None):
            terminalreporter.write_line(json.dumps(result, ensure_ascii=False))
        else:
            terminalreporter.section(f"{result['what']} · {result['database']}")
            for line in table(result):
                terminalreporter.write_line(line)


def table(result: dict[str, Any]) -> list[str]:
    """One line for each figure; the recovery times as columns of their own."""
    lines = [f"{name:<34}{_plain(value)}" for name, value in result.items() if name not in ("recovery_s", "what")]
    recovery = result.get("recovery_s", {})
    if recovery:
        lines.append(f"{'recovery, seconds':<34}{'median':>8}{'worst':>8}{'times':>7}")
    lines += [f"  {kind:<32}{one['median']:>8}{one['worst']:>8}{one['n']:>7}" for kind, one in recovery.items()]
    return lines


def _plain(value: Any) -> str:
    return " · ".join(f"{name} {number}" for name, number in value.items()) if isinstance(value, dict) else str(value)

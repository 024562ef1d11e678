"""A plugin of pytest: how long each test took, set-up and tear-down included, written down at the end."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

_SECONDS: defaultdict[str, float] = defaultdict(float)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """One phase of one test."""
    if not report.skipped:
        _SECONDS[report.nodeid] += report.duration


def pytest_sessionfinish() -> None:
    """The session is over."""
    Path(os.environ["MOTCUA_MUTATION_SECONDS"]).write_text(json.dumps(_SECONDS, ensure_ascii=False), encoding="utf-8")

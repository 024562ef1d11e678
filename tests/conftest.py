"""What holds for every test: a missing service is told aloud, and in CI it is a failure, never a skip.

Markers name what a test needs from outside: `postgres`, `redis`, `browser`, `shared`. `./motcua test` tells where
PostgreSQL and Redis answer (MOTCUA_TEST_POSTGRES_URL, MOTCUA_TEST_REDIS_URL).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# The root first: the folder tests/engine must not be taken for the package engine.
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
pytest_plugins = ["factories.chromium", "factories.fixtures"] if (ROOT / "tests" / "factories").is_dir() else []
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# marker → (whether it is here, what to do when it is not)
NEEDS = {
    "postgres": (
        lambda: bool(os.environ.get("MOTCUA_TEST_POSTGRES_URL")),
        "no PostgreSQL: start one on 127.0.0.1:5432 or set MOTCUA_TEST_POSTGRES_URL",
    ),
    "redis": (
        lambda: bool(os.environ.get("MOTCUA_TEST_REDIS_URL")),
        "no Redis: start one on 127.0.0.1:6379 or set MOTCUA_TEST_REDIS_URL",
    ),
    "browser": (lambda: any(map(shutil.which, BROWSERS)), "no Chromium: install the system's chromium package"),
    "shared": (lambda: (ROOT.parent / "shared").is_dir(), "the shared material is not beside the project"),
}


def missing(item: pytest.Item) -> Iterator[str]:
    """What a test needs and does not have here."""
    for name, (is_here, advice) in NEEDS.items():
        if item.get_closest_marker(name) and not is_here():
            yield advice


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for advice in missing(item):
            item.add_marker(pytest.mark.skip(reason=advice))


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that keeps its reason. An expected failure (xfail) is left alone."""
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"In CI every test must run. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if IN_CI:
        refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if IN_CI:
        refuse_skip(report)
    return report

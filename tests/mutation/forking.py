"""Runs chosen tests in a fresh child each time; the parent has read everybody's packages once, none of ours.

    python tests/mutation/forking.py FOLDER

One line of JSON in, `{"tests": […], "seconds": 30}`; one out, `{"outcome": "killed"}`. The change stands in the copy
already: only the child reads our modules.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

OTHERS = (
    "hypothesis", "sqlalchemy", "sqlalchemy.dialects.sqlite", "alembic.command", "flask", "flask_babel", "flask_wtf",
    "flask_limiter", "flask_smorest", "lxml.etree", "lxml.html", "yaml", "structlog", "marshmallow", "fpdf", "pikepdf",
    "PIL.Image", "argon2", "segno", "psycopg", "httpx2", "joserfc.jwt", "regex", "nh3", "rq", "redis",
    "gunicorn.app.base",
    "holidays", "rapidfuzz", "stdnum", "obstore", "pyotp", "orjson", "xdist.plugin", "pytest_timeout", "time_machine",
    "SpiffWorkflow.bpmn.workflow", "playwright.sync_api", "tenacity", "cryptography.hazmat.primitives.ciphers.aead",
)  # fmt: skip
OUTCOMES = {0: "survived", 1: "killed", 2: "killed"}  # 2: a module of ours could not even be read


class Chosen:
    """A plugin: of what was collected these tests run, in this order."""

    def __init__(self, tests: list[str]) -> None:
        self._place = {test: at for at, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the others out."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self._place), key=lambda item: self._place[item.nodeid]
        )


def outcome(folder: Path, tests: list[str], seconds: float) -> str:
    """`killed`, `survived`, `timeout`, or `broken` when pytest itself had nothing to say."""
    child = os.fork()
    if child == 0:
        _be_child(folder, tests)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return OUTCOMES.get(os.waitstatus_to_exitcode(status), "broken")
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _be_child(folder: Path, tests: list[str]) -> Any:
    code = 70
    try:
        os.setsid()
        os.chdir(folder)
        hush = os.open(os.environ.get("MOTCUA_MUTATION_LOG", os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(hush, 1)
        os.dup2(hush, 2)
        sys.path[:0] = [str(folder), str(folder / "tests")]
        files = list(dict.fromkeys(test.split("::")[0] for test in tests))
        words = ["-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-cov", "--rootdir", str(folder)]
        code = int(pytest.main([*words, *files], plugins=[Chosen(tests)]))
    finally:
        sys.stdout.flush()
        os._exit(code)


def main() -> None:
    """Answer until the input ends."""
    folder = Path(sys.argv[1])
    for name in OTHERS:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    sys.path = [place for place in sys.path if place not in ("", str(Path(__file__).parent))]
    for line in sys.stdin:
        asked = json.loads(line)
        sys.stdout.write(json.dumps({"outcome": outcome(folder, asked["tests"], asked["seconds"])}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

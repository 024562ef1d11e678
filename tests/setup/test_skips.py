"""A skip is told aloud on a person's machine and is a failure in CI; both are seen here in a run of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = """
import pytest

@pytest.mark.postgres
def test_with_server():
    assert True is not None

def test_by_hand():
    pytest.skip("for a good reason")

@pytest.mark.xfail(strict=True)
def test_expected():
    assert 1 == 2
"""


@pytest.fixture
def sample(tmp_path):
    (tmp_path / "conftest.py").write_text(
        (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    postgres: x\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name != "CI" and not name.startswith(("MOTCUA_", "PYTEST_"))
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-ra",
        "-p",
        "no:randomly",
        "-p",
        "no:schemathesis",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(command, cwd=folder, env={**clean, **env}, capture_output=True, text=True, check=False)


def test_a_person_is_told_what_was_skipped_and_why(sample):
    done = run(sample)
    assert done.returncode == 0, done.stdout
    assert "no PostgreSQL: start one" in done.stdout
    assert "2 skipped, 1 xfailed" in done.stdout


def test_in_ci_a_skip_is_a_failure(sample):
    done = run(sample, CI="true")
    assert done.returncode == 1
    assert "1 failed, 1 xfailed, 1 error" in done.stdout
    assert "no PostgreSQL: start one" in done.stdout
    assert "for a good reason" in done.stdout


def test_with_the_service_the_test_runs(sample):
    done = run(sample, MOTCUA_TEST_POSTGRES_URL="postgresql://somewhere")
    assert "1 passed, 1 skipped, 1 xfailed" in done.stdout

"""A process that comes back after a crash loads what it needs, and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATER = ("fpdf", "fontTools", "alembic", "flask", "pikepdf")


def test_a_worker_starts_without_what_it_may_never_need():
    look = f"import sys, engine.jobs.worker, engine.bootstrap; print([n for n in {LATER!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

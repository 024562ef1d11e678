"""The command `motcua`: every way in that is not a web page. Each word group has its file; all are thin."""

from __future__ import annotations

import importlib
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Loaded only when called: gunicorn reads its configuration out of this package too."""
    return int(importlib.import_module("engine.cli.program").main(argv))

"""Where gunicorn's workers show that they live."""

from __future__ import annotations

import tempfile
from pathlib import Path


def heartbeat_folder(memory: Path) -> str | None:
    """The folder in memory when this account may write there, else None: gunicorn then takes the usual one.

    Bare roots and hardened containers have such a folder that only root may use.
    """
    try:
        with tempfile.TemporaryFile(dir=memory):
            return str(memory)
    except OSError:
        return None

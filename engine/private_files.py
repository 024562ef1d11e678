"""What the platform writes is its owner's alone, whatever the machine's habit (umask) is."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_FOLDER: Final = 0o700
_FILE: Final = 0o600


def write_privately() -> None:
    """From now on new files of this process are readable by its owner alone. Called once, at the doors."""
    os.umask(0o077)


def make_private(folder: Path) -> None:
    """A folder of ours: made if missing; one that others could enter is closed, and everything in it.

    A folder of somebody else, or one that all share (such as /tmp), is left as it is.
    """
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    mode = folder.stat().st_mode
    if not _ours(folder) or mode & stat.S_ISVTX or stat.S_IMODE(mode) == _FOLDER:
        return
    for inner, folders, files in os.walk(folder):
        for name in folders:
            _close(Path(inner, name), _FOLDER)
        for name in files:
            _close(Path(inner, name), _FILE)
    folder.chmod(_FOLDER)  # last: a start that was cut off begins again


def _close(path: Path, mode: int) -> None:
    found = path.lstat()
    if _ours(path) and (stat.S_ISDIR(found.st_mode) or stat.S_ISREG(found.st_mode)):
        path.chmod(mode)


def _ours(path: Path) -> bool:
    return path.lstat().st_uid == os.geteuid()

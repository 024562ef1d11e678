"""A child must not outlive the command that started it, even when that was killed outright."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import Final

_LOOK_EVERY_S: Final = 0.3


def when_orphaned(parent: int, act: Callable[[], None]) -> None:
    """Call `act` once the process `parent` is our parent no more, at once if it has gone already."""

    def watch() -> None:
        never = threading.Event()
        while os.getppid() == parent:
            never.wait(_LOOK_EVERY_S)
        act()

    threading.Thread(target=watch, name="parent", daemon=True).start()

"""All figures of `motcua bench engine` as one answer."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from engine.bench.actions import Site, whole_actions
from engine.bench.processes import parallel_blocks, supplement_loop
from engine.bench.throughput import throughput
from engine.settings import Settings
from engine.store.measuring import Scratch, postgresql_scratch, sqlite_scratch


class Size(NamedTuple):
    """How much is measured: dossiers walked on each database, times each step, the oldest loop, blocks."""

    dossiers: int
    times: int
    ages: tuple[int, ...]
    blocks: int


QUICK = Size(dossiers=4, times=5, ages=(1, 50), blocks=4)
FULL = Size(dossiers=24, times=40, ages=(1, 50, 5000), blocks=20)


def bench_command(settings: Settings, size: Size, postgresql: str) -> dict[str, object]:
    """Measure the engine part, then whole actions on each database; a server that is away is said, no fault."""
    with TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        return {
            "machine": _machine(),
            "engine_part": supplement_loop(size.ages, size.times),
            "parallel_blocks": parallel_blocks(size.blocks, 3, max(1, size.times // 8)),
            "sqlite": _on_sqlite(settings, folder, size),
            "postgresql": _on_postgresql(settings, folder, size, postgresql),
        }


def _machine() -> dict[str, object]:
    busy, _, _ = os.getloadavg()
    return {"processors": os.cpu_count(), "load": round(busy, 1), "python": platform.python_version()}


def _on_sqlite(settings: Settings, folder: Path, size: Size) -> dict[str, object]:
    with sqlite_scratch(folder) as scratch:
        return _measured(settings, scratch, folder, size)


def _on_postgresql(settings: Settings, folder: Path, size: Size, url: str) -> dict[str, object]:
    with postgresql_scratch(url) as scratch:
        if scratch is None:
            return {"measured": False, "reason": "the server does not answer; name another with --postgresql"}
        return _measured(settings, scratch, folder, size)


def _measured(settings: Settings, scratch: Scratch, folder: Path, size: Size) -> dict[str, object]:
    site = Site.founded(settings, scratch, folder, size.dossiers)
    return {"measured": True, **whole_actions(site), "per_second_by_threads": throughput(site)}

"""Processor time and time on the wall, as medians, because other people use the machine too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time


@dataclass
class Costs:
    """What the same thing cost each time, in seconds. Processor time is this process's, all its threads."""

    cpu_s: list[float] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)

    @contextmanager
    def measured(self, parts: int = 1) -> Iterator[None]:
        """Measure what is done inside; `parts` equal things share the cost."""
        cpu, wall = process_time(), perf_counter()
        yield
        self.cpu_s.append((process_time() - cpu) / parts)
        self.wall_s.append((perf_counter() - wall) / parts)

    @property
    def cpu_ms(self) -> float:
        """The median in milliseconds."""
        return median(self.cpu_s) * 1e3

    @property
    def wall_ms(self) -> float:
        """The median in milliseconds."""
        return median(self.wall_s) * 1e3

    def figures(self) -> dict[str, float]:
        """Both medians, for the answer."""
        return {"cpu_ms": round(self.cpu_ms, 3), "wall_ms": round(self.wall_ms, 3)}


def costs_of(act: Callable[[], object], times: int, parts: int = 1) -> Costs:
    """What `act` costs, after one time that does not count."""
    act()
    costs = Costs()
    for _ in range(times):
        with costs.measured(parts):
            act()
    return costs


def ratio(dear: float, cheap: float) -> float:
    """How many times dearer."""
    return round(dear / cheap, 2) if cheap else 0.0

"""Where an evaluation finds its variables, and what belongs to one evaluation: its meter and its "now"."""

from __future__ import annotations

import decimal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from rules.errors import FeelLimitError, RulesError
from rules.feel.limits import DEFAULT, Limits, Meter
from rules.feel.values.temporal import FeelDateTime
from rules.feel.values.values import NUMBERS


class Run:
    """One evaluation: what it has used, the moment it takes for now (None: now() is null), what went wrong."""

    __slots__ = ("meter", "now", "problems")

    def __init__(self, limits: Limits = DEFAULT, now: FeelDateTime | None = None) -> None:
        self.meter = Meter(limits)
        self.now = now
        self.problems: list[RulesError] = []


_RUN: ContextVar[Run | None] = ContextVar("feel_run", default=None)


def current_run() -> Run:
    """The evaluation under way in this thread; a function called outside any gets a run of its own."""
    run = _RUN.get()
    return Run() if run is None else run


@contextmanager
def running(limits: Limits = DEFAULT, now: FeelDateTime | None = None) -> Iterator[Run]:
    """Begin an evaluation: own number context, own meter; too deep recursion becomes a limit error."""
    run = Run(limits, now)
    token = _RUN.set(run)
    try:
        with decimal.localcontext(NUMBERS):
            yield run
    except RecursionError:
        raise FeelLimitError(
            "Biểu thức lồng nhau quá sâu. Hãy viết biểu thức gọn hơn.",
            "The expression is nested too deeply. Write a smaller expression.",
        ) from None
    finally:
        _RUN.reset(token)


class Scope:
    """Variables by name; looks outward when a name is not here."""

    __slots__ = ("parent", "variables")

    def __init__(self, variables: Mapping[str, object], parent: Scope | None = None) -> None:
        self.variables = variables
        self.parent = parent

    def find(self, name: str, default: object = None) -> object:
        """The value of a name, or ``default``."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return scope.variables[name]
            scope = scope.parent
        return default

"""Where an evaluation finds its variables, and what belongs to one evaluation: its meter and its "now"."""

from __future__ import annotations

import decimal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from rules.errors import FeelLimitError, RulesError
from rules.feel.limits import DEFAULT, Limits, Meter
from rules.feel.values.temporal import TODAY, FeelDateTime
from rules.feel.values.values import NUMBERS

NOT_GIVEN: Final = object()


class Run:
    """One evaluation: what it has used, the moment it takes for now (None: now() is null), what went wrong.

    With `outside` the evaluation is strict: whatever the standard quietly makes null is noted as a problem, and a
    name that nothing declares is looked for among these values given from outside.
    """

    __slots__ = ("meter", "now", "outside", "problems")

    def __init__(
        self,
        limits: Limits = DEFAULT,
        now: FeelDateTime | None = None,
        outside: Mapping[str, object] | None = None,
    ) -> None:
        self.meter = Meter(limits)
        self.now = now
        self.outside = outside
        self.problems: list[RulesError] = []

    @property
    def strict(self) -> bool:
        """Is a null without a reason a problem?"""
        return self.outside is not None

    def forget(self, mark: int) -> None:
        """Drop the problems noted since `mark`: what they were about turned out not to matter."""
        del self.problems[mark:]

    def place(self, mark: int, vi: str, en: str) -> None:
        """Of the problems since `mark` keep the first, the cause of the others, and say where it stands."""
        if len(self.problems) > mark:
            self.problems[mark:] = [self.problems[mark].at(vi, en)]


_RUN: ContextVar[Run | None] = ContextVar("feel_run", default=None)


def current_run() -> Run:
    """The evaluation under way in this thread; a function called outside any gets a run of its own."""
    run = _RUN.get()
    return Run() if run is None else run


@contextmanager
def running(
    limits: Limits = DEFAULT, now: FeelDateTime | None = None, outside: Mapping[str, object] | None = None
) -> Iterator[Run]:
    """Begin an evaluation: own number context, own meter; too deep recursion becomes a limit error."""
    run = Run(limits, now, outside)
    token = _RUN.set(run)
    day = None if now is None else TODAY.set(now.day)
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
        if day is not None:
            TODAY.reset(day)


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

    def names(self) -> frozenset[str]:
        """Every name that can be seen from here."""
        found: set[str] = set()
        scope: Scope | None = self
        while scope is not None:
            found.update(scope.variables)
            scope = scope.parent
        return frozenset(found)

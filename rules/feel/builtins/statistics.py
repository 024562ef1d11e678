"""Built-ins that make one value of many: count, sum, mean, median, all, any and their like."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from rules.feel.builtins.registry import builtin
from rules.feel.operations.compare import compare
from rules.feel.operations.scope import current_run

_Summary = Callable[[list[object]], object]


def _on_list(name: str, parameter: str = "list") -> Callable[[_Summary], _Summary]:
    """Declare for one list and for the values one by one."""

    def declare(body: _Summary) -> _Summary:
        builtin(name, f"{parameter}: list")(body)
        builtin(name, "*values: any")(lambda *values: body(list(values)))
        return body

    return declare


def _numbers(values: list[object]) -> list[Decimal] | None:
    current_run().meter.tick(len(values))
    found = [value for value in values if isinstance(value, Decimal)]
    return found if len(found) == len(values) else None


@builtin("count", "list: list")
def _count(values: list[object]) -> object:
    return Decimal(len(values))


@_on_list("min")
def _min(values: list[object]) -> object:
    return _extreme(values, "<")


@_on_list("max")
def _max(values: list[object]) -> object:
    return _extreme(values, ">")


def _extreme(values: list[object], better: str) -> object:
    if not values or compare("<=", values[0], values[0]) is None:
        return None
    best = values[0]
    for value in values[1:]:
        verdict = compare(better, value, best)
        if verdict is None:
            return None
        best = value if verdict else best
    return best


@_on_list("sum")
def _sum(values: list[object]) -> object:
    numbers = _numbers(values)
    return sum(numbers, Decimal(0)) if numbers else None


@_on_list("mean")
def _mean(values: list[object]) -> object:
    numbers = _numbers(values)
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


@_on_list("product")
def _product(values: list[object]) -> object:
    numbers = _numbers(values)
    if not numbers:
        return None
    result = Decimal(1)
    for number in numbers:
        result *= number
    return result


@_on_list("median")
def _median(values: list[object]) -> object:
    numbers = sorted(_numbers(values) or [])
    if not numbers:
        return None
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2


@_on_list("stddev")
def _stddev(values: list[object]) -> object:
    numbers = _numbers(values)
    if not numbers or len(numbers) < 2:
        return None
    mean = sum(numbers, Decimal(0)) / len(numbers)
    squares = sum(((number - mean) ** 2 for number in numbers), Decimal(0))
    return (squares / (len(numbers) - 1)).sqrt()


@_on_list("mode")
def _mode(values: list[object]) -> object:
    numbers = _numbers(values)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


@_on_list("all")
def _all(values: list[object]) -> object:
    return _decide(values, False)


@_on_list("any")
def _any(values: list[object]) -> object:
    return _decide(values, True)


def _decide(values: list[object], deciding: bool) -> object:
    if any(value is deciding for value in values):
        return deciding
    return None if any(value is not (not deciding) for value in values) else not deciding

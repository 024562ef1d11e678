"""The hit policies: what becomes of the rows that hit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.errors import DmnEvaluationError
from rules.feel import BUILTINS, current_run, equal, matches


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row that hit: its number from 1 and its output values."""

    row: int
    values: list[object]


Ranks = Sequence[object]
_Values = list[object]


def _refuse(message_vi: str, message_en: str) -> None:
    current_run().problems.append(DmnEvaluationError(message_vi, message_en))


def _rows(hits: Sequence[Outcome]) -> str:
    return ", ".join(str(hit.row) for hit in hits)


def _unique(hits: Sequence[Outcome], _: Ranks) -> Outcome | None:
    if len(hits) == 1:
        return hits[0]
    _refuse(
        f"Bảng UNIQUE nhưng nhiều dòng cùng đúng: {_rows(hits)}. Hãy sửa điều kiện của các dòng này.",
        f"The table is UNIQUE but several rows hit: {_rows(hits)}. Correct the conditions of these rows.",
    )
    return None


def _first(hits: Sequence[Outcome], _: Ranks) -> Outcome | None:
    return hits[0]


def _any(hits: Sequence[Outcome], _: Ranks) -> Outcome | None:
    if all(equal(hit.values, hits[0].values) is True for hit in hits):
        return hits[0]
    _refuse(
        f"Bảng ANY nhưng các dòng {_rows(hits)} cho kết quả khác nhau.",
        f"The table is ANY but rows {_rows(hits)} give different results.",
    )
    return None


def _rank(value: object, order: object) -> int:
    if not isinstance(order, list):
        return 0
    return next((index for index, listed in enumerate(order) if matches(value, listed) is True), len(order))


def _by_rank(hits: Sequence[Outcome], ranks: Ranks) -> list[Outcome]:
    return sorted(hits, key=lambda hit: [_rank(value, order) for value, order in zip(hit.values, ranks, strict=False)])


def _priority(hits: Sequence[Outcome], ranks: Ranks) -> Outcome | None:
    return _by_rank(hits, ranks)[0]


_SINGLE: dict[str, Callable[[Sequence[Outcome], Ranks], Outcome | None]] = {
    "UNIQUE": _unique,
    "FIRST": _first,
    "ANY": _any,
    "PRIORITY": _priority,
}
NO_ROW = "dmn_no_row"
"""The code of “no row applies”: null is then what the standard wants."""
SINGLE = frozenset(_SINGLE)
"""The policies with one result."""
AGGREGATIONS = frozenset({"SUM", "MIN", "MAX", "COUNT"})
POLICIES = SINGLE | {"COLLECT", "RULE ORDER", "OUTPUT ORDER"}
_AGGREGATORS = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}


def apply_hit_policy(
    policy: str, aggregation: str, names: tuple[str, ...], hits: Sequence[Outcome], ranks: Ranks
) -> object:
    """The value of the table: one result, or a list of them, or their aggregate; null when no row hit."""
    if policy in _SINGLE:
        chosen = _SINGLE[policy](hits, ranks) if hits else None
        return None if chosen is None else _result(names, chosen.values)
    if policy == "COLLECT":
        return _collect(aggregation, names, hits)
    if not hits:
        return None
    ordered = _by_rank(hits, ranks) if policy == "OUTPUT ORDER" else list(hits)
    return [_result(names, hit.values) for hit in ordered]


def _result(names: tuple[str, ...], values: _Values) -> object:
    return values[0] if len(names) == 1 and values else dict(zip(names, values, strict=False))


def _collect(aggregation: str, names: tuple[str, ...], hits: Sequence[Outcome]) -> object:
    found = [_result(names, hit.values) for hit in hits]
    if not aggregation:
        return found
    if aggregation == "COUNT":
        return Decimal(len(found))
    return BUILTINS[_AGGREGATORS[aggregation]].invoke([found]) if aggregation in _AGGREGATORS else None

"""From the rows that are met to a result: the hit policies of DMN 1.3, chapter 8.2.8."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from rules.errors import RulesError
from rules.tables.table import DecisionTable, Row

Outputs = Mapping[str, object]


class HitPolicyError(RulesError):
    """The rows that are met do not give one lawful result under the table's hit policy."""

    code = "hit_policy"


def result_of(table: DecisionTable, rows: Sequence[Row]) -> object:
    """The result for the rows met, in table order; None when no row is met and the policy gives one result.

    Raises HitPolicyError, naming the rows, when UNIQUE has several or ANY has differing outputs.
    """
    if table.hit_policy == "COLLECT":
        return _AGGREGATES[table.aggregator](table, rows)
    return _POLICIES[table.hit_policy](table, rows)


def _unique(table: DecisionTable, rows: Sequence[Row]) -> object:
    if len(rows) > 1:
        ids = ", ".join(row.id for row in rows)
        raise HitPolicyError(
            f"Bảng {table.code} chỉ cho phép một dòng thỏa mãn, nhưng có {len(rows)} dòng: {ids}.",
            f"Table {table.code} allows one row to be met, but {len(rows)} are: {ids}.",
        )
    return _first(table, rows)


def _any(table: DecisionTable, rows: Sequence[Row]) -> object:
    if any(row.outputs != rows[0].outputs for row in rows[1:]):
        ids = ", ".join(row.id for row in rows)
        raise HitPolicyError(
            f"Bảng {table.code}: các dòng {ids} cùng thỏa mãn nhưng cho kết quả khác nhau.",
            f"Table {table.code}: rows {ids} are all met but give different results.",
        )
    return _first(table, rows)


def _first(table: DecisionTable, rows: Sequence[Row]) -> object:
    return _value(table, rows[0]) if rows else None


def _priority(table: DecisionTable, rows: Sequence[Row]) -> object:
    return _first(table, _by_priority(table, rows))


def _rule_order(table: DecisionTable, rows: Sequence[Row]) -> object:
    return [_value(table, row) for row in rows]


def _output_order(table: DecisionTable, rows: Sequence[Row]) -> object:
    return _rule_order(table, _by_priority(table, rows))


def _by_priority(table: DecisionTable, rows: Sequence[Row]) -> Sequence[Row]:
    """Rows by the declared order of output values, first output first; ties keep table order."""

    def rank(row: Row) -> tuple[int, ...]:
        return tuple(
            one.values.index(row.outputs.get(one.name)) if row.outputs.get(one.name) in one.values else len(one.values)
            for one in table.outputs
        )

    return sorted(rows, key=rank)


def _value(table: DecisionTable, row: Row) -> object:
    """One output: its value; several: a context of them."""
    if len(table.outputs) == 1:
        return row.outputs.get(table.outputs[0].name)
    return {one.name: row.outputs.get(one.name) for one in table.outputs}


def _numbers(table: DecisionTable, rows: Sequence[Row]) -> list[Decimal]:
    numbers = []
    for row in rows:
        value = row.outputs.get(table.outputs[0].name)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise HitPolicyError(
                f"Bảng {table.code}: dòng {row.id} không cho số để {table.aggregator}.",
                f"Table {table.code}: row {row.id} gives no number to aggregate with {table.aggregator}.",
            )
        numbers.append(Decimal(value))
    return numbers


def _sum(table: DecisionTable, rows: Sequence[Row]) -> object:
    return sum(_numbers(table, rows), Decimal(0)) if rows else None


def _min(table: DecisionTable, rows: Sequence[Row]) -> object:
    return min(_numbers(table, rows), default=None)


def _max(table: DecisionTable, rows: Sequence[Row]) -> object:
    return max(_numbers(table, rows), default=None)


def _count(table: DecisionTable, rows: Sequence[Row]) -> object:
    return Decimal(len(rows))


_Policy = Callable[[DecisionTable, Sequence[Row]], object]
_POLICIES: Mapping[str, _Policy] = {
    "UNIQUE": _unique,
    "FIRST": _first,
    "PRIORITY": _priority,
    "ANY": _any,
    "RULE ORDER": _rule_order,
    "OUTPUT ORDER": _output_order,
}
_AGGREGATES: Mapping[str | None, _Policy] = {None: _rule_order, "+": _sum, "<": _min, ">": _max, "#": _count}

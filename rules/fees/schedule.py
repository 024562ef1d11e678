"""The fee schedule: what is charged, by whose decision, since when, and who need not pay.

It is read from YAML by `rules.fees.reading.schedule` and never changed afterwards; a new resolution is a new schedule
with another hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.fees.areas import AreaTable
from rules.fees.facts import FactSpec
from rules.fees.items import FeeRule, ProcedureFees
from rules.fees.table import FeeTable, rule_row
from rules.legal import Document


@dataclass(frozen=True)
class FeeSchedule:
    """Everything fees rest on, with a hash that changes when any value or citation changes."""

    documents: Mapping[str, Document]
    vocabulary: Mapping[str, FactSpec]
    areas: AreaTable
    rules: tuple[FeeRule, ...]
    procedures: Mapping[str, ProcedureFees]
    hash: str
    tables: Mapping[str, FeeTable]

    def rules_of(self, kind: str) -> Iterator[FeeRule]:
        """Rules of one kind, in the order of the files."""
        return (rule for rule in self.rules if rule.kind == kind)

    def reaches_anything(self, rule: FeeRule) -> bool:
        """True when some procedure charges an item the rule speaks about."""
        return any(
            rule.scope.reaches(item, procedure.code)
            for procedure in self.procedures.values()
            for item in procedure.items
        )

    def ever_concerns(self, rule: FeeRule) -> bool:
        """False when the rule's condition contradicts itself: no table kept a row of it."""
        reached = [one for one in self.procedures.values() if any(rule.scope.reaches(i, one.code) for i in one.items)]
        wanted = rule_row(rule)
        return not reached or any(row.id == wanted for one in reached for row in self.tables[one.code].table.rows)

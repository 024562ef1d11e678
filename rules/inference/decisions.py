"""Deciding: two engines find the rows, they must agree, and the hit policy gives the result.

The exact evaluator checks every decision of the inference engine. Where they differ nothing is decided:
no amount, an incident, and a person settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.errors import RulesDisagree
from rules.inference.engine import InferenceEngine, InferenceError, inference_available, inference_status
from rules.tables import DecisionTable, Index, Row, bits, result_of
from rules.text import Text

INFERENCE_MODES = ("on", "shadow", "off")


@dataclass(frozen=True, slots=True)
class Decision:
    """A result with everything needed to explain and repeat it."""

    table: DecisionTable
    on: date
    facts: Mapping[str, object]
    rows: tuple[Row, ...]
    result: object
    inference: str

    def to_dict(self) -> dict[str, object]:
        """JSON form with the full trace: which rows, which of their conditions, and which law."""
        return {
            "table": self.table.code,
            "version": self.table.version,
            "hash": self.table.hash,
            "as_of_on": self.on.isoformat(),
            "inference": self.inference,
            "result": self.result,
            "categories": [one.name for one in self.table.categories if self.facts.get(one.name)],
            "rows": [self._row(row) for row in self.rows],
        }

    def _row(self, row: Row) -> dict[str, object]:
        text, facts = self.table.explanations[row.id], self.facts
        return {
            "id": row.id,
            "label": text.label,
            "because": [
                {"fact": name, "value": facts.get(name), "condition": condition} for name, condition in text.conditions
            ],
            "outputs": dict(row.outputs),
            "legal_basis": text.legal_basis,
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What is reported when the engines differ, in `on` as in `shadow` mode."""

    table: DecisionTable
    facts: Mapping[str, object]
    on: date
    exact: frozenset[str]
    inferred: frozenset[str]


class Decider:
    """One published version of a table, ready to decide from any thread."""

    def __init__(
        self,
        table: DecisionTable,
        *,
        inference: str = "on",
        report: Callable[[Disagreement], None] | None = None,
    ) -> None:
        if inference not in INFERENCE_MODES:
            raise ValueError(f"inference is one of {', '.join(INFERENCE_MODES)}")
        self.table = table
        self.index = Index(table)
        self.mode = inference if inference_available() else "off"
        self._engine = InferenceEngine(table) if self.mode != "off" else None
        self._report = report

    @property
    def status(self) -> Text:
        """Which engines decide; says so when the second one is missing."""
        return inference_status(self.mode)

    def decide(self, facts: Mapping[str, object], on: date) -> Decision:
        """The result for `facts` on the legally relevant day `on`.

        Raises FactsError (missing or unknown facts), HitPolicyError, RulesDisagree (engines differ: nothing
        may be asked of a citizen) or InferenceError (the second engine failed in mode "on").
        """
        known = self.index.with_categories(self.table.normalise(facts))
        mask = self.index.rows_met(known, on)
        if self._engine is not None:
            self._compare(known, on, frozenset(self.index.row_ids(mask)))
        rows = tuple(self.table.rows[at] for at in bits(mask))
        return Decision(self.table, on, known, rows, result_of(self.table, rows), self.mode)

    def close(self) -> None:
        """Release the inference engine."""
        if self._engine is not None:
            self._engine.close()

    def _compare(self, facts: Mapping[str, object], on: date, exact: frozenset[str]) -> None:
        categories = {one.name for one in self.table.categories}
        given = {name: value for name, value in facts.items() if name not in categories}
        exact |= {name for name in categories if facts[name]}
        try:
            inferred = self._engine.rows_met(given, on) if self._engine else exact
        except InferenceError:
            if self.mode == "on":
                raise
            return
        if inferred != exact:
            self._disagree(Disagreement(self.table, facts, on, exact, inferred))

    def _disagree(self, found: Disagreement) -> None:
        if self._report is not None:
            self._report(found)
        if self.mode == "on":
            ids = ", ".join(sorted(found.exact ^ found.inferred))
            raise RulesDisagree(
                f"Hai bộ đánh giá của bảng {self.table.code} không thống nhất (khác nhau ở: {ids}); "
                "không thu tiền, hồ sơ được chuyển cho cán bộ xem xét.",
                f"The two engines of table {self.table.code} differ (in: {ids}); no amount is asked, "
                "an official will look at it.",
            )

"""The second engine for fees: durable_rules evaluates each procedure's table and must find the same rows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date

from rules.errors import RulesDisagree, RulesError
from rules.fees.table import FeeTable
from rules.inference import (
    INFERENCE_MODES,
    Disagreement,
    InferenceEngine,
    InferenceError,
    PoisonedRulesetError,
    inference_available,
    inference_status,
    probe_table,
)
from rules.tables import DecisionTable
from rules.text import Text

_PROVEN: set[str] = set()  # hashes of the tables whose rulesets passed the probe; a hash never means another table


class FeeInference:
    """Inference over the fee tables of a schedule, one engine per procedure, compiled at first use.

    `mode` is "on" (differences stop the quote), "shadow" (they are only reported) or "off". Where
    durable_rules is not installed the mode is "off" and `status` says so. `report` hears of every difference
    and of every failure. With `probe` a table is tried in a throw-away process before this one loads it, as a
    serving process must; a table that fails stays refused. Close it when a new schedule takes over.
    """

    def __init__(
        self,
        mode: str = "on",
        *,
        report: Callable[[Disagreement | RulesError], None] | None = None,
        probe: bool = False,
    ) -> None:
        if mode not in INFERENCE_MODES:
            raise ValueError(f"inference is one of {', '.join(INFERENCE_MODES)}")
        self.mode = mode if inference_available() else "off"
        self.problems = 0
        self._report = report
        self._probe = probe
        self._engines: dict[str, InferenceEngine] = {}
        self._refused: dict[str, Text] = {}
        self._lock = threading.Lock()

    @property
    def status(self) -> Text:
        """What an administrator is told about the second engine, with the problems this process has met."""
        status = inference_status(self.mode)
        if not self.problems:
            return status
        return Text(
            f"{status.vi}; số lần không thống nhất hoặc gặp sự cố: {self.problems}",
            f"{status.en}; differences or failures: {self.problems}",
        )

    def compare(self, table: FeeTable, facts: Mapping[str, object], on: date, met: frozenset[str]) -> None:
        """Raise RulesDisagree, or report in "shadow", when the inference engine finds other rows than `met`.

        Raises InferenceError when it gives no answer that can be trusted.
        """
        if self.mode == "off":
            return
        try:
            found = self._engine(table).rows_met(facts, on)
        except InferenceError as error:
            self._tell(error)
            if self.mode == "on":
                raise
            return
        if found != met:
            self._disagree(Disagreement(table.table, facts, on, met, found))

    def close(self) -> None:
        """Release every engine."""
        with self._lock:
            for engine in self._engines.values():
                engine.close()
            self._engines = {}

    def _engine(self, table: FeeTable) -> InferenceEngine:
        key = table.table.hash
        with self._lock:
            if key not in self._engines:
                self._prove(table.table)
                self._engines[key] = InferenceEngine(table.table)
            return self._engines[key]

    def _prove(self, table: DecisionTable) -> None:
        if not self._probe or table.hash in _PROVEN:
            return
        if table.hash not in self._refused:
            try:
                probe_table(table)
            except PoisonedRulesetError as error:
                self._refused[table.hash] = Text(error.message_vi, error.message_en)
        if table.hash in self._refused:
            why = self._refused[table.hash]
            raise InferenceError(why.vi, why.en)
        _PROVEN.add(table.hash)

    def _tell(self, what: Disagreement | RulesError) -> None:
        self.problems += 1
        if self._report is not None:
            self._report(what)

    def _disagree(self, found: Disagreement) -> None:
        self._tell(found)
        if self.mode == "on":
            ids = ", ".join(sorted(found.exact ^ found.inferred))
            raise RulesDisagree(
                f"Hai bộ đánh giá của bảng phí {found.table.code} không thống nhất (khác nhau ở: {ids}); "
                "không đưa ra số tiền nào. Cán bộ tính theo biểu phí; người quản trị soát bảng phí này.",
                f"The two engines of fee table {found.table.code} differ (in: {ids}); no amount is named. "
                "An official works the fee out from the tariff; an administrator looks into this table.",
            )

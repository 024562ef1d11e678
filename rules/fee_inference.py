"""The second engine for fees: durable_rules evaluates each procedure's table and must find the same rows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import date

from rules.decisions import INFERENCE_MODES, Disagreement
from rules.errors import RulesDisagree
from rules.fee_table import FeeTable
from rules.inference import InferenceEngine, InferenceError, inference_available, inference_status
from rules.text import Text


class FeeInference:
    """Inference over the fee tables of a schedule, one engine per procedure, compiled at first use.

    `mode` is "on" (differences stop the quote), "shadow" (they are only reported) or "off". Where
    durable_rules is not installed the mode is "off" and `status` says so. Close it when a new schedule
    takes over.
    """

    def __init__(self, mode: str = "on", *, report: Callable[[Disagreement], None] | None = None) -> None:
        if mode not in INFERENCE_MODES:
            raise ValueError(f"inference is one of {', '.join(INFERENCE_MODES)}")
        self.mode = mode if inference_available() else "off"
        self._report = report
        self._engines: dict[str, InferenceEngine] = {}
        self._lock = threading.Lock()

    @property
    def status(self) -> Text:
        """What an administrator is told about the second engine."""
        return inference_status(self.mode)

    def compare(self, table: FeeTable, facts: Mapping[str, object], on: date, met: frozenset[str]) -> None:
        """Raise RulesDisagree, or report in "shadow", when the inference engine finds other rows than `met`."""
        if self.mode == "off":
            return
        try:
            found = self._engine(table).rows_met(facts, on)
        except InferenceError:
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
                self._engines[key] = InferenceEngine(table.table)
            return self._engines[key]

    def _disagree(self, found: Disagreement) -> None:
        if self._report is not None:
            self._report(found)
        if self.mode == "on":
            ids = ", ".join(sorted(found.exact ^ found.inferred))
            raise RulesDisagree(
                f"Hai bộ đánh giá của bảng phí {found.table.code} không thống nhất (khác nhau ở: {ids}); "
                "không thu tiền, hồ sơ được chuyển cho cán bộ xem xét.",
                f"The two engines of fee table {found.table.code} differ (in: {ids}); no amount is asked, "
                "an official will look at it.",
            )

"""durable_rules, contained: the second engine that must find the same rows."""

from __future__ import annotations

from rules.inference.decisions import INFERENCE_MODES, Decider, Disagreement
from rules.inference.engine import InferenceEngine, InferenceError, inference_available, inference_status
from rules.inference.probe import PoisonedRulesetError, probe_table

__all__ = [
    "INFERENCE_MODES",
    "Decider",
    "Disagreement",
    "InferenceEngine",
    "InferenceError",
    "PoisonedRulesetError",
    "inference_available",
    "inference_status",
    "probe_table",
]

"""What is wrong with a diagram, in words: one code, one sentence in each language."""

from __future__ import annotations

from engine.workflow.findings.finding import Finding, ModelRefused, Sentence, label
from engine.workflow.findings.make import finding_of

__all__ = [
    "Finding",
    "ModelRefused",
    "Sentence",
    "finding_of",
    "label",
]

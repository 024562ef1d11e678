"""JUEL, the expression language of `${…}` and `#{…}`, read and said in FEEL."""

from __future__ import annotations

from engine.workflow.dialects.juel.methods import quoted
from engine.workflow.dialects.juel.reading import bare_to_feel, checked, feel_instead, is_juel, to_feel
from engine.workflow.dialects.juel.tokens import UntranslatableError

__all__ = [
    "UntranslatableError",
    "bare_to_feel",
    "checked",
    "feel_instead",
    "is_juel",
    "quoted",
    "to_feel",
]

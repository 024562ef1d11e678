"""A reason an official has to give."""

from __future__ import annotations

from engine.domain.errors import Invalid
from engine.domain.text import Text


def reason_given(reason: str) -> str:
    """The reason without its margins; raises Invalid when there is none."""
    given = reason.strip()[:1000]
    if not given:
        raise Invalid({"reason": Text("Hãy ghi lý do.", "Please give the reason.")})
    return given

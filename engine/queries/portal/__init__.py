"""What everybody sees: home page, catalogue, and the notices of one person."""

from __future__ import annotations

from engine.queries.portal.catalogue import FeeExample, ProcedureView

__all__ = [
    "FeeExample",
    "ProcedureView",
]

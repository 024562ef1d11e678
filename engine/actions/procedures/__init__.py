"""Procedure packs: judged as a whole, and published."""

from __future__ import annotations

from engine.actions.procedures.check_pack import check_pack
from engine.actions.procedures.publish_procedure import PublishProcedure, publish_procedure

__all__ = [
    "PublishProcedure",
    "check_pack",
    "publish_procedure",
]

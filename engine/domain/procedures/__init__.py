"""A published procedure, read from its pack."""

from __future__ import annotations

from engine.domain.procedures.old_packs import as_declared, declares_meanings
from engine.domain.procedures.pack_files import pack_codes, read_pack
from engine.domain.procedures.procedure import Component, PackError, Procedure, parse_pack
from engine.domain.procedures.procedure_parts import LegalReference, TaskGuide
from engine.domain.procedures.retention import KINDS, SAMPLE, RetentionRule, finished_before, rule_on

__all__ = [
    "KINDS",
    "SAMPLE",
    "Component",
    "LegalReference",
    "PackError",
    "Procedure",
    "RetentionRule",
    "TaskGuide",
    "as_declared",
    "declares_meanings",
    "finished_before",
    "pack_codes",
    "parse_pack",
    "read_pack",
    "rule_on",
]

"""A published procedure, read from its pack."""

from __future__ import annotations

from engine.domain.procedures.old_packs import as_declared, declares_meanings
from engine.domain.procedures.pack_files import pack_codes, read_pack
from engine.domain.procedures.pack_reader import PackError
from engine.domain.procedures.paper import DOSSIER_PARTIES, OWN_FACTS, Paper, PaperLine, PaperText, filled, placeholders
from engine.domain.procedures.procedure import Component, Procedure
from engine.domain.procedures.procedure_parts import LegalReference, TaskGuide
from engine.domain.procedures.read_procedure import parse_pack
from engine.domain.procedures.retention import KINDS, SAMPLE, RetentionRule, finished_before, rule_on

__all__ = [
    "DOSSIER_PARTIES",
    "KINDS",
    "OWN_FACTS",
    "SAMPLE",
    "Component",
    "LegalReference",
    "PackError",
    "Paper",
    "PaperLine",
    "PaperText",
    "Procedure",
    "RetentionRule",
    "TaskGuide",
    "as_declared",
    "declares_meanings",
    "filled",
    "finished_before",
    "pack_codes",
    "parse_pack",
    "placeholders",
    "read_pack",
    "rule_on",
]

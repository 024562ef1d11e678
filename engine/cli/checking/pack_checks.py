"""Judges a whole pack: procedure.yaml with the diagram, forms, decisions and fees beside it."""

from __future__ import annotations

from pathlib import Path

from engine.actions.procedures import check_pack
from engine.cli.checking.rule_checks import MEND, rules_findings
from engine.domain.procedures import PackError, parse_pack, read_pack
from engine.workflow.findings import Finding, ModelRefused, finding_of
from engine.workflow.spec import load_process


def judge_pack(path: Path) -> list[Finding]:
    """List the findings of the pack whose procedure.yaml this is."""
    folder = path.resolve().parent
    try:
        procedure = parse_pack(read_pack(folder.parent, folder.name))
    except UnicodeDecodeError:
        return [finding_of("not_utf8", "", path.name)]
    except PackError as error:
        return [
            Finding("pack", "error", sentence.vi.partition(": ")[0], "", sentence.vi, sentence.en, *MEND)
            for sentence in error.sentences
        ]
    try:
        spec = load_process(procedure.process_xml)
    except ModelRefused as refused:
        return list(refused.findings)
    return [*check_pack(procedure, spec), *_fees_of(folder)]


def _fees_of(folder: Path) -> list[Finding]:
    """The fee table of a pack with its examples, where the folder of packs carries the common fee rules."""
    if (folder.parent / "_fees").is_dir() and (folder / "fees.yaml").is_file():
        return rules_findings(folder)
    return []

"""Judges one file of any kind that a procedure is made of: diagram, decision model, form, pack, fee table."""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from engine.cli.checking.file_kind import kind_of
from engine.cli.checking.rule_checks import MEND, model_finding, rules_finding, rules_findings
from engine.domain.forms import FormError, parse_form
from engine.workflow.checks import called_in, judge_form
from engine.workflow.findings import Finding, finding_of
from engine.workflow.spec import check_model
from rules.dmn import load_dmn
from rules.errors import RulesError
from rules.proofs import judge_whole

MAX_BYTES: Final = 10 * 1024 * 1024  # of any kind; diagrams and decision models have their own, lower limits
_SUFFIXES: Final = (".bpmn", ".bpmn2", ".bpmn20.xml", ".dmn", ".form.json")
_DIAGRAMS: Final = (".bpmn", ".bpmn2", ".xml")
_CALLED: Final = ("called_missing", "called_by_hand")
_PACK: Final = "procedure.yaml"
_PACKS: Final = (
    "engine.cli.checking.pack_checks"  # knows the whole office: loaded only for packs, so that diagrams are fast
)


def files_of(paths: Iterable[str]) -> Iterator[str]:
    """Every file to judge: those named, and in folders all diagrams, decision models, forms and packs.

    A folder without any is given itself, so that it is told and not passed over.
    """
    for named in paths:
        path = Path(named)
        if not path.is_dir():
            yield named
            continue
        found = sorted(str(file) for file in path.rglob("*") if _is_ours(file))
        yield from found or [named]


def _is_ours(file: Path) -> bool:
    return file.name == _PACK or file.name.lower().endswith(_SUFFIXES)


def prepare(files: Iterable[str]) -> None:
    """Load what these files will need, before the processor time of the first one is counted."""
    if any(Path(file).name == _PACK for file in files):
        importlib.import_module(_PACKS)
        importlib.import_module("engine.papers.glyphs")  # a pack's papers are held against the fonts


def judge_file(file: str, process_id: str | None = None, beside: Sequence[str] = ()) -> dict[str, Any]:
    """Give {file, accepted, findings}; whatever the file holds, the answer is a sentence.

    A process that the file calls and does not hold is looked for in the files `beside` it.
    """
    try:
        findings = _judge(Path(file), process_id, beside)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings = [finding_of("unreadable_file", "", Path(file).name, why=reason)]
    except (MemoryError, RecursionError):
        findings = [stopped(file, "quá nhiều bộ nhớ hoặc lồng quá sâu", "too much memory or too deep")]
    except Exception as error:  # a stranger's file may break any reader; the caller still gets a verdict
        kind = type(error).__name__
        findings = [stopped(file, f"lỗi ngoài dự kiến {kind}", f"an unexpected {kind}")]
    return verdict(file, findings)


def verdict(file: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """The line that is printed for a file."""
    told = list(findings)
    accepted = all(finding.severity != "error" for finding in told)
    return {"file": file, "accepted": accepted, "findings": [finding.to_dict() for finding in told]}


def stopped(file: str, why_vi: str, why_en: str) -> Finding:
    """The finding of a file whose judging came to no end."""
    return finding_of("check_stopped", "", Path(file).name, why=why_vi, why_en=why_en)


def _judge(path: Path, process_id: str | None, beside: Sequence[str]) -> list[Finding]:
    if path.is_dir():
        return [finding_of("nothing_found", "", path.name)]
    data = _bytes_of(path)
    if len(data) > MAX_BYTES:
        return [finding_of("too_large", "", path.name, limit=MAX_BYTES // 1048576)]
    kind = kind_of(path.name, data)
    if kind == "bpmn":
        findings = check_model(data, process_id=process_id)
        if any(finding.code in _CALLED for finding in findings):
            findings = check_model(data, process_id=process_id, called=called_beside(path, beside))
        return list(findings)
    judge = _JUDGES.get(kind)
    if judge is None:
        why_vi, why_en = _STRANGE[kind]
        return [finding_of("unknown_kind", "", path.name, why=why_vi, why_en=why_en)]
    return judge(path, data)


def called_beside(path: Path, beside: Sequence[str]) -> dict[str, bytes]:
    """The processes of the other files given, by their ids."""
    others = [Path(name) for name in beside if Path(name) != path]
    read = [_bytes_of(other) for other in others if other.is_file() and other.name.lower().endswith(_DIAGRAMS)]
    return called_in(read)


def _bytes_of(path: Path) -> bytes:
    """The beginning of a regular file; a pipe or a device is never opened, it might never end."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "không phải tệp thường / not a regular file")
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _judge_dmn(path: Path, data: bytes) -> list[Finding]:
    try:
        model = load_dmn(path)
    except RulesError as error:
        return [rules_finding(error, "")]
    whole = model.definitions
    if not (whole.decisions or whole.knowledge_models or whole.services or whole.items):
        return [finding_of("no_decision", "")]
    return [model_finding(problem) for problem in judge_whole(model)]


def _judge_form(path: Path, data: bytes) -> list[Finding]:
    try:
        text = data.decode("utf-8-sig")
        form = parse_form(path.name.removesuffix(".json").removesuffix(".form"), text)
    except UnicodeDecodeError:
        return [finding_of("not_utf8", "", path.name)]
    except FormError as error:
        return [Finding("form", "error", "", path.name, error.sentence.vi, error.sentence.en, *MEND)]
    return list(judge_form(form))


def _judge_pack(path: Path, data: bytes) -> list[Finding]:
    judged: list[Finding] = importlib.import_module(_PACKS).judge_pack(path)
    return judged


def _judge_rules(path: Path, data: bytes) -> list[Finding]:
    """A fee table or a decision table in YAML."""
    return rules_findings(path)


_JUDGES: Final[dict[str, Callable[[Path, bytes], list[Finding]]]] = {
    "dmn": _judge_dmn,
    "form": _judge_form,
    "pack": _judge_pack,
    "rules": _judge_rules,
}
_STRANGE: Final = {
    "empty": ("tệp rỗng", "the file is empty"),
    "archive": ("đây là tệp nén", "it is an archive"),
    "json": ("JSON này không có danh sách “components”", "this JSON has no list “components”"),
    "unknown": ("không nhận ra nội dung", "its content is not recognised"),
}

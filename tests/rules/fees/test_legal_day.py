"""The legal day is decided in one place, so the amount, the cap, the proof and the reason cannot drift apart."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from rules.fees import Quote, QuoteRequest, load_schedule, quote
from rules.fees.items import Policy
from rules.fees.legal_day import LegalDays, deciding_day
from rules.legal import ALWAYS, Document, LegalBasis
from rules.text import Text

ROOT = Path(__file__).parents[3]
FILED, ACCEPTED = "2023-12-31T23:00:00+07:00", "2024-01-02T08:00:00+07:00"


def changed(root: Path, *changes: tuple[str, str, str]) -> Path:
    """The shipped tables with texts replaced."""
    copy = root / "processes"
    shutil.copytree(ROOT / "processes", copy, ignore=shutil.ignore_patterns("*.py", "*.bpmn", "__pycache__"))
    for name, old, new in changes:
        text = (copy / name).read_text(encoding="utf-8")
        assert old in text
        (copy / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def by_acceptance(number: str) -> tuple[str, str, str]:
    """The document goes by the day of acceptance, whatever the procedure's policy."""
    line = f"  - number: {number}\n"
    return "_fees/documents.yaml", line, f"{line}    date_basis: accepted_at\n"


def ask(root: Path, procedure: str, filed: str, accepted: str | None, **facts: object) -> Quote:
    at = datetime.fromisoformat(accepted) if accepted else None
    return quote(load_schedule(root), QuoteRequest(procedure, datetime.fromisoformat(filed), at, facts))


@pytest.mark.parametrize(("accepted", "total"), [(None, 105_000), (FILED, 105_000), (ACCEPTED, 150_000)])
def test_a_reduction_and_the_reason_against_it_go_by_the_same_day(tmp_path, accepted, total):
    root = changed(tmp_path, by_acceptance("289/2022/NQ-HĐND"))
    found = ask(root, "1.013225", FILED, accepted, channel="online", works="other")
    assert found.total.dong == total
    told = [step.sentence.vi for line in found.lines for step in line.steps if step.kind == "not_applied"]
    assert any("02/01/2024" in sentence for sentence in told) is (total == 150_000)


@pytest.mark.parametrize(("accepted", "total"), [(None, 9_000_000), ("2024-03-04T08:00:00+07:00", 6_000_000)])
def test_a_cap_goes_by_the_day_of_its_document(tmp_path, accepted, total):
    later = (
        "1.001029/fees.yaml",
        "scope: line\n        valid_from: 2021-02-22",
        "scope: line\n        valid_from: 2024-03-02",
    )
    root = changed(tmp_path, by_acceptance("01/2021/TT-BTC"), later)
    assert ask(root, "1.001029", "2024-03-01T09:00:00+07:00", accepted, rooms=9).total.dong == total


def document(number: str, date_basis: str | None) -> Document:
    return Document(number, "HDND", Text(number, number), ALWAYS, date_basis)


def test_the_first_document_with_a_day_of_its_own_decides_else_the_policy():
    documents = {"a": document("a", None), "b": document("b", "accepted_at"), "c": document("c", "submitted_at")}
    cited = {name: LegalBasis(name) for name in ("a", "b", "c", "unknown")}
    policy = Policy()
    assert deciding_day((), policy, documents) == "submitted_on"
    assert deciding_day((), Policy(date_basis="accepted_at"), documents) == "accepted_on"
    assert deciding_day((cited["unknown"], cited["a"], cited["b"], cited["c"]), policy, documents) == "accepted_on"
    assert deciding_day((cited["c"], cited["b"]), Policy(date_basis="accepted_at"), documents) == "submitted_on"


def test_before_acceptance_the_day_of_submission_stands_in():
    filed, accepted = datetime.fromisoformat(FILED), datetime.fromisoformat(ACCEPTED)
    provisional, final = LegalDays.of(filed, None), LegalDays.of(filed, accepted)
    assert (provisional.named("submitted_on"), provisional.named("accepted_on")) == (date(2023, 12, 31),) * 2
    assert (final.named("submitted_on"), final.named("accepted_on")) == (date(2023, 12, 31), date(2024, 1, 2))


def test_nobody_else_reads_which_day_a_document_goes_by():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "rules").rglob("*.py")
        if ".date_basis" in path.read_text(encoding="utf-8")
    }
    assert readers == {"rules/fees/legal_day.py"}

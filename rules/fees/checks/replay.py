"""What a new fee table would have meant: past dossiers charged again under two versions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from rules.errors import FeeFileError, RulesError, shown
from rules.fees.errors import BadInstantError
from rules.fees.facts import not_asked
from rules.fees.quote import quote
from rules.fees.quotes import QuoteRequest
from rules.fees.schedule import FeeSchedule
from rules.legal import day_in_vietnam
from rules.tables import DecisionTable, Index

# Charged lines of one dossier, or the code of the error that left it without an amount.
Charged = tuple[tuple[str, int], ...] | str


@dataclass
class ItemTotals:
    """Totals of one fee item over all dossiers, in đồng."""

    old_vnd: int = 0
    new_vnd: int = 0
    changed: int = 0

    def to_dict(self) -> dict[str, int]:
        """JSON form."""
        difference = self.new_vnd - self.old_vnd
        return {
            "old_vnd": self.old_vnd,
            "new_vnd": self.new_vnd,
            "difference_vnd": difference,
            "changed": self.changed,
        }


@dataclass
class ReplayReport:
    """Who pays differently, by how much, item by item."""

    old_hash: str
    new_hash: str
    dossiers: int = 0
    changed: int = 0
    old_total_vnd: int = 0
    new_total_vnd: int = 0
    items: dict[str, ItemTotals] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    not_asked: Counter[str] = field(default_factory=Counter)
    unreadable: list[dict[str, object]] = field(default_factory=list)
    samples: list[dict[str, object]] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        """JSON form; `samples` are the first dossiers whose amount changes."""
        return {
            "old": self.old_hash,
            "new": self.new_hash,
            "dossiers": self.dossiers,
            "changed": self.changed,
            "old_total_vnd": self.old_total_vnd,
            "new_total_vnd": self.new_total_vnd,
            "difference_vnd": self.new_total_vnd - self.old_total_vnd,
            "items": {code: totals.to_dict() for code, totals in sorted(self.items.items())},
            "errors": dict(sorted(self.errors.items())),
            "not_asked": dict(sorted(self.not_asked.items())),
            "unreadable": self.unreadable,
            "samples": self.samples,
        }


class Charger:
    """Charges dossiers under one schedule, computing each distinct situation once.

    Two dossiers are the same situation when procedure, legal days and facts are equal: a year of
    applications has far fewer situations than dossiers.
    """

    def __init__(self, schedule: FeeSchedule) -> None:
        self._schedule = schedule
        self._known: dict[object, Charged] = {}

    def charge(self, request: QuoteRequest) -> Charged:
        """Item codes with amounts, or an error code."""
        key = situation_key(request)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._quote(request)
        return found

    def _quote(self, request: QuoteRequest) -> Charged:
        try:
            lines = quote(self._schedule, request).lines
        except RulesError as error:
            return error.code
        return tuple((line.item_code, line.after.dong) for line in lines)


def situation_key(request: QuoteRequest) -> tuple[object, ...]:
    """Equal for requests that must be charged equally: fee law knows days, not hours."""
    accepted_on = day_in_vietnam(request.accepted_at) if request.accepted_at else None
    facts = tuple(sorted((name, repr(value)) for name, value in request.facts.items()))
    return (request.procedure_code, day_in_vietnam(request.submitted_at), accepted_on, facts)


def replay(
    old: FeeSchedule, new: FeeSchedule, requests: Iterable[QuoteRequest | Unreadable], *, samples: int = 20
) -> ReplayReport:
    """Charge every dossier under both schedules and report the differences.

    A dossier without an amount under either version counts under `errors` and in no total; one that cannot be read
    is listed with its line, and the others go on. Facts that a dossier's procedure never asks are counted by name.
    """
    report = ReplayReport(old.hash, new.hash)
    before, after = Charger(old), Charger(new)
    for number, request in enumerate(requests, 1):
        report.dossiers += 1
        if isinstance(request, Unreadable):
            report.errors["unreadable"] += 1
            if len(report.unreadable) < samples:
                report.unreadable.append(request.to_dict())
            continue
        if procedure := new.procedures.get(request.procedure_code):
            report.not_asked.update(not_asked(new.vocabulary, procedure.facts, request.facts))
        was, now = before.charge(request), after.charge(request)
        if isinstance(was, str) or isinstance(now, str):
            report.errors.update(f"{side}:{one}" for side, one in (("old", was), ("new", now)) if isinstance(one, str))
            continue
        _add(report, dict(was), dict(now))
        if was != now:
            report.changed += 1
            if len(report.samples) < samples:
                report.samples.append(
                    {"dossier": number, "procedure": request.procedure_code, "old": dict(was), "new": dict(now)}
                )
    return report


def _add(report: ReplayReport, was: Mapping[str, int], now: Mapping[str, int]) -> None:
    for code in was.keys() | now.keys():
        totals = report.items.setdefault(code, ItemTotals())
        totals.old_vnd += was.get(code, 0)
        totals.new_vnd += now.get(code, 0)
        totals.changed += was.get(code) != now.get(code)
    report.old_total_vnd += sum(was.values())
    report.new_total_vnd += sum(now.values())


def replay_table(
    old: DecisionTable, new: DecisionTable, situations: Iterable[tuple[Mapping[str, object], date]], output: str
) -> ReplayReport:
    """The same for two versions of a decision table; `output` names its amount in đồng.

    Only the exact evaluator decides here: nobody is asked for money in a replay.
    """
    report = ReplayReport(old.hash, new.hash)
    before, after = _decide_amount(old, output), _decide_amount(new, output)
    for facts, on in situations:
        report.dossiers += 1
        was, now = before(facts, on), after(facts, on)
        if was is None or now is None:
            report.errors.update(side for side, one in (("old:none", was), ("new:none", now)) if one is None)
            continue
        report.old_total_vnd += was
        report.new_total_vnd += now
        report.changed += was != now
    return report


def _decide_amount(table: DecisionTable, output: str) -> Callable[[Mapping[str, object], date], int | None]:
    index = Index(table)
    single = table.hit_policy == "UNIQUE"

    def decide(facts: Mapping[str, object], on: date) -> int | None:
        mask = index.rows_met(table.normalise(facts), on)
        if not mask or (single and mask & (mask - 1)):
            return None
        amount = table.rows[(mask & -mask).bit_length() - 1].outputs.get(output)
        return amount if isinstance(amount, int) else None

    return decide


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A dossier of a file that cannot be read: where it stands and why."""

    line: int
    error: RulesError

    def to_dict(self) -> dict[str, object]:
        """JSON form."""
        return {"line": self.line, "vi": self.error.message_vi, "en": self.error.message_en}


def read_dossiers(path: Path) -> Iterator[QuoteRequest | Unreadable]:
    """Past dossiers from JSON lines (or one JSON list): procedure, submitted_at, accepted_at, facts.

    Raises FeeFileError or BadInstantError of the first when none of them can be read.
    """
    found = [_dossier(number, record, path.name) for number, record in _records(path)]
    wrong = [one.error for one in found if isinstance(one, Unreadable)]
    if wrong and len(wrong) == len(found):
        raise wrong[0]
    yield from found


def _records(path: Path) -> Iterator[tuple[int, object]]:
    """Each record with its line, or its place in the list; text that is no JSON as the error it makes."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("["):
        yield from enumerate(_json(text, path.name), 1)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                yield (
                    number,
                    FeeFileError(f"{path.name}, dòng {number}", f"không phải JSON: {error}", f"not JSON: {error}"),
                )


def _json(text: str, name: str) -> list[object]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise FeeFileError(name, f"không phải JSON: {error}", f"not JSON: {error}") from None
    return found if isinstance(found, list) else [found]


def _dossier(number: int, record: object, name: str) -> QuoteRequest | Unreadable:
    place = f"{name}, dòng {number}"
    try:
        if isinstance(record, RulesError):
            raise record
        return _request(record, place)
    except RulesError as error:
        return Unreadable(number, error if isinstance(error, FeeFileError) else error.at(place, place))


def _request(record: object, place: str) -> QuoteRequest:
    if not isinstance(record, dict) or not {"procedure", "submitted_at"} <= record.keys():
        raise FeeFileError(place, "cần procedure, submitted_at, facts", "needs procedure, submitted_at, facts")
    facts = record.get("facts") or {}
    if not isinstance(facts, dict):
        raise FeeFileError(place, "facts phải là một đối tượng", "facts must be an object")
    return request_of(str(record["procedure"]), record["submitted_at"], record.get("accepted_at"), facts)


def request_of(procedure: str, submitted_at: object, accepted_at: object, facts: Mapping[str, object]) -> QuoteRequest:
    """A question with its instants as text. Raises BadInstantError, also for an acceptance before the submission."""
    submitted = read_instant(submitted_at, "submitted_at")
    accepted = read_instant(accepted_at, "accepted_at") if accepted_at else None
    if accepted is not None and accepted < submitted:
        raise BadInstantError(
            f"accepted_at ({shown(accepted_at)}) trước submitted_at ({shown(submitted_at)}): hồ sơ chỉ được tiếp nhận "
            "sau khi nộp. Hãy xem lại hai thời điểm.",
            f"accepted_at ({shown(accepted_at)}) is before submitted_at ({shown(submitted_at)}): a dossier is "
            "accepted after it is submitted. Check the two instants.",
        )
    return QuoteRequest(procedure, submitted, accepted, facts)


def read_instant(text: object, name: str) -> datetime:
    """An ISO 8601 instant with its zone; raises BadInstantError naming the field."""
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadInstantError(
            f"{name} phải là thời điểm ISO 8601 có múi giờ, ví dụ 2023-06-01T09:00:00+07:00 (đang là {shown(text)}).",
            f"{name} must be an ISO 8601 instant with its zone, such as 2023-06-01T09:00:00+07:00, not {shown(text)}.",
        )
    return at

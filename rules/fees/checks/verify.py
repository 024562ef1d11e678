"""Proving a fee schedule before publication: each procedure's tariffs, every rule, every example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rules.fees.authority import POWERS, authority_breaches
from rules.fees.checks.examples import check_examples
from rules.fees.checks.oddities import odd_values, without_example
from rules.fees.checks.rule_pairs import rule_pairs
from rules.fees.checks.space import DAYS, fee_dimensions
from rules.fees.conditions import SUBJECT
from rules.fees.facts import DERIVED
from rules.fees.items import FeeItem, ProcedureFees, Tariff
from rules.fees.schedule import FeeSchedule
from rules.fees.table import SOURCES, charged_row, tariff_row
from rules.legal import LegalBasis, Window, law_ends_on
from rules.tables import Finding, OverBudgetError, Row, Space
from rules.text import Text


def verify_schedule(schedule: FeeSchedule) -> list[Finding]:
    """All findings of a schedule; an empty list means it may be published."""
    found = [
        Finding("authority", breach.procedure_code, (breach.rule.code, breach.item.code), breach.message)
        for breach in authority_breaches(schedule)
    ]
    reached: dict[str, bool] = {}
    for procedure in schedule.procedures.values():
        for item in procedure.items:
            found += _item_findings(schedule, procedure, item)
            found += _tariff_space(schedule, procedure, item, reached)
            found += _never_charged(schedule, procedure, item)
        found += _rule_facts(schedule, procedure)
    found += _unreached(schedule, reached)
    found += _rules(schedule)
    found += [*odd_values(schedule), *without_example(schedule)]
    found += [Finding("example", one.procedure_code, (one.example,), one.message) for one in check_examples(schedule)]
    return _unique(found)


def _unique(found: Iterable[Finding]) -> list[Finding]:
    """The same defect of an item shared by several procedures is told once."""
    seen: dict[tuple[object, ...], Finding] = {}
    for one in found:
        seen.setdefault((one.code, one.rows, one.message.vi), one)
    return list(seen.values())


def _item_findings(schedule: FeeSchedule, procedure: ProcedureFees, item: FeeItem) -> Iterator[Finding]:
    """Citations, powers and units of one item."""
    known = set(_facts_known(schedule, procedure))
    counted = {"unit": item.quantity.names, "bands_over": item.bands_over.names if item.bands_over else frozenset()}
    for what, names in counted.items():
        for name in sorted(names - known):
            yield _finding("wrong_unit", procedure, (item.code,), f"«{item.name.vi}» đếm «{name}» ({what}) nhưng "
                           f"thủ tục {procedure.code} không hỏi thông tin này.", f"“{item.name.en}” counts “{name}” "
                           f"({what}), which procedure {procedure.code} does not ask for.")  # fmt: skip
    if any(row.bands for row in item.tariffs) and item.bands_over is None:
        yield _finding("wrong_unit", procedure, (item.code,), f"«{item.name.vi}» thu theo bậc nhưng không nói bậc của "
                       "cái gì (bands_over).", f"“{item.name.en}” has bands but no bands_over.")  # fmt: skip
    for row in item.tariffs:
        yield from _value_findings(schedule, procedure, row.code, row.basis, row.declared or row.window)
        issuer = schedule.documents[row.basis[0].document].authority if row.basis else ""
        if row.basis and not row.sample and item.authority not in POWERS[issuer]:
            yield _finding("authority", procedure, (row.code,), f"Mức thu {row.code} của «{item.name.vi}» viện dẫn văn "
                           "bản của cơ quan không có thẩm quyền với khoản này.",
                           f"Tariff {row.code} of “{item.name.en}” cites a document of another authority.")  # fmt: skip
    for cap in item.caps:
        yield from _value_findings(schedule, procedure, f"{item.code}:cap", cap.basis, cap.declared or cap.window)


def _value_findings(
    schedule: FeeSchedule, procedure: ProcedureFees | None, code: str, basis: Sequence[LegalBasis], window: Window
) -> Iterator[Finding]:
    if not basis:
        yield _finding("missing_basis", procedure, (code,), f"{code} không có căn cứ pháp lý.",
                       f"{code} has no legal basis.")  # fmt: skip
    for one in basis:
        law = schedule.documents[one.document].window
        early = law.valid_from and (window.valid_from or date.min) < law.valid_from
        late = law.valid_to and (window.valid_from or date.min) > law.valid_to
        if early or late:
            yield _finding("basis_not_in_force", procedure, (code,), f"{code} có hiệu lực khi {one.label('vi')} chưa "
                           "hoặc không còn hiệu lực.", f"{code} is valid while {one.label('en')} is not.")  # fmt: skip

    end = law_ends_on(basis)
    if end is not None and (window.valid_from or date.min) <= end < (window.valid_to or date.max):
        yield _finding("basis_not_in_force", procedure, (code,),
                       f"{code} còn ghi hiệu lực sau ngày {end:%d/%m/%Y} "
                       f"dù {basis[0].label('vi')} đã hết hiệu lực; từ ngày đó không được áp dụng nữa.",
                       f"{code} is still valid after {end.isoformat()}, when {basis[0].label('en')} has ended; it is "
                       "not applied from then on.")  # fmt: skip


def _facts_known(schedule: FeeSchedule, procedure: ProcedureFees) -> Iterator[str]:
    """Facts a condition may rely on in this procedure."""
    yield from procedure.facts.names
    yield from (name for name, spec in schedule.vocabulary.items() if spec.everywhere)
    for name in DERIVED:
        if SOURCES[name] in procedure.facts.names:
            yield name


def _rule_facts(schedule: FeeSchedule, procedure: ProcedureFees) -> Iterator[Finding]:
    """Conditions about facts this procedure never learns."""
    known = set(_facts_known(schedule, procedure))
    conditions = [(item.code, item.charged_when) for item in procedure.items]
    conditions += [(row.code, row.when) for item in procedure.items for row in item.tariffs]
    reaching = [one for one in schedule.rules if any(one.scope.reaches(i, procedure.code) for i in procedure.items)]
    conditions += [(rule.code, rule.when) for rule in reaching]
    needs = [(code, one.names) for code, one in conditions if one is not None]
    needs += [(rule.code, frozenset({SUBJECT})) for rule in reaching if rule.subjects and not rule.when]
    for code, names in needs:
        for name in sorted(names - known):
            yield _finding("unknown_fact", procedure, (code,), f"{code} hỏi «{name}», thủ tục {procedure.code} không "
                           "có thông tin này.", f"{code} asks for “{name}”, which procedure {procedure.code} does not "
                           "have.")  # fmt: skip


def _tariff_space(
    schedule: FeeSchedule, procedure: ProcedureFees, item: FeeItem, reached: dict[str, bool]
) -> Iterator[Finding]:
    """Exactly one tariff row in every situation, from the first day of the tariff on."""
    ids = {tariff_row(item, row.code): row for row in item.tariffs}
    table = schedule.tables[procedure.code].table
    rows = [row for row in table.rows if row.id in ids]
    space = Space(list(fee_dimensions(schedule, procedure, item, rows)), len(rows))
    dead = set(space.unreachable())
    for at, row in enumerate(rows):
        reached[row.id] = reached.get(row.id, False) or at not in dead
    for code in ids.keys() - {row.id for row in rows}:
        reached.setdefault(code, False)
    for one, other, example in space.overlaps():
        if rows[one].id != rows[other].id:
            yield _clash(procedure, item, ids[rows[one].id], ids[rows[other].id], example)
    try:
        gaps = space.gaps(limit=5)
    except OverBudgetError:
        yield Finding("incomplete", procedure.code, tuple(ids), Text("Bảng quá lớn.", "Too large."), severity="warning")
        return
    for example in gaps:
        yield _hole(procedure, item, rows, example)


def _clash(
    procedure: ProcedureFees, item: FeeItem, one: Tariff, other: Tariff, example: Mapping[str, object]
) -> Finding:
    same = (one.value_vnd, one.bands) == (other.value_vnd, other.bands)
    return _finding("overlap" if same else "contradiction", procedure, (one.code, other.code),
                    f"Hai mức thu {one.code}, {other.code} của «{item.name.vi}» cùng áp dụng.",
                    f"Tariffs {one.code}, {other.code} of “{item.name.en}” apply at once.", example)  # fmt: skip


def _never_charged(schedule: FeeSchedule, procedure: ProcedureFees, item: FeeItem) -> Iterator[Finding]:
    """An item whose condition of being charged holds in no situation of this procedure."""
    if item.charged_when is None:
        return
    rows = [row for row in schedule.tables[procedure.code].table.rows if row.id == charged_row(item)]
    space = Space(list(fee_dimensions(schedule, procedure, item, rows)), len(rows))
    if len(space.unreachable()) == len(rows):
        yield _finding("unreachable", procedure, (item.code,), f"«{item.name.vi}» không bao giờ được thu: điều kiện "
                       f"charged_when không khi nào đúng trong thủ tục {procedure.code}.",
                       f"“{item.name.en}” is never charged: its charged_when never holds in procedure "
                       f"{procedure.code}.")  # fmt: skip


def _hole(procedure: ProcedureFees, item: FeeItem, rows: Sequence[Row], example: Mapping[str, object]) -> Finding:
    timeless = {name: value for name, value in example.items() if name not in DAYS}
    others = [row.id for row in rows if all(_accepts(row, name, value) for name, value in timeless.items())]
    day = next((value for name, value in example.items() if name in DAYS), None)
    if others and day is not None:
        return _finding("date_hole", procedure, tuple(dict.fromkeys(others)), f"Ngày {day} không có mức thu "
                        f"«{item.name.vi}» nào có hiệu lực.", f"On {day} no tariff for “{item.name.en}” is in force.",
                        example)  # fmt: skip
    return _finding("gap", procedure, (item.code,), f"Có tình huống chưa có mức thu «{item.name.vi}».",
                    f"A situation has no tariff for “{item.name.en}”.", example)  # fmt: skip


def _accepts(row: Row, name: str, value: object) -> bool:
    cell = row.cells.get(name)
    return cell is None or cell.accepts(value)


def _unreached(schedule: FeeSchedule, reached: Mapping[str, bool]) -> Iterator[Finding]:
    for row_id, used in reached.items():
        if not used:
            _, item, code = row_id.split("|", 2)
            yield Finding("unreachable", item, (code,), Text(
                f"Mức thu {code} không bao giờ được dùng trong thủ tục nào.",
                f"Tariff {code} is never used in any procedure."))  # fmt: skip
    charged = {item.code for procedure in schedule.procedures.values() for item in procedure.items}
    for rule in schedule.rules:
        lost = sorted(rule.scope.items - charged)
        if lost or not schedule.reaches_anything(rule):
            yield Finding("unreachable", "rules", (rule.code,), Text(
                f"{rule.code} nói về khoản không thủ tục nào thu: {', '.join(lost) or 'mọi khoản'}.",
                f"{rule.code} speaks of items no procedure charges: {', '.join(lost) or 'all'}."))  # fmt: skip


def _rules(schedule: FeeSchedule) -> Iterator[Finding]:
    """Each rule's citation and dates, and pairs of rules that say different things about the same people."""
    for rule in schedule.rules:
        yield from _value_findings(schedule, None, rule.code, rule.basis, rule.declared or rule.window)
        if not schedule.ever_concerns(rule):
            yield Finding(
                "unreachable",
                "rules",
                (rule.code,),
                Text(f"Điều kiện của {rule.code} không bao giờ đúng.", f"The condition of {rule.code} never holds."),
            )
    yield from rule_pairs(schedule)


def _finding(
    code: str,
    procedure: ProcedureFees | None,
    rows: Sequence[str],
    vi: str,
    en: str,
    example: Mapping[str, object] | None = None,
) -> Finding:
    shown = {name: value.isoformat() if isinstance(value, date) else value for name, value in (example or {}).items()}
    return Finding(code, procedure.code if procedure else "rules", tuple(rows), Text(vi, en), shown)

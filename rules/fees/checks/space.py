"""The situations a fee table must cover: independent parts, with facts that depend on each other kept together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rules.fees.conditions import SUBJECT, subject_column
from rules.fees.items import FeeItem, ProcedureFees
from rules.fees.legal_day import ACCEPTED_ON, SUBMITTED_ON
from rules.fees.schedule import FeeSchedule
from rules.fees.table import SOURCES
from rules.tables import Choice, Column, Dimension, Row, column_dimension, index_column

DAYS = (SUBMITTED_ON, ACCEPTED_ON)


def fee_dimensions(
    schedule: FeeSchedule, procedure: ProcedureFees, item: FeeItem, rows: Sequence[Row]
) -> Iterator[Dimension]:
    """Independent parts of a situation; facts that depend on each other stay in one dimension."""
    columns = {column.name: column for column in schedule.tables[procedure.code].table.columns}
    used = [name for name in columns if any(name in row.cells for row in rows)]
    yield _joint("channel", rows, columns, list(_channels(schedule, procedure)))
    yield _joint("area", rows, columns, list(_areas(schedule, procedure)))
    yield _joint(SUBJECT, rows, columns, list(_payers(schedule, procedure)))
    for name in used:
        if name in DAYS:
            first = min((row.window.valid_from or date.min for row in item.tariffs), default=date.min)
            day = Column(name, "date", columns[name].label, minimum=max(first.toordinal(), 1))
            yield column_dimension(day, [row.cells.get(name) for row in rows])
        elif name.startswith(f"{SUBJECT}:"):
            if name.removeprefix(f"{SUBJECT}:") not in schedule.vocabulary[SUBJECT].exclusive:
                yield _joint(name, rows, columns, [{name: True}, {name: False}])
        elif name not in ("channel", "online", "area_category", "rural"):
            yield _own_dimension(procedure, columns[name], rows)


def _own_dimension(procedure: ProcedureFees, column: Column, rows: Sequence[Row]) -> Dimension:
    """A fact by itself: unknown only when the procedure lets it be unknown."""
    source = SOURCES.get(column.name, column.name)
    optional = source not in procedure.facts.required and procedure.facts.defaults.get(source) is None
    bounded = Column(column.name, column.kind, column.label, column.words, column.minimum, column.maximum, optional)
    return column_dimension(bounded, [row.cells.get(column.name) for row in rows])


def _joint(
    name: str, rows: Sequence[Row], columns: Mapping[str, Column], examples: Sequence[Mapping[str, object]]
) -> Dimension:
    """A dimension whose choices fix several columns at once."""
    choices = []
    for example in examples:
        mask = (1 << len(rows)) - 1
        for column, value in example.items():
            kind = columns[column].kind if column in columns else "boolean"
            mask &= index_column([row.cells.get(column) for row in rows], kind).mask(value)
        choices.append(Choice(example, mask))
    return Dimension(name, tuple(choices))


def _channels(schedule: FeeSchedule, procedure: ProcedureFees) -> Iterator[dict[str, object]]:
    if "channel" not in procedure.facts.names:
        yield {"channel": None, "online": False}
        return
    for word in schedule.vocabulary["channel"].values:
        yield {"channel": word, "online": word in procedure.policy.online_channels}


def _areas(schedule: FeeSchedule, procedure: ProcedureFees) -> Iterator[dict[str, object]]:
    if "area" not in procedure.facts.required:
        yield {"area_category": None, "rural": None}
    if "area" in procedure.facts.names:
        for category in schedule.areas.categories.values():
            yield {"area_category": category.code, "rural": category.rural}


def _payers(schedule: FeeSchedule, procedure: ProcedureFees) -> Iterator[dict[str, object]]:
    """Of the subjects that exclude each other one is true, or none where the procedure allows it."""
    words = schedule.vocabulary[SUBJECT].exclusive if SUBJECT in schedule.vocabulary else ()
    if not procedure.facts.one_of:
        yield {subject_column(word): False for word in words}
    for chosen in procedure.facts.one_of or words:
        yield {subject_column(word): word == chosen for word in words}

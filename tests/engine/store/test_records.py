"""A typed row names the columns of its table, all of them, and may be None where the column may be null."""

from __future__ import annotations

from typing import get_type_hints

import pytest

from engine.store import records
from engine.store.schema import metadata

TABLES = {
    records.DocumentRow: "document",
    records.DossierRow: "dossier",
    records.FileRow: "dossier_file",
    records.IncidentRow: "incident",
    records.InstanceRow: "process_instance",
    records.JobRow: "connector_job",
    records.PaymentRow: "fee_payment",
    records.PersonRow: "person",
    records.ProcedureVersionRow: "procedure_version",
    records.QuoteRow: "fee_quote",
    records.SessionRow: "session",
    records.StaffRow: "staff",
    records.SupplementRow: "supplement_request",
    records.TaskRow: "task",
    records.TimerRow: "timer",
    records.UnitRow: "unit",
}


def test_every_typed_row_is_held_against_its_table():
    cards = {"DocumentCard", "ProcedureVersionCard"}  # a row without its one large column
    assert {row.__name__ for row in TABLES} | cards == set(records.__all__)


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.__name__)
def test_a_typed_row_is_its_table(row: type):
    hints = get_type_hints(row)
    columns = metadata.tables[TABLES[row]].columns
    assert sorted(hints) == sorted(column.name for column in columns)
    nullable = {name for name, hint in hints.items() if "None" in str(hint)}
    json = {column.name for column in columns if "Any" in str(hints[column.name])}
    assert nullable | json == {column.name for column in columns if column.nullable} | json

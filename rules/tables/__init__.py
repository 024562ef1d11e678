"""Decision tables: rows with validity and citation, evaluated exactly, and proven before publication."""

from __future__ import annotations

from rules.tables.cells import Among, Cell, Interval, Within, write_cell
from rules.tables.findings import Finding
from rules.tables.hit_policies import result_of
from rules.tables.index import Index, bits, index_column, window_cell
from rules.tables.space import Choice, Dimension, OverBudgetError, Space
from rules.tables.table import Column, DecisionTable, Output, Row
from rules.tables.verify import column_dimension, verify_table
from rules.tables.verify_row import verify_row
from rules.tables.yaml_table import read_table

__all__ = [
    "Among",
    "Cell",
    "Choice",
    "Column",
    "DecisionTable",
    "Dimension",
    "Finding",
    "Index",
    "Interval",
    "Output",
    "OverBudgetError",
    "Row",
    "Space",
    "Within",
    "bits",
    "column_dimension",
    "index_column",
    "read_table",
    "result_of",
    "verify_row",
    "verify_table",
    "window_cell",
    "write_cell",
]

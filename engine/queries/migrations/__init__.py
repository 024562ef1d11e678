"""Migrations as operators see them: versions, dry runs, progress."""

from __future__ import annotations

from engine.queries.migrations.migration_forecast import (
    Forecast,
    ForecastRow,
    Question,
    forecast,
    forecast_rows,
    mapping_complaints,
)
from engine.queries.migrations.migration_view import RunView, migration_moves, migration_runs_list, migration_view
from engine.queries.migrations.procedure_versions import MappingTable, mapping_table, procedure_versions, versions_of

__all__ = [
    "Forecast",
    "ForecastRow",
    "MappingTable",
    "Question",
    "RunView",
    "forecast",
    "forecast_rows",
    "mapping_complaints",
    "mapping_table",
    "migration_moves",
    "migration_runs_list",
    "migration_view",
    "procedure_versions",
    "versions_of",
]

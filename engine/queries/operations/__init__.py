"""The platform as operators see it: jobs, incidents, instances, variables, readiness."""

from __future__ import annotations

from engine.queries.operations.instance_page import find_instances, instance_page
from engine.queries.operations.job_board import job_board
from engine.queries.operations.readiness import left_by_practice

__all__ = [
    "find_instances",
    "instance_page",
    "job_board",
    "left_by_practice",
]

"""Running dossiers move to another version of their procedure: planned, stopped, continued, reverted."""

from __future__ import annotations

from engine.actions.migrations.continue_migration import ContinueMigration, continue_migration
from engine.actions.migrations.move_instance import FAULT, MoveInstance, move_instance, refusal, refuse_move
from engine.actions.migrations.plan_migration import PlanMigration, plan_migration
from engine.actions.migrations.revert_instance import RevertInstance, revert_instance
from engine.actions.migrations.revert_migration import RevertMigration, revert_migration
from engine.actions.migrations.settle_migration import SettleMigration, settle_migration
from engine.actions.migrations.steering import version_numbered
from engine.actions.migrations.stop_migration import StopMigration, stop_migration

__all__ = [
    "FAULT",
    "ContinueMigration",
    "MoveInstance",
    "PlanMigration",
    "RevertInstance",
    "RevertMigration",
    "SettleMigration",
    "StopMigration",
    "continue_migration",
    "move_instance",
    "plan_migration",
    "refusal",
    "refuse_move",
    "revert_instance",
    "revert_migration",
    "settle_migration",
    "stop_migration",
    "version_numbered",
]

"""For load balancers and operators: is the process alive, can it serve."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from admin_ui.dispatch import platform_here
from engine.queries.operations import readiness

health = Blueprint("health", __name__)


@health.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
def ready() -> tuple[Response, int]:
    """The database answers and the outbox is not stuck; the notifier may be silent."""
    platform = platform_here()
    with platform.database.read() as tx:
        report = readiness.report(tx, platform.office)
    return jsonify(report.to_dict()), 200 if report.ready else 503

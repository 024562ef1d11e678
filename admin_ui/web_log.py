"""The web's log: one JSON line each, without names, numbers or what people typed (route patterns, never addresses)."""

from __future__ import annotations

import logging
import time

import structlog
from flask import Flask, Response, g, request

from admin_ui.tracebacks import without_words

log = structlog.get_logger("web")


def keep_log(app: Flask, level: str) -> None:
    """Write a line for every answered request. Of an error it tells the kind and the place, not the words."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=True,
    )
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if request.path.startswith("/static/"):
        return response
    ask = g.get("ask")
    spent = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    log.info(
        "answered",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else "-",
        status=response.status_code,
        ms=spent,
        who=ask.actor.kind if ask and ask.actor else "nobody",
    )
    return response

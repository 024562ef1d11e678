"""The HTTP API under /api/v1 with its OpenAPI page, served from our own files."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api

from admin_ui.api import dossiers, messages, pages, procedures, tasks
from admin_ui.limits import csrf
from admin_ui.schemas.dossiers import ProblemSchema

__all__ = ["register"]


class OfficeApi(Api):  # type: ignore[misc]  # flask-smorest has no type information
    """Describes every error as we answer it."""

    ERROR_SCHEMA = ProblemSchema


def register(app: Flask, *, citizens: bool = True, officials: bool = True) -> None:
    """Hang the API and its description into an application: each process serves the part of its own people."""
    app.config.update(
        API_TITLE="Motcua",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"info": {"description": "Thủ tục, hồ sơ và công việc. / Procedures, dossiers and tasks."}},
    )
    api = OfficeApi(app)
    parts = [procedures.blueprint, dossiers.blueprint]
    parts += [messages.blueprint] if citizens else []
    parts += [tasks.blueprint] if officials else []
    for blueprint in parts:
        api.register_blueprint(blueprint)
    # A quote changes nothing and takes no session into account: programs may ask without a page's token.
    csrf.exempt("admin_ui.api.procedures.quote")
    # The post has no page of ours and no session: its signature stands for both.
    csrf.exempt("admin_ui.api.messages.from_post")
    app.register_blueprint(pages.room.blueprint)

"""API views go through the same door as pages: one guard, one transaction, one table of errors."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import flask_smorest
from flask import Request
from marshmallow import Schema, missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

from admin_ui.dispatch import Dispatch, Room, View
from admin_ui.guard import Guard
from admin_ui.input_guard import MAX_JSON, writable_json
from engine.domain.errors import Invalid
from engine.domain.signs import UNWRITABLE


class CarefulParser(FlaskParser):
    """Reads JSON bodies; one nested deeper or with longer numbers than anybody writes is no JSON to us."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body, or a 400 with a sentence."""
        req.max_content_length = MAX_JSON
        try:
            body = super().load_json(req, schema)
        except (RecursionError, ValueError) as error:
            raise BadRequest from error
        if body is not missing and not writable_json(body):
            raise Invalid(message=UNWRITABLE)
        return body


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest has no type information
    """A part of the API."""

    ARGUMENTS_PARSER = CarefulParser()


room = Room("api_v1", audience="any")


def behind_door(guard: Guard) -> Callable[[View], View]:
    """Put a view behind the door; the outer decorators read and write its schemas."""

    def hang(view: View) -> View:
        passage = Dispatch(view, guard, room.audience, room.name)
        room.guards[f"{view.__module__.rpartition('.')[2]}.{view.__name__}"] = guard
        return functools.wraps(view)(functools.partial(passage))

    return hang

"""Dossiers and tasks at the border. Numbers of identity papers do not cross it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from admin_ui.schemas.fields import TextSchema, Words

WHICH = ("all", "needs_me", "open", "draft", "finished")


class DossierQuery(Schema):
    """Filter and paging of one's own dossiers."""

    which = fields.String(load_default="all", validate=validate.OneOf(WHICH))
    q = Words(load_default="", validate=validate.Length(max=100))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class DossierCardSchema(Schema):
    """One dossier in the list."""

    id = fields.String()
    code = fields.String(allow_none=True)
    procedure_code = fields.String()
    procedure_name = fields.Nested(TextSchema)
    status = fields.Integer(metadata={"description": "National status 1–10; 0 while a draft"})
    status_label = fields.Nested(TextSchema)
    plain = fields.Nested(TextSchema)
    needs_me = fields.Boolean()
    updated_at = fields.AwareDateTime()
    submitted_at = fields.AwareDateTime(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)


class DossierPageSchema(Schema):
    """One page of one's own dossiers."""

    total = fields.Integer()
    page = fields.Integer(attribute="number")
    size = fields.Integer()
    dossiers = fields.List(fields.Nested(DossierCardSchema), attribute="rows")


class TimelineSchema(Schema):
    """One event in plain words."""

    at = fields.AwareDateTime()
    text = fields.Nested(TextSchema)
    who = fields.Nested(TextSchema)


class DossierSchema(Schema):
    """One dossier as its owner sees it."""

    id = fields.String()
    code = fields.String(allow_none=True)
    procedure_code = fields.String(attribute="procedure.code")
    status = fields.Integer()
    status_label = fields.Nested(TextSchema)
    plain = fields.Nested(TextSchema)
    who_holds_it = fields.Nested(TextSchema)
    next_step = fields.Nested(TextSchema)
    submitted_at = fields.AwareDateTime(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    total_vnd = fields.Integer(attribute="fee.total_vnd")
    can = fields.Function(lambda view: sorted(view.can))
    timeline = fields.List(fields.Nested(TimelineSchema))


class QueueQuery(Schema):
    """Which queue, and where to go on."""

    which = fields.String(
        load_default="unit", validate=validate.OneOf(("mine", "unit", "office", "waiting", "due_soon", "failed_jobs"))
    )
    q = Words(load_default="", validate=validate.Length(max=100))
    cursor = Words(load_default=None, allow_none=True, validate=validate.Length(max=200))


class TaskSchema(Schema):
    """One task in the queue."""

    task_id = fields.String()
    dossier_id = fields.String()
    dossier_code = fields.String()
    procedure_code = fields.String()
    name = fields.Nested(TextSchema)
    role = fields.String()
    assignee_name = fields.String(allow_none=True)
    due_at = fields.AwareDateTime(allow_none=True)
    overdue = fields.Boolean()


class QueueSchema(Schema):
    """One page of the queue."""

    tasks = fields.List(fields.Nested(TaskSchema), attribute="rows")
    next_cursor = fields.String(allow_none=True)


class CompletionSchema(Schema):
    """What an official decided; only fields the step's form declares are taken."""

    outputs = fields.Dict(keys=Words(), values=Words(), load_default=dict)
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(0, 2**31))


class CompletedSchema(Schema):
    """What the completed step led to."""

    dossier_id = fields.String()
    dossier_code = fields.String()
    ended = fields.Boolean()


class ProblemSchema(Schema):
    """Every error of the API."""

    code = fields.Integer(metadata={"description": "HTTP status"})
    message = fields.String(metadata={"description": "A sentence in the language asked for"})
    errors = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"description": "By field"})

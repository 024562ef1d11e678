"""Procedures and quotes at the border."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from admin_ui.schemas.fields import TextSchema, Words


class PageQuery(Schema):
    """Search and paging."""

    q = Words(load_default="", validate=validate.Length(max=200))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))


class ProcedureCardSchema(Schema):
    """One procedure in the catalogue."""

    code = fields.String()
    name = fields.Nested(TextSchema)
    sector = fields.Nested(TextSchema)
    agency = fields.Nested(TextSchema)
    level = fields.String(metadata={"description": "toan_trinh | mot_phan"})
    limit = fields.Nested(TextSchema, attribute="limit_text")


class ProcedurePageSchema(Schema):
    """One page of the catalogue."""

    total = fields.Integer()
    page = fields.Integer(attribute="number")
    size = fields.Integer()
    approximate = fields.Boolean()
    procedures = fields.List(fields.Nested(ProcedureCardSchema), attribute="rows")


class ComponentSchema(Schema):
    """A paper the procedure asks for."""

    code = fields.String()
    name = fields.Nested(TextSchema)
    note = fields.Nested(TextSchema, allow_none=True)
    accept = fields.List(fields.String())
    max_mb = fields.Integer()


class ProcedureSchema(Schema):
    """One procedure."""

    code = fields.String(attribute="procedure.code")
    name = fields.Nested(TextSchema, attribute="procedure.names")
    sector = fields.Nested(TextSchema, attribute="procedure.sector")
    agency = fields.Nested(TextSchema, attribute="procedure.agency")
    level = fields.String(attribute="procedure.level")
    level_reason = fields.Nested(TextSchema, attribute="procedure.level_reason", allow_none=True)
    limit = fields.Nested(TextSchema, attribute="limit_text")
    components = fields.List(fields.Nested(ComponentSchema))


class QuoteQuery(Schema):
    """Facts for a quote; which ones are needed is said when one is missing."""

    submitted_at = fields.AwareDateTime(
        required=False, load_default=None, metadata={"description": "Instant with offset; now when left out"}
    )
    facts = fields.Dict(keys=Words(), values=fields.Raw(), load_default=dict)


class QuoteSchema(Schema):
    """A quote: total and lines in đồng, every step with its sentence and legal basis."""

    total_vnd = fields.Integer(required=True)
    lines = fields.List(fields.Dict(), required=True)
    schedule_hash = fields.String()

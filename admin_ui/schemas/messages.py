"""What becomes of a message to us."""

from __future__ import annotations

from marshmallow import Schema, fields


class MessageTakenSchema(Schema):
    """`outcome`: taken, waiting, late, noted, unclaimed, or again when it had come before."""

    outcome = fields.String(required=True)

"""Field kinds of the API that marshmallow does not bring."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields

from engine.domain.signs import WRITABLE_PATTERN, is_writable


class Words(fields.String):
    """Text that can be written down: no lone surrogates, no control signs but line breaks and tabs."""

    def __init__(self, **given: Any) -> None:
        metadata = {"pattern": WRITABLE_PATTERN, **given.pop("metadata", {})}
        super().__init__(**given, metadata=metadata)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        words = super()._deserialize(value, attr, data, **kwargs)
        if words is None or not is_writable(words):
            raise ValidationError("Có ký tự không dùng được. / Contains signs that cannot be stored.")
        return str(words)


class TextSchema(Schema):
    """A text in both languages."""

    vi = fields.String(metadata={"description": "Tiếng Việt"})
    en = fields.String(metadata={"description": "English"})

"""Field kinds of the API that marshmallow does not bring."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields


class Words(fields.String):
    """Text that can be written down: no lone surrogates, no control signs but line breaks and tabs."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        words = super()._deserialize(value, attr, data, **kwargs)
        if words is None or any(_unwritable(sign) for sign in words):
            raise ValidationError("Có ký tự không dùng được. / Contains signs that cannot be stored.")
        return str(words)


def _unwritable(sign: str) -> bool:
    point = ord(sign)
    return 0xD800 <= point <= 0xDFFF or (point < 32 and sign not in "\n\r\t") or point == 127


class TextSchema(Schema):
    """A text in both languages."""

    vi = fields.String(metadata={"description": "Tiếng Việt"})
    en = fields.String(metadata={"description": "English"})

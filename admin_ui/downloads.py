"""Files leave the house as downloads only: never shown inside our own pages, never guessed at by the browser."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Response


def attachment(response: Response, name: str, content_type: str) -> Response:
    """Mark an answer as a file to keep, named in any script."""
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = bare.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "tai-lieu"
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Files leave the house as downloads, or shown alone in a frame of our own pages; never guessed at by the browser."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote

from flask import Response

_NOTHING_RUNS: Final = "default-src 'none'"
_IN_OUR_FRAME: Final = "frame-ancestors 'self'"


def attachment(response: Response, name: str, content_type: str) -> Response:
    """Mark an answer as a file to keep, named in any script."""
    response = _file(response, "attachment", name, content_type)
    response.headers["Content-Security-Policy"] = f"{_NOTHING_RUNS}; sandbox"
    return response


def shown(response: Response, name: str, content_type: str, *, ours: bool = False) -> Response:
    """Mark an answer as a paper that a frame of our own pages may show.

    `ours`: made by this office; what others sent is locked up, should a browser take it for more than it is.
    """
    response = _file(response, "inline", name, content_type)
    locked = "" if ours else "; sandbox"
    response.headers["Content-Security-Policy"] = f"{_NOTHING_RUNS}{locked}; {_IN_OUR_FRAME}"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def framed(page: Response) -> Response:
    """Mark a small page of our own around a picture as one that our frame may show; nothing in it runs."""
    policy = f"{_NOTHING_RUNS}; img-src 'self'; style-src 'self'; font-src 'self'; {_IN_OUR_FRAME}"
    page.headers["Content-Security-Policy"] = policy
    page.headers["X-Frame-Options"] = "SAMEORIGIN"
    return page


def _file(response: Response, how: str, name: str, content_type: str) -> Response:
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    plain = bare.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "tai-lieu"
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Pages and other texts made for one request, with gzip.

What an attacker may have written into a page must not be compressed together with what is secret of its reader: the
length would tell (BREACH). A foreign page can only choose an address, so an answer to a signed-in person whose address
has a query goes out as it is, and so does every answer to a form. See docs/decisions/0017.
"""

from __future__ import annotations

import gzip
from typing import Final

from flask import Response, g, request

_TYPES: Final = frozenset({"text/html", "text/css", "application/xml", "application/json", "image/svg+xml"})
_LEAST: Final = 1000  # bytes; below, the frame costs more than it saves
_LEVEL: Final = 5


def compress(response: Response) -> Response:
    """Make the answer smaller, if it is a text and nothing can be learnt from its length."""
    if response.mimetype not in _TYPES or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    if not (request.accept_encodings["gzip"] and _tells_nothing(response)):
        return response
    body = response.get_data()
    if len(body) >= _LEAST:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _tells_nothing(response: Response) -> bool:
    """Whether no stranger has had a word in it that its reader's own data stand beside."""
    ask = g.get("ask")
    known = ask is not None and ask.actor is not None
    plain = request.method in ("GET", "HEAD") and not (known and request.query_string)
    return plain and not {"Content-Disposition", "Content-Encoding"} & set(response.headers.keys())

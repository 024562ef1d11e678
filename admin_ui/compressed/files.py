"""Files of the front end: beside each text the build leaves one made with Brotli and one with gzip."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import Final

from flask import Flask, Response, request
from werkzeug.security import safe_join

ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}  # what we would rather send, first
_BY_CONTENT: Final = re.compile(r"/static/dist/[^/]+-[\w-]{8}\.\w+\Z")


class StaticFiles(Flask):
    """Flask, whose static files go out as the browser can take them."""

    def send_static_file(self, filename: str) -> Response:
        """The file, or its smaller twin where the build left one and the browser knows how to open it."""
        for encoding, ending in ENCODINGS.items():
            if request.accept_encodings[encoding] and self._is_there(filename + ending):
                response = super().send_static_file(filename + ending)
                response.headers["Content-Encoding"] = encoding
                response.headers["Content-Type"] = _type_of(filename)
                break
        else:
            response = super().send_static_file(filename)
        response.vary.add("Accept-Encoding")
        return response

    def _is_there(self, filename: str) -> bool:
        path = safe_join(str(self.static_folder), filename)
        return path is not None and Path(path).is_file()


def is_named_by_content(path: str) -> bool:
    """Whether a file has a new name whenever it has a new content: such a file may be kept for ever."""
    return _BY_CONTENT.match(path) is not None


def _type_of(filename: str) -> str:
    found = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found

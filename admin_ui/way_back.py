"""Where a person goes back to: our own pages only."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request


def back_here(address: str) -> str:
    """An address of our own pages, or the home page: never a way out to somebody else's site."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    clean = ours and not any(ord(sign) < 32 for sign in address) and len(address) <= 500
    return address if clean and request.path != address else "/"

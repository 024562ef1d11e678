"""Where a person goes back to: our own pages only."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request, url_for


def own_path(address: str) -> str:
    """An address of our own pages, or the home page: never a way out to somebody else's site."""
    try:
        parts = urlsplit(address)
    except ValueError:  # "//[" looks like the beginning of an IPv6 address
        return "/"
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    clean = ours and not any(ord(sign) < 32 for sign in address) and len(address) <= 500
    return address if clean and request.path != address else "/"


def this_page(fallback: str) -> str:
    """The address at which this very page can be had again; `fallback` where it only takes forms."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    adapter = current_app.create_url_adapter(request)
    return request.path if adapter is not None and adapter.test(method="GET") else fallback


def sign_in_address() -> str:
    """The citizens' sign-in, and from there back to this page; home again from a page that only takes forms."""
    back = request.path if request.method == "GET" and request.path != url_for("portal.sign_in_page") else "/"
    return url_for("portal.sign_in_page", return_to=back)

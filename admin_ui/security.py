"""Headers, hosts and limits of every answer."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the QR code of a receipt and Bootstrap's own small icons
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self' {forms}",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# bpmn-js writes inline style attributes while it draws; only pages that show a diagram allow them.
DIAGRAM_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LONG_LIVED = "public, max-age=31536000, immutable"


def protect(app: Flask, form_targets: tuple[str, ...], secure: bool) -> None:
    """Put the headers on every answer. `form_targets`: where a posted form may be redirected (identity providers)."""
    forms = " ".join(form_targets)

    def add_headers(response: Response) -> Response:
        policy = DIAGRAM_POLICY if response.headers.pop("X-Motcua-Diagram", None) else POLICY
        response.headers.setdefault("Content-Security-Policy", policy.format(forms=forms).strip())
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.path.startswith("/static/dist/") and response.status_code == 200:
            response.headers["Cache-Control"] = LONG_LIVED
        elif not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add_headers)


def check_hosts(app: Flask, allowed: frozenset[str]) -> None:
    """Answer only to our own names: a forged Host header must not end up in a link. Empty: any name."""

    def refuse_strangers() -> None:
        host = request.host.rsplit(":", 1)[0] if not request.host.startswith("[") else request.host
        if allowed and host not in allowed:
            raise SecurityError("unknown host")

    app.before_request(refuse_strangers)

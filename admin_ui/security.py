"""Headers, hosts and limits of every answer."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError

from admin_ui.compressed import is_named_by_content
from engine.domain.errors import Forbidden
from engine.domain.text import Text

NOT_BEHIND_A_PROXY = Text(
    "Hệ thống đang ở chế độ luyện tập (mật khẩu mẫu ai cũng biết) nên không phục vụ qua máy chủ trung gian. "
    "Để vận hành thật, hãy khởi động không có MOTCUA_PRACTICE=on.",
    "This is practice (everybody knows the sample passwords) and is not served through a proxy. "
    "To work in earnest, start without MOTCUA_PRACTICE=on.",
)
_ASKED_BY_MACHINES = ("/healthz", "/readyz")  # no link leads out of them
_MARKS_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")

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
FRAMES = "; frame-src 'self'"  # only pages that show papers beside the work
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
        policy += FRAMES if response.headers.pop("X-Motcua-Frames", None) else ""
        response.headers.setdefault("Content-Security-Policy", policy.format(forms=forms).strip())
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if is_named_by_content(request.path) and response.status_code == 200:
            response.headers["Cache-Control"] = LONG_LIVED
        elif not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.after_request(add_headers)


def check_hosts(app: Flask, allowed: frozenset[str], practice: bool) -> None:
    """Answer only to our own names: a forged Host header must not end up in a link. Empty: any name.

    In practice also only to who sits at this machine: a proxy in front would let others in.
    """

    def refuse_strangers() -> None:
        if request.path in _ASKED_BY_MACHINES:
            return
        host = (
            request.host.rsplit(":", 1)[0] if not request.host.startswith("[") else request.host.partition("]")[0] + "]"
        )
        if allowed and host not in allowed:
            raise SecurityError("unknown host")
        if practice and any(name in request.headers for name in _MARKS_OF_A_PROXY):
            raise Forbidden(NOT_BEHIND_A_PROXY)

    app.before_request(refuse_strangers)

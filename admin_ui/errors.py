"""One table from error to status and page. Errors speak to the person; only here do they meet HTTP."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from admin_ui.cookies import opened_before_sign_in
from admin_ui.kept import goes_on, keep_posted
from admin_ui.language import current_language
from connectors.errors import ConnectorError, WebhookRefused
from engine.domain import errors as office
from engine.domain.text import Text
from rules.errors import RulesError

log = structlog.get_logger("web")

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (office.NotFound, 404),
    (office.DutiesFirst, 403),
    (office.Forbidden, 403),
    (office.SignInNeeded, 401),
    (office.NotYet, 409),
    (office.WrongState, 409),
    (office.Stale, 409),
    (office.Conflict, 409),
    (office.Invalid, 422),
    (office.TooLarge, 413),
    (office.AddressTooLong, 414),
    (office.TooMany, 429),
    (office.Unreachable, 503),
    (office.MotcuaError, 400),
    (WebhookRefused, 422),
    (ConnectorError, 503),
    (RulesError, 422),
)


def answer_errors(app: Flask) -> None:
    """Let every error end in a page a person can act on."""
    app.register_error_handler(office.MotcuaError, _ours)
    app.register_error_handler(ConnectorError, _ours)
    app.register_error_handler(RulesError, _ours)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: Exception) -> int:
    """The HTTP status of one of our errors."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def heading_of(status: int) -> str:
    """The heading of an error's page."""
    known = {
        403: _("Bạn không có quyền làm việc này"),
        404: _("Không tìm thấy"),
        409: _("Hồ sơ vừa thay đổi"),
        413: _("Tệp quá lớn"),
        429: _("Xin chờ một lát"),
        503: _("Tạm thời chưa kết nối được"),
    }
    return str(known.get(status, _("Hệ thống gặp lỗi") if status >= 500 else _("Chưa thực hiện được")))


def sentence_of(error: Exception) -> str:
    """What one of our errors says to this person."""
    if isinstance(error, office.MotcuaError):
        return error.message.in_language(current_language())
    vi, en = getattr(error, "message_vi", ""), getattr(error, "message_en", "")
    return Text(str(vi), str(en)).in_language(current_language())


def _ours(error: Exception) -> Response:
    status = status_of(error)
    if isinstance(error, office.SignInNeeded) and not _wants_json():
        return _sign_in()
    if isinstance(error, office.DutiesFirst) and not _wants_json():
        return make_response(redirect(url_for("desk.account"), code=303))
    if status >= 500:
        log.warning("unreachable", error=type(error).__name__)
    fields = error.fields if isinstance(error, office.Invalid) else {}
    response = page(status, sentence_of(error), {name: _text(words) for name, words in fields.items()})
    if isinstance(error, office.TooMany):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def _text(words: Text) -> str:
    return words.in_language(current_language())


def _sign_in() -> Response:
    """A GET goes to the sign-in page and back. What a POST held is kept, and put back after the sign-in.

    A password is never kept, neither in the record nor in a page that may stay open on a desk.
    """
    room = "desk" if _room_is_staff() else "portal"
    page = f"{room}.sign_in_page"
    if request.method in ("GET", "HEAD"):
        return make_response(redirect(url_for(page, return_to=request.full_path.rstrip("?")), code=303))
    if _holds_password():
        return make_response(redirect(url_for(page), code=303))
    begins = goes_on(request.endpoint)
    key = keep_posted(g.ask, "staff" if room == "desk" else "citizen", of_nobody=begins)
    sign_in = url_for(page, return_to=url_for(f"{room}.kept_form", key=key) if key else "/")
    if key and begins:
        return make_response(redirect(sign_in, code=303))
    files = [file.filename for file in request.files.values() if file.filename]
    shown = {"sign_in": sign_in, "kept": key is not None, "fields": _typed(), "files": files}
    return make_response(render_template("shell/sign_in_again.html", **shown), 401)


def _holds_password() -> bool:
    return "password" in request.form


def _typed() -> list[tuple[str, str]]:
    """What the form held, without the page's protection token."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def _room_is_staff() -> bool:
    ask = g.get("ask")
    return bool(ask and ask.room in ("desk", "system", "studio", "fees"))


def _csrf(error: CSRFError) -> Response:
    """A form that was open before this browser signed in is shown once more, to be sent by hand: nothing is lost."""
    bare = not (request.files or _wants_json() or _holds_password())
    if bare and opened_before_sign_in(request.form.get("csrf_token", "")):
        return make_response(render_template("shell/send_again.html", fields=_typed(), action=request.path), 400)
    return page(
        400, _("Trang này đã mở quá lâu hoặc trình duyệt chặn cookie. Hãy quay lại, tải lại trang rồi gửi một lần nữa.")
    )


def _too_large(error: RequestEntityTooLarge) -> Response:
    """Read the rest, up to a bound: a browser that is cut off while sending shows no sentence at all."""
    left = 200 * 1024 * 1024
    while left > 0 and (chunk := request.environ["wsgi.input"].read(min(left, 1024 * 1024))):
        left -= len(chunk)
    if (request.content_length or 0) <= current_app.config["MAX_CONTENT_LENGTH"]:
        return page(413, _("Biểu mẫu gửi lên có quá nhiều chữ hoặc quá nhiều mục. Hãy rút ngắn rồi gửi lại."))
    return page(
        413,
        _(
            "Tệp gửi lên quá lớn. Mỗi tệp tối đa %(size)s MB: hãy nén PDF, chụp ảnh ở độ phân giải thấp hơn hoặc "
            "tách tệp.",
            size=current_app.extensions["motcua"].settings.max_upload_mb,
        ),
    )


def _too_many(error: RateLimitExceeded) -> Response:
    response = page(429, _("Bạn thao tác quá nhanh. Hãy chờ một phút rồi thử lại; nội dung đã lưu không bị mất."))
    response.headers["Retry-After"] = "60"
    return response


def _http(error: HTTPException) -> Response:
    """Werkzeug's own: pass redirects on, say the rest in our words and keep headers such as Allow."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    words = {
        404: _("Không có trang này. Có thể địa chỉ gõ sai hoặc trang đã chuyển đi nơi khác."),
        405: _("Địa chỉ này không nhận thao tác vừa gửi. Hãy quay lại và dùng nút trên trang."),
        400: _("Yêu cầu gửi lên không đọc được. Hãy quay lại và thử lại."),
        422: _("Thông tin chưa hợp lệ. Vui lòng xem lại các mục được đánh dấu."),
    }
    response = page(error.code, words.get(error.code, words[400]), _field_words(error))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _field_words(error: HTTPException) -> dict[str, str]:
    """What the API's schemas found wrong, by field."""
    found = (getattr(error, "data", None) or {}).get("messages") or {}
    places = [place for place in found.values() if isinstance(place, dict)]
    return {str(name): "; ".join(map(str, words)) for place in places for name, words in place.items()}


def _unexpected(error: Exception) -> Response:
    found = (type(error), error, error.__traceback__)
    log.error("unexpected", exc_info=found, path=request.url_rule.rule if request.url_rule else "?")
    return page(500, _("Hệ thống gặp lỗi ngoài dự kiến. Nội dung đã lưu không bị mất; hãy thử lại sau ít phút."))


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.headers.get("X-Autosave") == "1"


def page(status: int, sentence: str, fields: dict[str, str] | None = None) -> Response:
    """The error as a page, or as JSON where a program asked."""
    if _wants_json():
        body = {"code": status, "message": sentence, "errors": fields or {}}
        return make_response(body, status)
    home = "/desk" if _room_is_staff() else "/"
    html = render_template(
        "shell/error.html",
        status=status,
        heading=heading_of(status),
        sentence=sentence,
        fields=fields or {},
        home=home,
    )
    return make_response(html, status)

"""The web application: rooms behind one door. `create_app` serves any choice of rooms, so that production can run
citizens and staff as two processes with two cookies and two sets of limits."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import Babel, gettext
from werkzeug.middleware.proxy_fix import ProxyFix

from admin_ui import assets, formats
from admin_ui.compressed import StaticFiles, compress
from admin_ui.cookies import PAGE, full_name
from admin_ui.dispatch import keep_session
from admin_ui.errors import answer_errors
from admin_ui.health import health
from admin_ui.input_guard import MAX_FIELDS, check_input
from admin_ui.kept import remember_person
from admin_ui.labels import options
from admin_ui.language import current_language, other_language
from admin_ui.limits import csrf, limiter
from admin_ui.rooms import ROOMS, may_open, register
from admin_ui.safe_redirect import sign_in_address, this_page
from admin_ui.security import check_hosts, protect
from admin_ui.web_log import keep_log
from engine.bootstrap import Platform, build
from engine.domain import wordless_log
from engine.domain.text import Text
from engine.jobs.redis_wakeup import make_notifier
from engine.private_files import write_privately
from engine.settings import Settings

TIMES_THE_LARGEST_PAPER = 3.2  # so that a file three times too large is still read, and refused beside its slot


def create_app(platform: Platform, rooms: Collection[str] = ROOMS) -> Flask:
    """A web application for these rooms of the platform."""
    app = StaticFiles("admin_ui", root_path=str(Path(__file__).parent))
    settings = platform.settings
    app.extensions["motcua"] = platform
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=full_name(PAGE, settings.secure_cookies),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=max_request_bytes(settings),
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=MAX_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open for a day; the token lives as long as the browser session
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    app.after_request(compress)  # hung up first, it is asked last
    keep_log(app, settings.log_level)
    check_input(app)
    Babel(app, locale_selector=current_language)
    csrf.init_app(app)
    limiter.init_app(app)
    _words(app, platform)
    register(app, rooms)
    answer_errors(app)  # after the rooms: the API library hangs up its own answers, ours replace them
    app.register_blueprint(health)
    app.after_request(keep_session)
    app.after_request(remember_person)
    protect(app, _form_targets(platform), settings.secure_cookies)
    check_hosts(app, frozenset(settings.trusted_hosts), settings.practice)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's way
    return app


def max_request_bytes(settings: Settings) -> int:
    """The longest body that is read and worked on."""
    return int(TIMES_THE_LARGEST_PAPER * settings.max_upload_mb * 1024 * 1024)


def create_wsgi() -> Flask:
    """What gunicorn loads: the platform from the environment, the rooms the settings name."""
    wordless_log.install()
    write_privately()
    settings = Settings.from_env()
    return create_app(build(settings, make_notifier=make_notifier), settings.rooms)


def _words(app: Flask, platform: Platform) -> None:
    app.jinja_env.filters.update(formats.FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=gettext,
        scripts=assets.scripts,
        styles=assets.styles,
        lang=current_language,
        other_language=other_language,
        options=options,
        may_open=may_open,
        this_page=this_page,
        sign_in_address=sign_in_address,
        remaining=formats.remaining,
        answers=formats.answers,
        office_name=Text(platform.settings.office_name_vi, platform.settings.office_name_en),
        practice=platform.settings.practice,
        fee_account=platform.settings.fee_account,
        now=platform.clock.now,
    )


def _form_targets(platform: Platform) -> tuple[str, ...]:
    """Origins of the identity providers: the sign-in form's answer redirects there."""
    return tuple(dict.fromkeys(_origin(provider.seen_at) for provider in platform.registry.identities))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"

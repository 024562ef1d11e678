"""Signing in through an identity provider, and out again."""

from __future__ import annotations

import secrets
from dataclasses import replace

from flask import Response, make_response, redirect, url_for

from admin_ui.cookies import CITIZEN, drop_cookie, new_forms, read_cookie, set_cookie
from admin_ui.device_name import device_name
from admin_ui.guard import anyone, citizen_only
from admin_ui.kept import go_on, kept_key, put_back
from admin_ui.limits import SIGN_IN, limiter
from admin_ui.portal.blueprint import room
from admin_ui.request_context import RequestContext
from admin_ui.safe_redirect import own_path
from connectors.errors import ConnectorError
from engine.actions.accounts import (
    BeginSignIn,
    ClaimSignIn,
    SignedIn,
    SignIn,
    SignInAttempt,
    SignInRefused,
    SignOut,
    begin_sign_in,
    claim_sign_in,
    sign_out,
)
from engine.actions.accounts import sign_in as take_in
from engine.domain.actor import Actor, ActorKind
from engine.domain.text import Text
from engine.queries.accounts import sessions

BROWSER_COOKIE = "motcua_sign_in"
ATTEMPT_S = 15 * 60
HINT_COOKIE = "motcua_sign_out"  # the provider's word of this sign-in, sealed: it says there whose session ends
LONGEST_HINT = 2600  # sealed still below the 4,096 signs that browsers keep of a cookie


@room.route("/sign-in", anyone)
def sign_in_page(ask: RequestContext) -> Response:
    """Choose a provider."""
    return_to = own_path(ask.query.get("return_to", "/"))
    if ask.actor:
        return make_response(redirect(_target(return_to), code=303))
    providers = ask.platform.registry.identities
    kept = kept_key(return_to) is not None
    return ask.render("portal/sign_in.html", providers=providers, return_to=return_to, refusal=None, kept=kept)


@room.route("/sign-in/<provider>", anyone, methods=("POST",), steps=True)
@limiter.limit(SIGN_IN)
def begin(ask: RequestContext, provider: str) -> Response:
    """Off to the provider. The attempt is bound to this browser by a cookie."""
    browser = read_cookie(BROWSER_COOKIE) or secrets.token_urlsafe(24)
    chosen = ask.platform.registry.identity(provider)
    return_to = own_path(ask.form.get("return_to", "/"))
    begun = ask.transact(lambda tx: begin_sign_in(tx, ask.platform.office, BeginSignIn(provider, browser, return_to)))
    address = chosen.authorization_url(
        state=begun.state, nonce=begun.nonce, code_verifier=begun.code_verifier, redirect_uri=_callback(ask, provider)
    )
    response = make_response(redirect(address, code=303))
    set_cookie(response, BROWSER_COOKIE, browser, ATTEMPT_S)
    return response


@room.route("/sign-in/<provider>/callback", anyone, steps=True)
@limiter.limit(SIGN_IN)
def callback(ask: RequestContext, provider: str) -> Response:
    """Back from the provider: use the attempt up, ask the provider who it was, open a session."""
    browser = read_cookie(BROWSER_COOKIE)
    claim = ClaimSignIn(ask.query.get("state", ""), browser)
    attempt = ask.transact(lambda tx: claim_sign_in(tx, ask.platform.office, claim))
    if not isinstance(attempt, SignInAttempt):
        return _refused(ask, attempt.message)
    if attempt.provider != provider:
        return _refused(ask, Text("Lượt đăng nhập không khớp. Hãy đăng nhập lại.", "This sign-in does not match."))
    try:
        chosen = ask.platform.registry.identity(provider)
        identity = chosen.exchange(
            code=chosen.code_from(ask.query),
            nonce=attempt.nonce,
            code_verifier=attempt.code_verifier,
            redirect_uri=_callback(ask, provider),
        )
    except ConnectorError as error:
        return _refused(ask, Text(error.message_vi, error.message_en), attempt.return_to)
    signed = ask.transact(lambda tx: take_in(tx, ask.platform.office, SignIn(identity, device_name())))
    if isinstance(signed, SignInRefused):
        return _refused(ask, signed.message, attempt.return_to)
    response = _way_on(ask, signed, attempt.return_to)
    hours = ask.platform.settings.session_hours
    set_cookie(response, CITIZEN, signed.token, hours * 3600)
    if 0 < len(identity.id_token) <= LONGEST_HINT:  # sealed: it names the person, and a browser keeps it
        sealed = ask.platform.office.box.seal(identity.id_token, _hint_of(signed.session_id))
        set_cookie(response, HINT_COOKIE, sealed, hours * 3600)
    drop_cookie(response, BROWSER_COOKIE)
    new_forms()
    return response


def _way_on(ask: RequestContext, signed: SignedIn, return_to: str) -> Response:
    """Back to where the sign-in was asked for; what was asked for there is done, if it needs nothing more."""
    person = replace(ask, actor=Actor(ActorKind.CITIZEN, signed.account_id, signed.name), session_id=signed.session_id)
    key = kept_key(return_to)
    return (go_on(person, key) if key else None) or make_response(redirect(_target(return_to), code=303))


def _target(return_to: str) -> str:
    return return_to if return_to != "/" else url_for("portal.my_dossiers")


@room.route("/kept/<key>", citizen_only, steps=True)
def kept_form(ask: RequestContext, key: str) -> Response:
    """What was typed when the session had ended, in its own page."""
    return put_back(ask, key)


@room.route("/sign-out", citizen_only, methods=("POST",), steps=True)
def leave(ask: RequestContext) -> Response:
    """End this session here and then the provider's, if it has a page for that: the next at this computer is nobody."""
    provider = ask.look(lambda tx: sessions.account(tx, ask.who).provider)
    ask.transact(lambda tx: sign_out(tx, ask.platform.office, SignOut(ask.who, ask.session_id or "")))
    ask.say(Text("Bạn đã đăng xuất.", "You are signed out."), "info")
    elsewhere = _end_at(ask, provider)
    response = make_response(redirect(elsewhere, code=303)) if elsewhere else ask.go("portal.home")
    drop_cookie(response, CITIZEN)
    drop_cookie(response, HINT_COOKIE)
    new_forms()
    return response


def _end_at(ask: RequestContext, provider: str) -> str | None:
    """The provider's sign-out page; None when it has none or does not answer: here the session has ended anyway."""
    try:
        chosen = ask.platform.registry.identity(provider)
        home = ask.own_url("portal.home")
        hint = ask.platform.office.box.open(read_cookie(HINT_COOKIE), _hint_of(ask.session_id or "")) or ""
        state = secrets.token_urlsafe(16)
        return chosen.end_session_url(post_logout_redirect_uri=home, state=state, id_token=hint)
    except ConnectorError:
        return None


def _hint_of(session_id: str) -> str:
    return f"sign-out {session_id}"


def _refused(ask: RequestContext, message: Text, return_to: str = "/") -> Response:
    providers = ask.platform.registry.identities
    return ask.render("portal/sign_in.html", 400, providers=providers, return_to=return_to, refusal=message, kept=False)


def _callback(ask: RequestContext, provider: str) -> str:
    """Under our own address, whatever name this request came under: the provider knows only that one."""
    return ask.own_url("portal.callback", provider=provider)

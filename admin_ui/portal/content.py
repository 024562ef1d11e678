"""Guides, news, the poll, and the language switch."""

from __future__ import annotations

from flask import Response, request

from admin_ui.cookies import set_cookie
from admin_ui.guard import anyone
from admin_ui.language import COOKIE, LANGUAGES
from admin_ui.limits import VOTE, limiter
from admin_ui.portal.blueprint import room
from admin_ui.portal.home import home_page
from admin_ui.portal.visitor import give_token, voter
from admin_ui.request_context import RequestContext
from admin_ui.safe_redirect import own_path
from engine.actions.accounts import ChooseLanguage, choose_language
from engine.actions.portal import VoteInPoll, vote_in_poll
from engine.domain.errors import Invalid, NotFound
from engine.domain.text import Text
from engine.queries.portal import portal_home

YEAR_S = 365 * 24 * 3600


@room.route("/guides/<slug>", anyone)
def guide(ask: RequestContext, slug: str) -> Response:
    """One guide."""
    return ask.render("portal/article.html", article=portal_home.article(ask.tx, slug))


@room.route("/news/<slug>", anyone)
def news(ask: RequestContext, slug: str) -> Response:
    """One piece of news."""
    return ask.render("portal/article.html", article=portal_home.article(ask.tx, slug))


def _poll_again(ask: RequestContext, poll_id: str, error: Invalid) -> Response:
    return home_page(ask, error)


@room.route("/polls/<poll_id>", anyone, methods=("POST",), again=_poll_again)
@limiter.limit(VOTE)
def vote(ask: RequestContext, poll_id: str) -> Response:
    """One vote per account or browser; then the results."""
    chosen = ask.form.get("option", "")
    if not chosen:
        raise Invalid({"option": Text("Hãy chọn một câu trả lời.", "Choose an answer.")})
    response = ask.go("portal.home", _anchor="poll")
    token = voter(ask) or give_token(ask, response)
    place = "" if ask.actor else request.remote_addr or ""
    vote_in_poll(ask.tx, ask.platform.office, VoteInPoll(poll_id, chosen, token, place))
    ask.say(Text("Cảm ơn bạn đã góp ý.", "Thank you for your answer."))
    return response


@room.route("/lang/<language>", anyone, methods=("POST",))
def language(ask: RequestContext, language: str) -> Response:
    """Switch the language and stay where one was; the account remembers."""
    if language not in LANGUAGES:
        raise NotFound()
    if ask.actor:
        choose_language(ask.tx, ask.platform.office, ChooseLanguage(ask.actor, language))
    response = ask.go("portal.home")
    response.headers["Location"] = own_path(ask.form.get("return_to", "/"))
    set_cookie(response, COOKIE, language, YEAR_S)
    return response

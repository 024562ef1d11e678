"""Dịch vụ công trực tuyến: the catalogue, and one procedure's page."""

from __future__ import annotations

from flask import Response, make_response

from admin_ui.downloads import attachment
from admin_ui.guard import anyone, citizen_only
from admin_ui.limits import LOOK_UP, limiter
from admin_ui.portal.blueprint import room
from admin_ui.request_context import RequestContext
from engine.actions.filing import StartDraft, start_draft
from engine.domain.errors import Invalid
from engine.queries.dossier import file_access, open_drafts
from engine.queries.portal import FeeExample, catalogue
from rules.fees import Quote


def page_number(ask: RequestContext) -> int:
    """The page of the address; nonsense counts as the first."""
    raw = ask.query.get("page", "1")
    return min(max(int(raw), 1), 100_000) if raw.isascii() and raw.isdigit() and len(raw) < 7 else 1


@room.route("/procedures", anyone)
def procedures(ask: RequestContext) -> Response:
    """Search that forgives accents and spelling; filter by field; paging."""
    text = ask.query.get("q", "").strip()[:200]
    sector = ask.query.get("sector", "")[:200]
    found = catalogue.search(ask.tx, text, lang=ask.lang, page=page_number(ask), sector=sector or None)
    return ask.render(
        "portal/procedures.html", found=found, text=text, sector=sector, sectors=catalogue.sectors(ask.tx)
    )


@room.route("/procedures/<code>", anyone)
def procedure(ask: RequestContext, code: str) -> Response:
    """Papers, fee with its reason, deadline, level, legal basis; printable."""
    view = catalogue.procedure_page(ask.tx, ask.platform.office, code)
    return ask.render("portal/procedure.html", view=view, procedure=view.procedure, fees=by_price(view.fees))


def by_price(fees: tuple[FeeExample, ...]) -> list[tuple[list[str], Quote]]:
    """The channels that cost the same for the same reasons stand together."""
    groups: dict[object, tuple[list[str], Quote]] = {}
    for example in fees:
        reasons = tuple(step.sentence for line in example.quote.lines for step in line.steps)
        channels, _quote = groups.setdefault((example.quote.total, reasons), ([], example.quote))
        channels.append(example.channel)
    return list(groups.values())


@room.route("/procedures/<code>/declaration.pdf", anyone)
@limiter.limit(LOOK_UP)
def blank_declaration(ask: RequestContext, code: str) -> Response:
    """The declaration form to print and fill in by hand."""
    paper = file_access.blank_declaration(ask.tx, ask.platform.office, code, ask.lang)
    return attachment(make_response(paper.content), paper.name, paper.content_type)


def _offer(ask: RequestContext, code: str, error: Invalid | None = None) -> Response:
    view = catalogue.procedure_page(ask.tx, ask.platform.office, code)
    drafts = open_drafts(ask.tx, ask.who, code)
    return ask.render("portal/apply.html", view=view, procedure=view.procedure, drafts=drafts)


@room.route("/procedures/<code>/apply", citizen_only, methods=("POST",), again=_offer, goes_on=True)
def apply(ask: RequestContext, code: str) -> Response:
    """ "Đăng ký": a draft begins, prefilled from the account; one that is open already is offered first."""
    if ask.form.get("anew") != "yes" and open_drafts(ask.tx, ask.who, code):
        return ask.go("portal.apply_after_sign_in", code=code)
    dossier_id = start_draft(ask.tx, ask.platform.office, StartDraft(ask.who, code))
    return ask.go("portal.draft", dossier_id=dossier_id, step="applicant")


@room.route("/procedures/<code>/apply", citizen_only)
def apply_after_sign_in(ask: RequestContext, code: str) -> Response:
    """The drafts that are open already, and the button that begins a new one: a GET changes nothing."""
    return _offer(ask, code)

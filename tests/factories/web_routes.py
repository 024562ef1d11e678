"""Who may use which address: written by hand, so that a new route has to be thought about before it is served.

`anyone`, `citizen` and `staff` are kinds of people; anything else names the roles of which one is enough.
"""

from __future__ import annotations

from typing import Final

ROLES: Final = (
    "reception",
    "case_officer",
    "unit_head",
    "approver",
    "records_clerk",
    "return_officer",
    "admin",
)

# endpoint → (method, who)
CASES: Final[dict[str, tuple[str, str]]] = {
    # the portal
    "portal.home": ("GET", "anyone"),
    "portal.procedures": ("GET", "anyone"),
    "portal.procedure": ("GET", "anyone"),
    "portal.blank_declaration": ("GET", "anyone"),
    "portal.apply": ("POST", "citizen"),
    "portal.apply_after_sign_in": ("GET", "citizen"),
    "portal.account": ("GET", "citizen"),
    "portal.end_session": ("POST", "citizen"),
    "portal.notices": ("GET", "citizen"),
    "portal.mark_read": ("POST", "citizen"),
    "portal.open_notice": ("POST", "citizen"),
    "portal.track": ("GET", "anyone"),
    "portal.look_up": ("POST", "anyone"),
    "portal.guide": ("GET", "anyone"),
    "portal.news": ("GET", "anyone"),
    "portal.vote": ("POST", "anyone"),
    "portal.language": ("POST", "anyone"),
    "portal.my_dossiers": ("GET", "citizen"),
    "portal.look_for": ("POST", "citizen"),
    "portal.dossier": ("GET", "citizen"),
    "portal.receipt": ("GET", "citizen"),
    "portal.qr": ("GET", "citizen"),
    "portal.supplement": ("GET", "citizen"),
    "portal.send_supplement": ("POST", "citizen"),
    "portal.confirm": ("GET", "citizen"),
    "portal.send_confirmation": ("POST", "citizen"),
    "portal.withdraw": ("GET", "citizen"),
    "portal.send_withdrawal": ("POST", "citizen"),
    "portal.draft": ("GET", "citizen"),
    "portal.save_step": ("POST", "citizen"),
    "portal.copy_to_owner": ("POST", "citizen"),
    "portal.submit": ("POST", "citizen"),
    "portal.discard": ("POST", "citizen"),
    "portal.declaration": ("GET", "citizen"),
    "portal.papers_done": ("POST", "citizen"),
    "portal.attach": ("POST", "citizen"),
    "portal.detach": ("POST", "citizen"),
    "portal.fetch_file": ("GET", "citizen"),
    "portal.fetch_document": ("GET", "citizen"),
    "portal.sign_in_page": ("GET", "anyone"),
    "portal.begin": ("POST", "anyone"),
    "portal.callback": ("GET", "anyone"),
    "portal.leave": ("POST", "citizen"),
    "portal.kept_form": ("GET", "citizen"),
    # the desk
    "desk.counter": ("GET", "reception"),
    "desk.counter_page": ("GET", "reception"),
    "desk.file_here": ("POST", "reception"),
    "desk.counter_fee": ("POST", "reception"),
    "desk.recall": ("POST", "reception"),
    "desk.dossier": ("GET", "staff"),
    "desk.diagram": ("GET", "staff"),
    "desk.fetch_file": ("GET", "staff"),
    "desk.fetch_document": ("GET", "staff"),
    "desk.declaration": ("GET", "staff"),
    "desk.view_file": ("GET", "staff"),
    "desk.view_document": ("GET", "staff"),
    "desk.view_declaration": ("GET", "staff"),
    "desk.preview_paper": ("GET", "staff"),
    "desk.fee": ("GET", "reception,return_officer,unit_head"),
    "desk.take_fee": ("POST", "reception,return_officer"),
    "desk.let_off": ("POST", "unit_head"),
    "desk.take_back_receipt": ("POST", "unit_head"),
    "desk.incident": ("POST", "unit_head,admin"),
    "desk.queue": ("GET", "staff"),
    "desk.look_in_queue": ("POST", "staff"),
    "desk.find": ("GET", "staff"),
    "desk.look_for": ("POST", "staff"),
    "desk.language": ("POST", "anyone"),
    "desk.sign_in_page": ("GET", "anyone"),
    "desk.sign_in": ("POST", "anyone"),
    "desk.leave": ("POST", "staff"),
    "desk.kept_form": ("GET", "staff"),
    "desk.account": ("GET", "staff"),
    "desk.change_own_password": ("POST", "staff"),
    "desk.set_up_second_factor": ("POST", "staff"),
    "desk.end_session": ("POST", "staff"),
    "desk.end_others": ("POST", "staff"),
    "desk.task": ("GET", "staff"),
    "desk.claim": ("POST", "staff"),
    "desk.release": ("POST", "staff"),
    "desk.draft": ("POST", "staff"),
    "desk.complete": ("POST", "staff"),
    "desk.reassign": ("POST", "unit_head,admin"),
    # operators
    "system.jobs": ("GET", "admin,unit_head"),
    "system.settle": ("POST", "admin,unit_head"),
    "system.instances": ("GET", "admin,unit_head"),
    "system.look_for": ("POST", "admin,unit_head"),
    "system.instance": ("GET", "admin,unit_head"),
    "system.unmask": ("POST", "admin,unit_head"),
    "system.mend": ("POST", "admin,unit_head"),
    "system.migrations": ("GET", "admin"),
    "system.dry_run": ("GET", "admin"),
    "system.start_migration": ("POST", "admin"),
    "system.migration": ("GET", "admin"),
    "system.steer": ("POST", "admin"),
    # programs
    "api_procedures.procedures": ("GET", "anyone"),
    "api_procedures.procedure": ("GET", "anyone"),
    "api_procedures.quote": ("POST", "anyone"),
    "api_messages.from_post": ("POST", "anyone"),
    "api_dossiers.own": ("GET", "citizen"),
    "api_dossiers.one": ("GET", "citizen"),
    "api_tasks.queue": ("GET", "staff"),
    "api_tasks.claim": ("POST", "staff"),
    "api_tasks.complete": ("POST", "staff"),
    "api.docs": ("GET", "anyone"),
}
# Not behind the door, because they know nothing of anybody: files of the front end, the API's description, health.
PLAIN: Final = frozenset({"static", "api-docs.openapi_json", "health.alive", "health.ready"})
# Parts of an address that name something of somebody.
NAMES_SOMETHING: Final = frozenset(
    {"dossier_id", "file_id", "document_id", "session_id", "task_id", "incident_id", "notice_id"}
)


def may_enter(who: str, kind: str | None, roles: frozenset[str] = frozenset()) -> bool:
    """Whether a person of this kind may use an address of this case."""
    if who == "anyone":
        return True
    if who in ("citizen", "staff"):
        return kind == who
    return kind == "staff" and bool(roles & set(who.split(",")))

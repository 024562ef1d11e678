"""What a printed paper is told about a dossier: its people, papers, fee, deadline, and what officials wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.context import OfficeContext
from engine.domain.procedures import Procedure
from engine.domain.vocabulary import FileState
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.process import tasks
from engine.store.records import FileRow, QuoteRow


def paper_data(tx: Tx, office: OfficeContext, dossier: Mapping[str, Any]) -> dict[str, Any]:
    """The data of every kind of paper; a kind reads what it prints (see engine.papers.render.render)."""
    procedure = office.procedure_cache.procedure(tx, dossier["procedure_version_id"])
    unit = staff.get_unit(tx, dossier["unit_id"])
    written: dict[str, Any] = {}
    signers: dict[str, str] = {}
    for task in tasks.of_dossier(tx, dossier["id"]):
        written |= task["outputs"] or {}
        if task["completed_by"]:
            signers[task["role"]] = task["completed_by"]
    return {
        "task": written,
        "form": dossier["form"],
        "signers": signers,
        "issued_at": tx.now,
        "code": dossier["code"] or "",
        "url": f"{office.settings.base_url}/track",
        "place": office.settings.office_place,
        "agency_name": {"vi": unit["name_vi"], "en": unit["name_en"]} if unit else None,
        "practice": office.settings.practice,
        "procedure_name": procedure.names,
        "applicant": dossier["applicant"],
        "owner": dossier["owner"] or dossier["applicant"],
        "components": _components(procedure, dossiers.files(tx, dossier["id"])),
        "limit_text": procedure.limit.label(),
        "accepted_at": dossier["accepted_at"],
        "due_at": dossier["due_at"],
        "delivery_method": dossier["delivery"].get("method"),
        "payer": dossier["applicant"].get("full_name"),
        **_money(dossiers.quote(tx, dossier["id"])),
    }


def _components(procedure: Procedure, files: Iterable[FileRow]) -> list[dict[str, Any]]:
    attached: dict[str, list[str]] = {}
    for row in files:
        if row["state"] == FileState.ATTACHED:
            attached.setdefault(row["component_code"], []).append(row["file_name"])
    return [
        {"name": component.name, "files": attached[component.code]}
        for component in procedure.components
        if component.code in attached
    ]


def _money(quote: QuoteRow | None) -> dict[str, Any]:
    if quote is None:
        return {}
    lines = [
        {"name": line["name"], "quantity": line["quantity"], "amount_vnd": line["after_vnd"]}
        for line in quote["quote"]["lines"]
    ]
    return {"total_vnd": quote["total_vnd"], "lines": lines}

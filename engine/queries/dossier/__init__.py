"""A dossier as citizens and officials see it: page, parts, files, timeline, draft, tracking."""

from __future__ import annotations

from engine.queries.dossier.at_desk import DossierAtDesk, dossier_at_desk
from engine.queries.dossier.dossier_access import readable_dossier, visible_to
from engine.queries.dossier.dossier_parts import issued_by_this_act
from engine.queries.dossier.dossier_rows import DossierRows, readable_rows
from engine.queries.dossier.dossier_view import DossierView, SlotView, dossier_shown, dossier_view
from engine.queries.dossier.draft_view import STEPS, quote_or_reason
from engine.queries.dossier.file_access import DocumentBytes
from engine.queries.dossier.found_by import dossiers_found
from engine.queries.dossier.instance_view import IncidentRow, InstanceView, instance_shown, instance_view
from engine.queries.dossier.my_dossiers import my_dossiers, open_drafts
from engine.queries.dossier.timeline import detail, sentence
from engine.queries.dossier.written import LineSort, WrittenLine, WrittenStep, new_to, written_steps

__all__ = [
    "STEPS",
    "DocumentBytes",
    "DossierAtDesk",
    "DossierRows",
    "DossierView",
    "IncidentRow",
    "InstanceView",
    "LineSort",
    "SlotView",
    "WrittenLine",
    "WrittenStep",
    "detail",
    "dossier_at_desk",
    "dossier_shown",
    "dossier_view",
    "dossiers_found",
    "instance_shown",
    "instance_view",
    "issued_by_this_act",
    "my_dossiers",
    "new_to",
    "open_drafts",
    "quote_or_reason",
    "readable_dossier",
    "readable_rows",
    "sentence",
    "visible_to",
    "written_steps",
]

"""A paper is taken out of its slot again, before sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.actions.dossier import DossierWork, keep_work, own_work
from engine.actions.filing.attach_file import must_take_papers
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import DossierState
from engine.domain.errors import NotFound, WrongState
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import FileState
from engine.store.connection import Tx
from engine.store.dossiers import dossiers


@dataclass(frozen=True)
class RemoveFile:
    """Only while the dossier is a draft or waits for a supplement, and only files not yet sent."""

    actor: Actor
    dossier_id: str
    file_id: str


def remove_file(tx: Tx, office: OfficeContext, cmd: RemoveFile) -> None:
    """Take the file out; removing it twice is no error. What the office already has stays."""
    work = own_work(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    must_take_papers(work)
    row = dossiers.get_file(tx, cmd.file_id)
    if row is None or row["dossier_id"] != work.id:
        raise NotFound
    if row["state"] == FileState.REMOVED:
        return
    if work.state is not DossierState.DRAFT and not _is_fresh(work, row["attached_at"]):
        raise WrongState(
            Text(
                "Giấy tờ này đã nộp cho cơ quan nên không xóa được; hãy tải lên bản mới bên cạnh.",
                "The office already has this paper; it cannot be removed. Upload the new one beside it.",
            )
        )
    dossiers.change_file(tx, cmd.file_id, {"state": FileState.REMOVED})
    work.happened(EventKind.FILE_REMOVED, {"component": row["component_code"], "sha256": row["sha256"]})
    keep_work(work)


def _is_fresh(work: DossierWork, attached_at: datetime) -> bool:
    request = dossiers.open_supplement(work.tx, work.id)
    return request is not None and bool(attached_at >= request["asked_at"])

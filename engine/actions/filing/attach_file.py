"""A paper is put into its slot, in a draft or while answering a supplement request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from engine.actions.dossier import DossierWork, keep_work, own_work
from engine.actions.uploads import StoredFile
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import DossierState
from engine.domain.errors import Invalid, WrongState
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import FileState
from engine.store.connection import Tx
from engine.store.dossiers import dossiers

MAX_FILES: Final = 40  # per dossier; a paper of many sheets is one PDF


@dataclass(frozen=True)
class AttachFile:
    """The action answers the id of the file's row. A second file in the same slot stands beside the first."""

    actor: Actor
    dossier_id: str
    component_code: str
    stored: StoredFile


def attach_file(tx: Tx, office: OfficeContext, cmd: AttachFile) -> str:
    """Put the stored file into the slot. The very same file twice (a resent upload) is one file."""
    work = own_work(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    must_take_papers(work)
    if work.procedure.component(cmd.component_code) is None:
        raise Invalid({"component_code": Text("Thủ tục không có mục giấy tờ này.", "The procedure has no such paper.")})
    present = dossiers.files(tx, work.id)
    for row in present:
        if row["state"] == FileState.ATTACHED and _is_twin(row, cmd):
            return str(row["id"])
    if len(present) >= MAX_FILES:
        raise Invalid({"file": _too_many()})
    file_id = dossiers.add_file(tx, file_row(work.id, cmd.component_code, cmd.stored))
    work.happened(EventKind.FILE_ATTACHED, {"component": cmd.component_code, "sha256": cmd.stored.sha256})
    keep_work(work)
    return file_id


def must_take_papers(work: DossierWork) -> None:
    """Papers can be put in and taken out of a draft, and while a supplement is asked for."""
    if work.state not in (DossierState.DRAFT, DossierState.SUPPLEMENT_ASKED):
        raise WrongState(
            Text(
                "Hồ sơ đang được giải quyết nên không thêm, bớt giấy tờ được. "
                "Nếu cần bổ sung, cán bộ sẽ gửi yêu cầu cho bạn.",
                "The dossier is being worked on, so papers cannot be changed. "
                "If something is missing, you will be asked.",
            )
        )


def file_row(dossier_id: str, component_code: str, stored: StoredFile) -> dict[str, Any]:
    """The row of an attached file."""
    return {
        "dossier_id": dossier_id,
        "component_code": component_code,
        "file_name": stored.name,
        "content_type": stored.content_type,
        "size_bytes": stored.size,
        "sha256": stored.sha256,
        "storage_key": stored.storage_key,
    }


def _is_twin(row: Any, cmd: AttachFile) -> bool:
    return bool(row["component_code"] == cmd.component_code and row["sha256"] == cmd.stored.sha256)


def _too_many() -> Text:
    return Text(
        f"Mỗi hồ sơ nhận tối đa {MAX_FILES} tệp. Hãy gộp các trang của một giấy tờ vào một tệp PDF.",
        f"A dossier takes at most {MAX_FILES} files. Put the pages of one paper into one PDF.",
    )

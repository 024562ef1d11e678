"""Bytes a person may fetch: issued documents and attached files. What is not theirs does not exist for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.errors import NotFound, WrongState
from engine.domain.filing import words_of
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.texts import office_text
from engine.domain.vocabulary import DocumentKind, FileState
from engine.papers import paper_data, render, stamped
from engine.queries.dossier.dossier_access import readable_dossier
from engine.store.connection import Tx
from engine.store.dossiers import documents, dossiers


@dataclass(frozen=True)
class DocumentBytes:
    """A printable document ready to send."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class FileRef:
    """Where an attached file lies; the web door fetches it from the file store outside any transaction."""

    storage_key: str
    name: str
    content_type: str
    size_bytes: int


HELD: Final = Text(
    "Kết quả đã có và chờ nộp phí, lệ phí. Hãy nộp đủ rồi tải về.",
    "The result is there and waits for the fee. Please pay what is due, then download it.",
)


def document_bytes(tx: Tx, office: OfficeContext, actor: Actor, document_id: str) -> DocumentBytes:
    """An issued document; raises NotFound for a foreign one exactly as for none.

    Raises WrongState for a result that the citizen has still to pay. A receipt that was voided says so across the page.
    """
    row = documents.get(tx, document_id)
    if row is None:
        raise NotFound
    dossier = readable_dossier(tx, actor, row["dossier_id"])
    if actor.is_citizen and row["kind"] not in tuple(DocumentKind):
        procedure = office.procedure_cache.procedure(tx, dossier["procedure_version_id"])
        if not procedure.fee_after_result and dossiers.left_to_pay(tx, dossier["id"]):
            raise WrongState(HELD)
    content = row["content"] if row["voided_at"] is None else stamped(row["content"], office_text("paper.receipt.void"))
    return DocumentBytes(f"{dossier['code']} {row['title_vi']}.pdf", row["content_type"], content)


def file_ref(tx: Tx, actor: Actor, file_id: str) -> FileRef:
    """An attached file; raises NotFound for a foreign or removed one."""
    row = dossiers.get_file(tx, file_id)
    if row is None or row["state"] == FileState.REMOVED:
        raise NotFound
    readable_dossier(tx, actor, row["dossier_id"])
    return FileRef(row["storage_key"], row["file_name"], row["content_type"], row["size_bytes"])


def declaration(
    tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str, blank: bool = False, lang: str = "vi"
) -> DocumentBytes:
    """The declaration as a paper to print, sign or keep, filled with what was typed so far."""
    row = readable_dossier(tx, actor, dossier_id)
    procedure = office.procedure_cache.procedure(tx, row["procedure_version_id"])
    if blank:
        return blank_declaration(tx, office, procedure.code, lang)
    clean, _ = procedure.declaration.validate(words_of(row["form"]), partial=True)
    told = {**paper_data(tx, office, dict(row)), "form": procedure.declaration, "values": clean}
    name = f"{row['code'] or procedure.code}-to-khai.pdf"
    return DocumentBytes(name, "application/pdf", render("declaration", told, lang))


def blank_declaration(tx: Tx, office: OfficeContext, code: str, lang: str = "vi") -> DocumentBytes:
    """The empty form (Tải mẫu đơn), for those who fill it in by hand: drawn once a day, whoever asks how often."""
    version_id, procedure = office.procedure_cache.current(tx, code)
    key = (version_id, lang, office.settings.practice, local_day(tx.now))
    if (drawn := _BLANK_FORMS.get(key)) is None:
        if len(_BLANK_FORMS) >= _MOST_KEPT:
            _BLANK_FORMS.clear()
        drawn = _BLANK_FORMS[key] = _blank(tx, office, procedure, lang)
    return DocumentBytes(f"{code}-mau-to-khai.pdf", "application/pdf", drawn)


_BLANK_FORMS: Final[dict[tuple[str, str, bool, date], bytes]] = {}
_MOST_KEPT: Final = 200


def _blank(tx: Tx, office: OfficeContext, procedure: Procedure, lang: str) -> bytes:
    told = {
        "issued_at": tx.now,
        "procedure_name": procedure.names,
        "form": procedure.declaration,
        "values": {},
        "practice": office.settings.practice,
    }
    return render("declaration", told, lang)

"""Bytes a person may fetch: issued documents and attached files. What is not theirs does not exist for them.

document_bytes(tx, actor, document_id) -> DocumentBytes ; file_ref(tx, actor, file_id) -> FileRef
declaration(tx, office, actor, dossier_id, lang="vi") -> DocumentBytes      filled from the draft
blank_declaration(tx, office, code, lang="vi") -> DocumentBytes
"""

from __future__ import annotations

from dataclasses import dataclass, field


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

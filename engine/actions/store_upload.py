"""A file arrives: it is looked at and stored before any transaction begins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UploadLimits:
    """What a slot takes: largest size in bytes and the accepted kinds ("pdf", "jpg", "png", "docx"…)."""

    max_bytes: int = 10 * 1024 * 1024
    accept: tuple[str, ...] = ("pdf", "jpg", "png", "docx")


@dataclass(frozen=True)
class StoredFile:
    """A stored file. `name` is safe to show and to offer for download; `storage_key` is ours alone."""

    storage_key: str
    name: str
    content_type: str
    size: int
    sha256: str

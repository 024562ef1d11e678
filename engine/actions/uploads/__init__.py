"""Files that arrive: looked at and stored before any transaction begins."""

from __future__ import annotations

from engine.actions.uploads.store_upload import StoredFile, UploadLimits, store_upload

__all__ = [
    "StoredFile",
    "UploadLimits",
    "store_upload",
]

"""Files that arrive: looked at and stored before any transaction begins."""

from __future__ import annotations

from engine.actions.uploads.keep_upload import StoreUpload, kept_with_row, must_have_room
from engine.actions.uploads.store_upload import StoredFile, UploadLimits, store_upload

__all__ = [
    "StoreUpload",
    "StoredFile",
    "UploadLimits",
    "kept_with_row",
    "must_have_room",
    "store_upload",
]

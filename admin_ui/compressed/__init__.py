"""Fewer bytes on the line: files compressed when they are built, pages when they are made."""

from __future__ import annotations

from admin_ui.compressed.files import StaticFiles, is_named_by_content
from admin_ui.compressed.pages import compress

__all__ = ["StaticFiles", "compress", "is_named_by_content"]

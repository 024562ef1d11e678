"""A file arrives: it is looked at and stored before any transaction begins."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Protocol

from engine.actions.uploads.file_names import clean_name
from engine.actions.uploads.file_type import CONTENT_TYPES, recognise, rewritten
from engine.domain.errors import Invalid, TooLarge
from engine.domain.text import Text


class Keeps(Protocol):
    """The part of the file store that this needs."""

    def put(self, key: str, data: bytes, *, content_type: str, replace: bool = False) -> None:
        """Keep the bytes under the key."""
        ...


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


def store_upload(
    files: Keeps, limits: UploadLimits, upload_name: str, data: bytes, declared_type: str = ""
) -> StoredFile:
    """Check what the file really is, clean its name, take the surprises out of pictures, and keep it.

    The declared type is not believed. Raises TooLarge, or Invalid (field `file`) with a sentence.
    """
    _check_size(limits, data)
    kind = recognise(data)
    if kind is None or kind not in _accepted(limits):
        raise _wrong_type(limits, upload_name)
    kept = rewritten(kind, data)
    digest = hashlib.sha256(kept).hexdigest()
    key = f"uploads/{digest[:2]}/{secrets.token_hex(20)}"
    files.put(key, kept, content_type=CONTENT_TYPES[kind])
    return StoredFile(key, clean_name(upload_name, kind), CONTENT_TYPES[kind], len(kept), digest)


def _accepted(limits: UploadLimits) -> frozenset[str]:
    return frozenset("jpg" if kind.casefold() == "jpeg" else kind.casefold().lstrip(".") for kind in limits.accept)


def _check_size(limits: UploadLimits, data: bytes) -> None:
    if not data:
        raise Invalid(
            {
                "file": Text(
                    "Tệp rỗng (0 byte). Hãy chọn lại tệp có nội dung.",
                    "The file is empty (0 bytes). Please choose a file with content.",
                )
            }
        )
    if len(data) > limits.max_bytes:
        limit = limits.max_bytes / 1048576  # what is larger was not read to its end: how large is not known
        raise TooLarge(
            Text(
                f"Tệp lớn hơn mức cho phép {limit:g} MB. Hãy chụp lại ở cỡ nhỏ hơn hoặc chia thành nhiều tệp.",
                f"The file is larger than the {limit:g} MB allowed. "
                "Take a smaller picture or split it into several files.",
            )
        )


def _wrong_type(limits: UploadLimits, upload_name: str) -> Invalid:
    kinds = ", ".join(sorted(_accepted(limits)))
    name = clean_name(upload_name, None)
    return Invalid(
        {
            "file": Text(
                f"Tệp “{name}” không phải là loại được nhận ở mục này (chỉ nhận: {kinds}). "
                "Hãy chọn tệp khác hoặc lưu lại đúng định dạng.",
                f"“{name}” is not of a kind accepted here (only: {kinds}). "
                "Choose another file or save it in one of these formats.",
            )
        }
    )

"""What a file really is, whatever it is called: by its first bytes and by opening it."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import Final

import puremagic
from PIL import Image, ImageOps

from engine.actions.uploads.pdf_check import refuse_active_pdf
from engine.domain.errors import Invalid
from engine.domain.text import Text

CONTENT_TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_STARTS: Final = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
_PARTS: Final = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MAX_PIXELS: Final = 60_000_000  # a picture of a sheet of A4 at 600 dpi has 35 million
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_ENTRIES: Final = 2_000


def recognise(data: bytes) -> str | None:
    """The kind of the file ("pdf", "jpg", "png", "docx", "xlsx"), or None for everything else.

    Raises Invalid (field `file`) for a file that pretends to be harmless: markup before a PDF, a zip bomb, macros.
    """
    for kind, start in _STARTS.items():
        if data.startswith(start):
            return kind if _confirmed(kind, data) else None
    if data.startswith(b"PK\x03\x04"):
        return _office_kind(data)
    return None


def rewritten(kind: str, data: bytes) -> bytes:
    """Pictures are drawn anew, without what hides in them (place, thumbnails, a second file); others stay as sent."""
    if kind not in ("jpg", "png"):
        return data
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(kind, data)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused(
            "Ảnh bị hỏng hoặc quá lớn nên không mở được. Hãy chụp lại ảnh rồi tải lên.",
            "The picture is damaged or too large to open. Please take it again.",
        ) from error


def _redrawn(kind: str, data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=["JPEG" if kind == "jpg" else "PNG"]) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(picture)
        fresh = upright.convert("RGB" if kind == "jpg" else _png_mode(upright))
        fresh.info.clear()  # Pillow would write comments and colour profiles on: places, names, whatever fits
        out = io.BytesIO()
        if kind == "jpg":
            fresh.save(out, "JPEG", quality=88, optimize=True)
        else:
            fresh.save(out, "PNG", optimize=False)
        return out.getvalue()


def _png_mode(picture: Image.Image) -> str:
    plain = picture.mode in ("1", "L", "RGB") and "transparency" not in picture.info
    return picture.mode if plain else "RGBA"


def _confirmed(kind: str, data: bytes) -> bool:
    if kind == "pdf":
        refuse_active_pdf(data)
    names = {match.extension.lstrip(".").casefold() for match in puremagic.magic_string(data[:8192])}
    return bool(names & {kind, "jpeg" if kind == "jpg" else kind, "jfif" if kind == "jpg" else kind}) or kind == "pdf"


def _office_kind(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):  # zipfile: unknown method or encryption
        return None
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _refused(
            "Tệp nén chứa dữ liệu lớn bất thường nên không được nhận.",
            "The packed file unfolds to an unusual size and is not accepted.",
        )
    names = {entry.filename for entry in entries}
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise _refused(
            "Tệp có chứa macro nên không được nhận. Hãy lưu lại thành .docx không có macro.",
            "The file contains macros and is not accepted. Save it as a .docx without macros.",
        )
    return next((kind for kind, part in _PARTS.items() if part in names and "[Content_Types].xml" in names), None)


def _refused(vi: str, en: str) -> Invalid:
    return Invalid({"file": Text(vi, en)})

"""Whether a PDF is a paper and nothing more: no scripts, no actions, no files, whatever way it is written.

The file is taken apart by a library that reads it as a viewer does (escaped names, compressed objects), in a process of
its own with bounds on time and memory: what a stranger wrote cannot hang, fill or fell the one that serves people.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

from engine.domain.errors import Invalid
from engine.domain.text import Text

PATIENCE_S: Final = 30.0  # on the clock; the child's processor time is bounded far below
_CHILD: Final = Path(__file__).with_name("pdf_child.py")
_MOST_KEPT: Final = 1000
_MARKS: Final = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_MARKUP: Final = (b"<script", b"<html", b"<svg", b"<?php", b"<!doctype")
_SENTENCES: Final = {
    "active": Text(
        "Tệp PDF có chứa mã lệnh, liên kết lạ hoặc tệp nhúng nên không được nhận. "
        "Hãy in lại ra PDF thường rồi tải lên.",
        "The PDF carries scripts, odd links or embedded files and is not accepted. "
        "Print it to a plain PDF and upload that.",
    ),
    "locked": Text(
        "Tệp PDF có mật khẩu nên không mở được. Hãy bỏ mật khẩu rồi tải lên.",
        "The PDF has a password and cannot be opened. Remove the password and upload it again.",
    ),
    "damaged": Text(
        "Tệp PDF bị hỏng nên không đọc được. Hãy lưu lại tệp rồi tải lên.",
        "The PDF is damaged and cannot be read. Save it again and upload it.",
    ),
    "heavy": Text(
        "Tệp PDF quá phức tạp để kiểm tra nên không được nhận. Hãy in lại ra PDF thường rồi tải lên.",
        "The PDF is too intricate to be examined and is not accepted. Print it to a plain PDF and upload that.",
    ),
}
_known: dict[bytes, str] = {}  # the same paper comes with one dossier after another


def refuse_active_pdf(data: bytes) -> None:
    """Raises Invalid (field `file`) unless the PDF is complete, readable and passive."""
    if b"%%EOF" not in data[-2048:]:
        raise Invalid(
            {
                "file": Text(
                    "Tệp PDF không trọn vẹn (thiếu phần cuối). Hãy lưu lại tệp rồi tải lên.",
                    "The PDF is not complete (its end is missing). Save it again and upload it.",
                )
            }
        )
    # Marks in plain sight are refused even where no reader of today would follow them.
    if any(mark in data for mark in _MARKS) or any(mark in data[:4096].lower() for mark in _MARKUP):
        raise Invalid({"file": _SENTENCES["active"]})
    verdict = _verdict(data)
    if verdict != "plain":
        raise Invalid({"file": _SENTENCES.get(verdict, _SENTENCES["heavy"])})


def _verdict(data: bytes) -> str:
    digest = hashlib.sha256(data).digest()
    if digest not in _known:
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        _known[digest] = _asked(data)
    return _known[digest]


def _asked(data: bytes) -> str:
    """The child's word; empty when it was stopped. It gets neither our environment nor our modules."""
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE_S, check=False, env={})  # noqa: S603 - our own file
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else ""

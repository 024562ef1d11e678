"""A word across a paper that does not count any more."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from fpdf import FPDF

from engine.domain.text import Text
from engine.papers.sheet import FONT, add_fonts


def across(content: bytes, word: Text) -> bytes:
    """The PDF with the word across each page; what stands below it can still be read."""
    with pikepdf.open(BytesIO(content)) as paper:
        for page in paper.pages:
            _, _, width, height = (float(edge) for edge in page.mediabox)
            with pikepdf.open(BytesIO(_sheet(word.vi, width, height))) as over:
                page.add_overlay(over.pages[0], pikepdf.Rectangle(0, 0, width, height))
        out = BytesIO()
        paper.save(out)
    return out.getvalue()


def _sheet(word: str, width: float, height: float) -> bytes:
    sheet = FPDF(unit="pt", format=(width, height))
    add_fonts(sheet)
    sheet.set_auto_page_break(False)
    sheet.add_page()
    sheet.set_font(FONT, "B", width / 7)
    sheet.set_text_color(200, 40, 40)
    with sheet.local_context(fill_opacity=0.45), sheet.rotation(35, width / 2, height / 2):
        sheet.text((width - sheet.get_string_width(word)) / 2, height / 2, word)
    return bytes(sheet.output())

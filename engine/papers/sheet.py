"""A sheet of official paper: head, title, body, signatures and code, set as NĐ 30/2020/NĐ-CP lays them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from engine.domain.clock import local
from engine.domain.text import Text

FONT = "Tinos"
_FONTS = Path(__file__).parent / "fonts"
_STYLES = (("", "Tinos-Regular.ttf"), ("B", "Tinos-Bold.ttf"), ("I", "Tinos-Italic.ttf"))
NATION = Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM")
MOTTO = Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness")
PRACTICE = Text("BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ", "PRACTICE COPY - WITHOUT LEGAL VALUE")


_SIGNATURES = 6.2  # lines


def add_fonts(pdf: FPDF) -> None:
    """The type that every paper of ours is set in, under the name FONT."""
    for style, name in _STYLES:
        pdf.add_font(FONT, style, str(_FONTS / name))


def font_tables() -> tuple[frozenset[int], ...]:
    """The signs that each of our fonts can print, as code points."""
    pdf = FPDF()
    add_fonts(pdf)
    return tuple(frozenset(font.cmap) for font in pdf.fonts.values() if isinstance(font, TTFFont))


class Sheet:
    """One document under way. `size` is the body size in points; A5 sheets use smaller type than A4."""

    def __init__(self, lang: str, made_at: datetime, *, a5: bool = False, size: float | None = None) -> None:
        self.lang = lang
        self.size = size or (10.5 if a5 else 13.0)
        self.pdf = FPDF(orientation="portrait", unit="mm", format=(148, 210) if a5 else "A4")
        self.pdf.set_creation_date(local(made_at))
        self.pdf.set_margins(left=12 if a5 else 25, top=10 if a5 else 20, right=10 if a5 else 15)
        self.pdf.set_auto_page_break(True, margin=10 if a5 else 18)
        add_fonts(self.pdf)
        self.pdf.add_page()
        self.pdf.set_lang("en" if lang == "en" else "vi")

    @property
    def width(self) -> float:
        """Millimetres between the margins."""
        return float(self.pdf.epw)

    @property
    def pages(self) -> int:
        """How many there are by now."""
        return int(self.pdf.page_no())

    def say(self, text: Text) -> str:
        """The text in the language of the sheet."""
        return text.in_(self.lang)

    def font(self, style: str = "", scale: float = 1.0) -> None:
        """Set the type: "", "B" or "I", relative to the body size."""
        self.pdf.set_font(FONT, style, self.size * scale)

    @property
    def line(self) -> float:
        """Height of one line of body text in millimetres."""
        return self.size * 0.3528 * 1.28

    def head(self, agency_parent: str, agency: str, number: str, place: str, at: datetime | None) -> None:
        """Quốc hiệu, tiêu ngữ, the agency, number, place and date."""
        top, left = self.pdf.get_y(), self.width * 0.43
        self._block(
            self.pdf.l_margin,
            top,
            left,
            [(words.upper(), style) for words, style in ((agency_parent, ""), (agency, "B")) if words],
        )
        self._rule(self.pdf.l_margin + left / 2, left * 0.3)
        self._block(self.pdf.l_margin, self.pdf.get_y() + 1.5, left, [(number, "")] if number else [])
        left_end = self.pdf.get_y()
        right_x = self.pdf.l_margin + left
        right = self.width - left
        self._block(right_x, top, right, [(self.say(NATION), "B"), (self.say(MOTTO), "B")])
        self._rule(right_x + right / 2, right * 0.52)
        self._block(right_x, self.pdf.get_y() + 1.5, right, [(self.place_and_date(place, at), "I")])
        self.pdf.set_y(max(left_end, self.pdf.get_y()) + self.line * 0.8)

    def national_head(self) -> None:
        """Quốc hiệu and tiêu ngữ alone, as on a citizen's declaration."""
        self._block(self.pdf.l_margin, self.pdf.get_y(), self.width, [(self.say(NATION), "B"), (self.say(MOTTO), "B")])
        self._rule(self.pdf.l_margin + self.width / 2, self.width * 0.33)
        self.pdf.set_y(self.pdf.get_y() + self.line)

    def place_and_date(self, place: str, at: datetime | None) -> str:
        """ "Thanh Hóa, ngày 04 tháng 3 năm 2024"; dots where the date is still to be written."""
        if at is None:
            return f"{place or '………'}, ngày …… tháng …… năm ………" if self.lang == "vi" else f"{place or '………'}, ………"
        here = local(at)
        if self.lang == "en":
            return f"{place}, {here.day} {here:%B %Y}"
        month = f"{here.month:02d}" if here.month < 3 else str(here.month)
        return f"{place}, ngày {here.day:02d} tháng {month} năm {here.year}"

    def title(self, title: Text, subtitle: str = "") -> None:
        """The name of the document, centred, and what it is about."""
        self.font("B", 1.15)
        self._centred(self.say(title).upper(), 1.15)
        if subtitle:
            self.font("B")
            self._centred(subtitle)
        self.pdf.set_y(self.pdf.get_y() + self.line * 0.6)

    def paragraph(self, text: str, style: str = "", *, indent: bool = True) -> None:
        """Running text, justified; the first line is indented as in official papers."""
        self.font(style)
        lead = "\u2003" if indent else ""
        self.pdf.multi_cell(self.width, self.line, lead + text, align=Align.J, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.set_y(self.pdf.get_y() + self.line * 0.15)

    def entry(self, label: str, value: str) -> None:
        """ "Họ tên: **Nguyễn Văn A**"; dots where nothing is known, to be filled in by hand."""
        self.font()
        left = self.pdf.get_string_width(f"{label}: ") + 2.2
        x, y = self.pdf.get_x(), self.pdf.get_y()
        if left > self.width * 0.6:
            self.paragraph(f"{label}: {value or '…' * 20}", indent=False)
            return
        self.pdf.set_xy(x, y)
        self.pdf.cell(left, self.line, f"{label}:")
        self.font("B" if value else "")
        shown = value or self._dots(self.width - left)
        self.pdf.multi_cell(self.width - left, self.line, shown, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.set_y(self.pdf.get_y() + self.line * 0.12)

    def heading(self, text: str) -> None:
        """A section of the body."""
        self.pdf.set_y(self.pdf.get_y() + self.line * 0.25)
        self.font("B")
        self.pdf.multi_cell(self.width, self.line, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """A ruled table; `widths` are shares of the line, the first column is centred."""
        self.font(scale=0.95)
        columns = tuple(share * self.width for share in widths)
        aligns = (Align.C, *[Align.L] * (len(widths) - 1))
        with self.pdf.table(col_widths=columns, text_align=aligns, line_height=self.line, padding=0.8) as grid:
            for cells in (head, *rows):
                grid.row(list(cells))
        self.pdf.set_y(self.pdf.get_y() + self.line * 0.4)

    def keep_together(self, lines: float) -> None:
        """Go on on a new page unless so many lines have room on this one."""
        if self.pdf.get_y() + self.line * lines > self.pdf.h - self.pdf.b_margin:
            self.pdf.add_page()

    def signatures(self, left: tuple[Text, Text, str] | None, right: tuple[Text, Text, str]) -> None:
        """Signature blocks: (title, hint, name) for the left hand and the right."""
        self.keep_together(_SIGNATURES)
        top, half = self.pdf.get_y() + self.line * 0.5, self.width / 2
        for x, block in ((self.pdf.l_margin, left), (self.pdf.l_margin + half, right)):
            if block is None:
                continue
            title, hint, name = block
            self._block(x, top, half, [(self.say(title).upper(), "B"), (self.say(hint), "I")])
            self._block(x, top + self.line * 4.7, half, [(name, "B")] if name else [])
        self.pdf.set_y(top + self.line * 5.9)

    def qr(self, content: str, caption: str, *, size: float = 24) -> None:
        """A QR code at the foot on the left, with a caption beside it."""
        if self.pdf.get_y() + size > self.pdf.h - self.pdf.b_margin:
            self.pdf.add_page()
        x, y = self.pdf.l_margin, self.pdf.get_y() + 1
        self._squares(content, x, y, size)
        self.font("I", 0.85)
        self.pdf.set_xy(x + size + 3, y + size / 2 - self.line * 1.2)
        self.pdf.multi_cell(self.width - size - 3, self.line, caption, align=Align.L)
        self.pdf.set_y(y + size + 1)

    def watermark(self) -> None:
        """Say across the foot that this is practice and no official paper."""
        self.pdf.set_auto_page_break(False)
        self.font("B", 0.9)
        self.pdf.set_text_color(170, 40, 40)
        self.pdf.set_xy(self.pdf.l_margin, self.pdf.h - 9)
        self.pdf.cell(self.width, 5, self.say(PRACTICE), align=Align.C)
        self.pdf.set_text_color(0, 0, 0)

    def finish(self) -> bytes:
        """The PDF."""
        return bytes(self.pdf.output())

    def _squares(self, content: str, x: float, y: float, size: float) -> None:
        matrix = segno.make(content, error="m", micro=False).matrix
        side = size / len(matrix)
        self.pdf.set_fill_color(0, 0, 0)
        for row_number, row in enumerate(matrix):
            for begin, length in _runs(row):
                self.pdf.rect(x + begin * side, y + row_number * side, length * side, side, style="F")

    def _block(self, x: float, y: float, width: float, lines: Sequence[tuple[str, str]]) -> None:
        self.pdf.set_xy(x, y)
        for text, style in lines:
            self.font(style, 0.95)
            if text in (NATION.vi, NATION.en):
                self._shrink(text, style, width)
            self.pdf.set_x(x)
            self.pdf.multi_cell(width, self.line, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _shrink(self, text: str, style: str, width: float) -> None:
        """Quốc hiệu never breaks: the type gets smaller until it fits on one line."""
        scale = 0.95
        while self.pdf.get_string_width(text) > width - 2.5 and scale > 0.5:
            scale -= 0.03
            self.font(style, scale)

    def _centred(self, text: str, scale: float = 1.0) -> None:
        self.pdf.multi_cell(self.width, self.line * scale, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _rule(self, middle: float, width: float) -> None:
        y = self.pdf.get_y() + 0.4
        self.pdf.set_line_width(0.25)
        self.pdf.line(middle - width / 2, y, middle + width / 2, y)

    def _dots(self, width: float) -> str:
        return "." * max(int(width / self.pdf.get_string_width(".")) - 2, 3)


def _runs(row: Sequence[int]) -> list[tuple[int, int]]:
    """Dark stretches of a row as (begin, length): fewer rectangles, and no hairlines between them."""
    runs: list[tuple[int, int]] = []
    for position, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == position:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((position, 1))
    return runs

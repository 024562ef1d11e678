"""Reads the words back out of our PDFs, without any tool: enough for what fpdf2 writes, and no more."""

import re
import zlib

TOKEN = re.compile(rb"/(F\d+) [\d.]+ Tf|\((.*?)(?<!\\)\) ?Tj|\[(.*?)(?<!\\)\] ?TJ", re.DOTALL)
PIECE = re.compile(rb"\((.*?)(?<!\\)\)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(pdf):
    """The strings shown, in the order they are painted."""
    bodies = dict(re.findall(rb"(?m)^(\d+) 0 obj\s(.*?)endobj", pdf, re.DOTALL))
    tables = {name: glyphs(bodies, number) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", pdf)}
    for body in bodies.values():
        content = stream(body)
        if content is not None and b" Tf" in content:
            yield from shown(content, tables)


def stream(body):
    begin, length = re.search(rb"stream\r?\n", body), re.search(rb"/Length (\d+)", body)
    if begin is None or length is None:
        return None
    data = body[begin.end() : begin.end() + int(length[1])]
    return zlib.decompress(data) if b"FlateDecode" in body else data


def glyphs(bodies, number):
    """Glyph number → letter, from the ToUnicode table of a font."""
    reference = re.search(rb"/ToUnicode (\d+) 0 R", bodies[number])
    table = stream(bodies[reference[1]])
    return {
        int(a, 16): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in re.findall(rb"<(\w+)> <(\w+)>\n", table)
    }


def shown(content, tables):
    font = {}
    for name, single, several in TOKEN.findall(content):
        if name:
            font = tables[name]
        pieces = [single] if single else PIECE.findall(several)
        text = "".join(letters(piece, font) for piece in pieces)
        if text:
            yield text


def letters(piece, font):
    raw = re.sub(rb"\\(.)", lambda m: ESCAPES.get(m[1], m[1]), piece, flags=re.DOTALL)
    return "".join(font.get(int.from_bytes(raw[i : i + 2]), "") for i in range(0, len(raw) - 1, 2))

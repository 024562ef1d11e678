"""A small drawing of one screen of the wizard, made from its live fields, so that it can never go stale."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

_WIDTH, _ROW, _TOP = 520, 46, 84
_MOST_ROWS = 6


def figure(brand: str, title: str, labels: Sequence[str], button: str, alt: str) -> str:
    """An `<img>` with the screen as SVG and its words as alternative text."""
    drawn = base64.b64encode(_svg(brand, title, labels[:_MOST_ROWS], button).encode("utf-8")).decode("ascii")
    height = _height(min(len(labels), _MOST_ROWS))
    source = f"data:image/svg+xml;base64,{drawn}"
    return (
        f'<img class="img-fluid" src="{source}" alt="{escape(alt)}" width="{_WIDTH}" height="{height}" loading="lazy">'
    )


def _height(rows: int) -> int:
    return _TOP + rows * _ROW + 56


def _svg(brand: str, title: str, labels: Sequence[str], button: str) -> str:
    height = _height(len(labels))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
        f'<rect x="1" y="1" width="{_WIDTH - 2}" height="{height - 2}" rx="8" fill="#fff" stroke="#b8c2cc"/>',
        f'<path d="M1 9a8 8 0 0 1 8-8h{_WIDTH - 18}a8 8 0 0 1 8 8v27H1z" fill="#0b4f8a"/>',
        '<circle cx="22" cy="19" r="7" fill="#c8102e"/>',
        _text(40, 24, brand, 13, "#fff"),
        _text(20, 64, title, 17, "#1b2733", bold=True),
    ]
    for number, label in enumerate(labels):
        y = _TOP + number * _ROW
        box = f'<rect x="20" y="{y + 14}" width="{_WIDTH - 40}" height="22" rx="4" fill="#f4f6f8" stroke="#b8c2cc"/>'
        parts += [_text(20, y + 8, _short(label), 12, "#3b4a59"), box]
    bottom = height - 44
    parts.append(f'<rect x="20" y="{bottom}" width="150" height="30" rx="5" fill="#0b4f8a"/>')
    parts.append(_text(38, bottom + 20, button, 13, "#fff"))
    return "".join([*parts, "</svg>"])


def _text(x: int, y: int, words: str, size: int, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}>{escape(words)}</text>'


def _short(label: str) -> str:
    return label if len(label) <= 68 else label[:67].rstrip() + "…"

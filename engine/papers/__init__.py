"""Printed papers of a dossier: the facts they are told and the PDF made of them."""

from __future__ import annotations

from engine.papers.data import paper_data
from engine.papers.render import TITLES, render, render_result, title_of, unprintable

__all__ = [
    "TITLES",
    "paper_data",
    "render",
    "render_result",
    "title_of",
    "unprintable",
]

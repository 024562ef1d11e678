"""Printed papers of a dossier: the facts they are told and the PDF made of them."""

from __future__ import annotations

from engine.papers.answers import Answers, answers_so_far, form_of_step, result_number, said_last
from engine.papers.data import paper_data
from engine.papers.render import TITLES, render, render_result, stamped, title_of, unprintable

__all__ = [
    "TITLES",
    "Answers",
    "answers_so_far",
    "form_of_step",
    "paper_data",
    "render",
    "render_result",
    "result_number",
    "said_last",
    "stamped",
    "title_of",
    "unprintable",
]

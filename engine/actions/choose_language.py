"""Somebody switches the language; the account remembers it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ChooseLanguage:
    """`language`: vi | en."""

    actor: Actor
    language: str

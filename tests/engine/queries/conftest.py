"""The office whose dossiers are looked at, on both databases."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from factories.office_life import OfficeLife


@pytest.fixture
def life(platform) -> OfficeLife:
    """A founded office: one official per role, both procedures published."""
    return OfficeLife.founded(platform)

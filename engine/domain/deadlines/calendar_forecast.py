"""Days off of years nobody has published yet: the statutory holidays, as a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

from engine.domain.text import Text


def forecast_day_off(on: date) -> Text | None:
    """The holiday expected on that day (Labour Code 45/2019/QH14, Articles 111–112), or None.

    Swaps decided by the Prime Minister cannot be foreseen, so the answer is named "dự kiến" (expected).
    """
    return _expected(on.year).get(on)


@lru_cache(maxsize=16)
def _expected(year: int) -> Mapping[date, Text]:
    vietnamese = holidays.country_holidays("VN", years=year, language="vi")
    english = holidays.country_holidays("VN", years=year, language="en_US")
    return {on: Text(f"{name} (dự kiến)", f"{english.get(on) or name} (expected)") for on, name in vietnamese.items()}

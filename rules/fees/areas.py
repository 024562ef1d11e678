"""Area attributes that outlive their units.

Fee resolutions speak of "xã thuộc huyện miền núi" or "thị trấn" although districts ended on 01/07/2025.
A place therefore keeps the category of the historic unit it lies in; a new commune formed from units of
different categories does not have one, and the citizen is asked for the former unit instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.errors import Fact, FactsError
from rules.legal import Window
from rules.text import Text


@dataclass(frozen=True, slots=True)
class AreaCategory:
    """A kind of place fee law distinguishes; `rural` says whether it counts as nông thôn."""

    code: str
    name: Text
    rural: bool


@dataclass(frozen=True, slots=True)
class AreaUnit:
    """A commune, ward or town: of its own category, or formed from former units."""

    code: str
    name: str
    window: Window
    category: str | None = None
    formed_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaTable:
    """All categories and units known to the schedule."""

    categories: Mapping[str, AreaCategory] = field(default_factory=dict)
    units: Mapping[str, AreaUnit] = field(default_factory=dict)

    def resolve(self, area: str, on: date) -> AreaCategory:
        """The category of `area`: a category code, or a unit's code followed back to its former units.

        Raises FactsError when the place is unknown, did not exist yet on `on`, or has several categories.
        """
        if area in self.categories:
            return self.categories[area]
        unit = self.units.get(area)
        if unit is None:
            raise _refused(
                area,
                f"chưa có địa bàn «{area}» trong danh mục",
                f"area “{area}” is not in the list",
                (*self.categories, *self.units),
            )
        if unit.window.begins_after(on):
            raise _refused(
                area,
                f"{unit.name} chưa thành lập vào ngày {on:%d/%m/%Y}",
                f"{unit.name} did not exist yet on {on.isoformat()}",
                tuple(self.categories),
            )
        found = self._categories_of(unit)
        if len(found) == 1:
            return self.categories[found.pop()]
        raise _refused(
            area,
            f"{unit.name} được lập từ các đơn vị khác loại; hãy nêu đơn vị cũ",
            f"{unit.name} was formed from units of different categories; name the former unit",
            unit.formed_from,
        )

    def _categories_of(self, unit: AreaUnit) -> set[str]:
        if unit.category is not None:
            return {unit.category}
        found: set[str] = set()
        for code in unit.formed_from:
            found |= self._categories_of(self.units[code])
        return found


def _refused(area: str, why_vi: str, why_en: str, values: tuple[str, ...]) -> FactsError:
    need = Fact("area", "area", "Thửa đất, nơi cư trú thuộc địa bàn nào?", "Which area is it in?", values)
    return FactsError(
        f"Thông tin «area»: {why_vi}. Chọn một trong: {', '.join(values)}.",
        f"Fact “area”: {why_en}. Choose one of: {', '.join(values)}.",
        needed=(need,),
        unknown=(f"area={area}",),
    )

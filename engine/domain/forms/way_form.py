"""The form of a step at which an official picks the way on, because the diagram leaves it open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.domain.forms.form import Form, FormField, Option
from engine.domain.forms.form_values import Rules
from engine.domain.text import Text

WAY_ON: Final = "way_on"
"""The field of the one way picked; a way that may be picked beside others has a field `way_on.FLOW`."""
UNNAMED: Final = Text("Chọn hướng đi tiếp", "Choose the way on")
NONE_PICKED: Final = Text("Hãy chọn ít nhất một hướng đi tiếp.", "Choose at least one way on.")
_ONE: Final = Text("Hướng đi tiếp", "The way on")


def way_form(key: str, ways: Sequence[tuple[str, Text]], *, several: bool) -> Form:
    """Ask for one of the ways (id and label), or with `several` for one or more of them."""
    if not several:
        options = tuple(Option(flow_id, label) for flow_id, label in ways)
        return Form(key, UNNAMED, (FormField(WAY_ON, "radio", _ONE, rules=Rules(required=True), options=options),))
    ticks = tuple(FormField(f"{WAY_ON}.{flow_id}", "checkbox", label) for flow_id, label in ways)
    return Form(key, UNNAMED, ticks)


def picked_ways(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The flows picked, from the clean values of such a form."""
    if WAY_ON in values:
        return (str(values[WAY_ON]),)
    mark = f"{WAY_ON}."
    return tuple(name.removeprefix(mark) for name, value in values.items() if name.startswith(mark) and value is True)

"""Electronic forms: their fields, what may be typed, and what is said when it may not."""

from __future__ import annotations

from engine.domain.forms.form import FIELD_TYPES, Form, FormField, parse_form
from engine.domain.forms.form_shape import FormError
from engine.domain.forms.form_values import Rules, read_date
from engine.domain.forms.way_form import NONE_PICKED, UNNAMED, WAY_ON, picked_ways, way_form

__all__ = [
    "FIELD_TYPES",
    "NONE_PICKED",
    "UNNAMED",
    "WAY_ON",
    "Form",
    "FormError",
    "FormField",
    "Rules",
    "parse_form",
    "picked_ways",
    "read_date",
    "way_form",
]

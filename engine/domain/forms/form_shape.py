"""Whether a form-js schema has the shape that is read; a file from a stranger may hold anything."""

from __future__ import annotations

from typing import Any, Final

from engine.domain.forms.patterns import is_kind
from engine.domain.text import Text

MAX_COMPONENTS: Final = 2_000
MAX_DEPTH: Final = 20
_GROUPS: Final = ("validate", "properties", "conditional")


class FormError(ValueError):
    """The form cannot be used; the sentence says which field and why, in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi)
        self.sentence = Text(vi, en)


def check_shape(form_key: str, rows: list[Any]) -> None:
    """Raise `FormError` for what is no list of components, each a group of names with values of the right kind."""
    count, waiting = 0, [(row, 1) for row in rows]
    while waiting:
        row, depth = waiting.pop()
        count += 1
        if count > MAX_COMPONENTS or depth > MAX_DEPTH:
            raise FormError(
                f"Biểu mẫu “{form_key}” có quá {MAX_COMPONENTS} thành phần hoặc lồng quá {MAX_DEPTH} cấp.",
                f"Form “{form_key}” has more than {MAX_COMPONENTS} components or more than {MAX_DEPTH} levels.",
            )
        if wrong := _wrong(row):
            shown = str(row.get("key") or row.get("id") or row.get("label"))[:80] if isinstance(row, dict) else "?"
            raise FormError(
                f"Biểu mẫu “{form_key}”: thành phần “{shown}” có mục “{wrong}” không đúng dạng.",
                f"Form “{form_key}”: component “{shown}” has an entry “{wrong}” that is not of the right shape.",
            )
        waiting.extend((child, depth + 1) for child in row.get("components") or ())


def _wrong(row: Any) -> str:
    """The entry that cannot be used; "" when all is well."""
    if not isinstance(row, dict):
        return "components"
    lists = [name for name in ("components", "values") if row.get(name) and not isinstance(row[name], list)]
    groups = [name for name in _GROUPS if row.get(name) and not isinstance(row[name], dict)]
    if lists or groups:
        return next(iter((*lists, *groups)))
    if not all(isinstance(option, dict) and "value" in option for option in row.get("values") or ()):
        return "values"
    return _wrong_rule(row.get("validate") or {})


def _wrong_rule(rules: dict[str, Any]) -> str:
    numbers = ("minLength", "maxLength", "min", "max")
    for name in numbers:
        value = rules.get(name)
        if isinstance(value, bool) or not (value is None or isinstance(value, int | float)):
            return f"validate.{name}"
    pattern = rules.get("pattern") or ""
    return "" if isinstance(pattern, str) and is_kind(pattern) else "validate.pattern"

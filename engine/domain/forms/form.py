"""Biểu mẫu điện tử: a form-js form, what it asks, and what may be typed into it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, cast, get_args

from engine.domain.forms import form_texts as words
from engine.domain.forms.form_shape import FormError, check_shape
from engine.domain.forms.form_values import Rules, as_kept, check_value, convert
from engine.domain.identifiers import spoken_phone, storable
from engine.domain.meanings import MEANING, OUTCOME, Meaning, Outcome
from engine.domain.text import Text
from rules.errors import RulesError
from rules.feel import Expression, compile_expression, to_feel

FieldType = Literal["textfield", "textarea", "number", "select", "radio", "checkbox", "date", "group", "text"]
FIELD_TYPES: tuple[str, ...] = get_args(FieldType)
_INPUTS = frozenset(FIELD_TYPES) - {"group", "text"}
_MAX_TEXT = 20_000


@dataclass(frozen=True)
class Option:
    """One choice of a select or radio field. `outcome`: what choosing it brings about, as its author declared."""

    value: str
    label: Text
    outcome: str = ""


@dataclass(frozen=True)
class FormField:
    """One component: an input, a group of inputs (`components`), or a text to read.

    `prefill` names where its value may come from (`applicant.full_name`, `owner.birth_on`, `form.copies`):
    what the office knows is not asked again. `meaning`: what the field does (engine.domain.meanings), as declared.
    """

    key: str
    type: FieldType
    label: Text
    description: Text | None = None
    rules: Rules = field(default_factory=Rules)
    options: tuple[Option, ...] = ()
    hide: Expression | None = None
    default: str | None = None
    prefill: str | None = None
    autocomplete: str = ""  # what a browser may fill in of its owner's own data (HTML's word for it)
    components: tuple[FormField, ...] = ()
    meaning: str = ""

    @property
    def required(self) -> bool:
        """True when it may not be left empty while it is shown."""
        return self.rules.required

    def option_label(self, value: str) -> Text:
        """The words of a chosen value; the value itself when it is no option."""
        return next((option.label for option in self.options if option.value == value), Text(value, value))

    def outcome_of(self, value: object) -> str:
        """What choosing this value brings about; "" when nothing was declared."""
        return next((option.outcome for option in self.options if option.value == str(value)), "")

    def value_for(self, outcome: Outcome) -> str:
        """The value of the option that brings this about; "" when there is none."""
        return next((option.value for option in self.options if option.outcome == outcome), "")


@dataclass(frozen=True)
class Form:
    """A form of a procedure; `components` in reading order, groups holding theirs."""

    key: str
    title: Text
    components: tuple[FormField, ...]
    schema: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def fields(self) -> tuple[FormField, ...]:
        """Every input, whatever group it is in."""
        return tuple(_inputs(self.components))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names of the inputs."""
        return frozenset(entry.key for entry in self.fields)

    def field(self, key: str) -> FormField | None:
        """The input of that name, or None."""
        return next((entry for entry in self.fields if entry.key == key), None)

    def in_order(self, keys: Collection[str]) -> tuple[str, ...]:
        """These names of inputs as they stand in the form."""
        return tuple(entry.key for entry in self.fields if entry.key in keys)

    def fields_with(self, *meanings: Meaning) -> tuple[FormField, ...]:
        """The inputs that do one of these things, in reading order."""
        return tuple(entry for entry in self.fields if entry.meaning in meanings)

    def field_with(self, meaning: Meaning) -> FormField | None:
        """The input that does this, or None."""
        return next(iter(self.fields_with(meaning)), None)

    def value_with(self, meaning: Meaning, values: Mapping[str, Any]) -> Any:
        """What was filled in where the form asks for this; None when it does not ask, or nobody said."""
        entry = self.field_with(meaning)
        return values.get(entry.key) if entry else None

    def visible(self, data: Mapping[str, str]) -> frozenset[str]:
        """The keys of the inputs, groups and texts that these answers leave on the page."""
        context = self._context(data)
        return frozenset(_shown(self.components, context))

    def validate(self, data: Mapping[str, str], *, partial: bool = False) -> tuple[dict[str, Any], dict[str, Text]]:
        """Read what was typed: `(clean, errors)`, both by field key.

        `clean` is JSON-able: dates as ISO days, numbers as numbers, check boxes as true/false, text composed
        (NFC) and trimmed. Hidden fields and names the form does not know are dropped. With `partial` (a draft)
        empty fields are no error; wrong ones still are.
        """
        shown = self.visible(data)
        clean: dict[str, Any] = {}
        errors: dict[str, Text] = {}
        for entry in self.fields:
            if entry.key not in shown:
                continue
            value, wrong = self._read(entry, data, partial)
            if wrong is not None:
                errors[entry.key] = wrong
            elif value is not None:
                clean[entry.key] = value
        return clean, errors

    def told(self, values: Mapping[str, Any]) -> tuple[tuple[FormField, Text], ...]:
        """The filled fields that these answers leave on the page, in reading order, each in words to read."""
        shown = self.visible({key: words.typed(value) for key, value in values.items()})
        rows = ((entry, values.get(entry.key)) for entry in self.fields if entry.key in shown)
        return tuple((entry, _in_words(entry, value)) for entry, value in rows if value not in (None, ""))

    def show(
        self, values: Mapping[str, Any], lang: str = "vi", *, without: Collection[str] = ()
    ) -> tuple[tuple[Text, str], ...]:
        """The same as labels and words of one language; not the fields of `without`."""
        rows = (row for row in self.told(values) if row[0].key not in without)
        return tuple((entry.label, said.in_(lang)) for entry, said in rows)

    def _read(self, entry: FormField, data: Mapping[str, str], partial: bool) -> tuple[Any, Text | None]:
        raw = storable(str(data.get(entry.key, ""))).strip()
        if len(raw) > _MAX_TEXT:
            return None, words.too_long(entry.label, _MAX_TEXT)
        if raw == "" or (entry.type == "checkbox" and convert("checkbox", raw) is False):
            wrong = words.required(entry.label, entry.type) if entry.required and not partial else None
            return (False if entry.type == "checkbox" else None), wrong
        if entry.options and raw not in {option.value for option in entry.options}:
            return None, words.not_an_option(entry.label)
        value = convert(entry.type, raw)
        if value is None:
            return None, words.unreadable(entry.label, entry.type)
        wrong = check_value(entry.label, entry.rules, value, raw)
        return (value if wrong else as_kept(entry.rules, value)), wrong

    def _context(self, data: Mapping[str, str]) -> dict[str, object]:
        raw = {entry.key: storable(str(data.get(entry.key, ""))).strip() for entry in self.fields}
        typed = {entry.key: convert(entry.type, raw[entry.key]) if raw[entry.key] else None for entry in self.fields}
        return {key: to_feel(value) for key, value in typed.items()}


def parse_form(key: str, text: str) -> Form:
    """Read a form-js schema; raises `FormError` with a sentence naming the field."""
    try:
        schema = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FormError(
            f"Biểu mẫu “{key}” không phải JSON hợp lệ: {error}.", f"Form “{key}” is not valid JSON: {error}."
        ) from error
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        raise FormError(
            f"Biểu mẫu “{key}” phải có danh sách “components”.", f"Form “{key}” must have a list “components”."
        )
    check_shape(key, schema["components"])
    names = frozenset(_declared(schema["components"]))
    components = tuple(_component(key, row, names) for row in schema["components"])
    form = Form(key, _label(schema, "title", key), components, schema)
    if len(form.keys) != len(form.fields):
        raise FormError(f"Biểu mẫu “{key}” có hai trường trùng tên.", f"Form “{key}” has two fields of one name.")
    return form


def _declared(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row.get("key"):
            yield str(row["key"])
        yield from _declared(row.get("components") or [])


def _component(form_key: str, row: Mapping[str, Any], names: frozenset[str]) -> FormField:
    kind = "date" if row.get("type") == "datetime" and row.get("subtype") == "date" else row.get("type")
    key = str(row.get("key") or row.get("id") or "")
    if kind not in FIELD_TYPES or not key:
        raise FormError(
            f"Biểu mẫu “{form_key}”: thành phần “{key or row.get('label')}” có kiểu “{kind}” không dùng được.",
            f"Form “{form_key}”: component “{key or row.get('label')}” is of type “{kind}”, which cannot be used.",
        )
    properties = row.get("properties") or {}
    return FormField(
        key=key,
        type=cast(FieldType, kind),
        label=_label(row, "text" if kind == "text" else "label", key),
        description=_label(row, "description", "") if row.get("description") else None,
        rules=_rules(row.get("validate") or {}, properties, whole=row.get("decimalDigits") == 0),
        options=tuple(_option(entry) for entry in row.get("values") or ()),
        hide=_hide(form_key, key, row, names),
        default=None if row.get("defaultValue") is None else str(row["defaultValue"]),
        prefill=properties.get("prefill"),
        autocomplete=str(properties.get("autocomplete") or ""),
        components=tuple(_component(form_key, child, names) for child in row.get("components") or ()),
        meaning=str(properties.get(MEANING) or ""),
    )


def _option(row: Mapping[str, Any]) -> Option:
    return Option(str(row["value"]), _label(row, "label", ""), str(row.get(OUTCOME) or ""))


def _rules(validate: Mapping[str, Any], properties: Mapping[str, Any], *, whole: bool) -> Rules:
    message = properties.get("pattern_message")
    return Rules(
        required=bool(validate.get("required", False)),
        min_length=validate.get("minLength"),
        max_length=validate.get("maxLength"),
        pattern=validate.get("pattern") or None,
        pattern_message=Text(message, properties.get("pattern_message_en", message)) if message else None,
        whole=whole,
        minimum=validate.get("min"),
        maximum=validate.get("max"),
        check=properties.get("check"),
    )


def _hide(form_key: str, key: str, row: Mapping[str, Any], names: frozenset[str]) -> Expression | None:
    source = (row.get("conditional") or {}).get("hide")
    if not source:
        return None
    try:
        expression = compile_expression(str(source).removeprefix("="), names=names)
    except RulesError as error:
        raise FormError(
            f"Biểu mẫu “{form_key}”, trường “{key}”: điều kiện ẩn không đọc được ({error}).",
            f"Form “{form_key}”, field “{key}”: the hiding condition cannot be read ({error.message_en}).",
        ) from error
    if unknown := sorted(expression.names - names):
        listed = ", ".join(unknown)
        raise FormError(
            f"Biểu mẫu “{form_key}”, trường “{key}”: điều kiện ẩn dùng tên không có: {listed}.",
            f"Form “{form_key}”, field “{key}”: the hiding condition uses unknown names: {listed}.",
        )
    return expression


def _label(row: Mapping[str, Any], name: str, fallback: str) -> Text:
    vietnamese = str(row.get(name) or fallback)
    return Text(vietnamese, str(row.get(f"{name}_en") or vietnamese))


def _inputs(components: tuple[FormField, ...]) -> Iterator[FormField]:
    for entry in components:
        if entry.type in _INPUTS:
            yield entry
        yield from _inputs(entry.components)


def _shown(components: tuple[FormField, ...], context: Mapping[str, object]) -> Iterator[str]:
    for entry in components:
        if entry.hide is not None and entry.hide.evaluate(context) is True:
            continue
        yield entry.key
        yield from _shown(entry.components, context)


def _in_words(entry: FormField, value: Any) -> Text:
    if entry.options:
        return entry.option_label(str(value))
    if entry.rules.check == "phone":
        return Text(spoken_phone(str(value)), spoken_phone(str(value)))
    return Text(words.shown(entry.type, value, "vi"), words.shown(entry.type, value, "en"))

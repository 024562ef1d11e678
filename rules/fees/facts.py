"""Facts of a situation: the documented names, their types, and the closed world a quote is made in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final

from rules.errors import Fact, FactsError, shown_names
from rules.text import Text

BIRTH: Final = "birth_on"
OLDEST: Final = 130  # years; the oldest person on record reached 122
# Facts the engine computes from others; nobody supplies them.
DERIVED = ("online", "age", "area_category", "rural")


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One documented fact: name, type, question in both languages, allowed values and bounds.

    A fact that is `everywhere` may be given for any procedure and may always be left out. Of the values in
    `exclusive` at most one may be chosen.
    """

    name: str
    kind: str
    question: Text
    values: Mapping[str, Text] = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    everywhere: bool = False
    exclusive: tuple[str, ...] = ()

    def as_fact(self) -> Fact:
        """The form in which an error or a screen asks for it."""
        return Fact(self.name, self.kind, self.question.vi, self.question.en, tuple(self.values))


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """The facts one procedure needs, and the defaults of those that may be left out.

    Of the subjects in `one_of` a person must be exactly one, because the tariff depends on it.
    """

    required: tuple[str, ...]
    defaults: Mapping[str, object] = field(default_factory=dict)
    minimums: Mapping[str, int] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every fact the procedure looks at."""
        return (*self.required, *self.defaults)

    def narrowed(self, spec: FactSpec) -> FactSpec:
        """The fact with the lower bound this procedure sets, if any."""
        least = self.minimums.get(spec.name)
        return spec if least is None else replace(spec, minimum=least)


def read_facts(
    vocabulary: Mapping[str, FactSpec], needed: ProcedureFacts, given: Mapping[str, object]
) -> dict[str, object]:
    """Check and complete the facts of one situation.

    Strings are brought to NFC; facts left out take the procedure's default. Raises FactsError, listing
    what is needed, for a name nobody documented, a missing fact, or a value outside its type.
    """
    unknown = tuple(sorted(set(given) - set(vocabulary)))
    missing = tuple(name for name in needed.required if given.get(name) is None)
    if unknown or missing:
        raise _refused(vocabulary, needed, unknown, missing)
    facts = dict(needed.defaults)
    for name, value in given.items():
        if value is not None:
            facts[name] = read_value(needed.narrowed(vocabulary[name]), value)
    _check_subject(vocabulary, needed, facts)
    return facts


def not_asked(
    vocabulary: Mapping[str, FactSpec], needed: ProcedureFacts, given: Mapping[str, object]
) -> tuple[str, ...]:
    """The facts that were given though this procedure never looks at them."""
    asked = {*needed.required, *needed.defaults}
    return tuple(
        sorted(name for name, value in given.items() if _is_stray(vocabulary.get(name), value) and name not in asked)
    )


def _is_stray(spec: FactSpec | None, value: object) -> bool:
    return spec is not None and value is not None and not spec.everywhere


def _check_subject(vocabulary: Mapping[str, FactSpec], needed: ProcedureFacts, facts: Mapping[str, object]) -> None:
    subjects = facts.get("subject")
    if not isinstance(subjects, list):
        return
    spec = vocabulary["subject"]
    for words, least in ((spec.exclusive, 0), (needed.one_of, len(needed.one_of) and 1)):
        if not least <= sum(word in subjects for word in words) <= 1:
            allowed = ", ".join(words)
            raise _wrong(
                spec, subjects, f"nêu đúng một trong các đối tượng {allowed}", f"name exactly one of {allowed}"
            )


def _refused(
    vocabulary: Mapping[str, FactSpec], needed: ProcedureFacts, unknown: tuple[str, ...], missing: tuple[str, ...]
) -> FactsError:
    vi, en = [], []
    if unknown:
        vi.append(f"Không có thông tin nào tên là: {shown_names(unknown)}.")
        en.append(f"No fact is called: {shown_names(unknown)}.")
    if missing:
        vi.append("Còn thiếu: " + "; ".join(f"{name} ({vocabulary[name].question.vi})" for name in missing) + ".")
        en.append("Missing: " + "; ".join(f"{name} ({vocabulary[name].question.en})" for name in missing) + ".")
    vi.append(f"Thủ tục này cần: {_list(vocabulary, needed)}.")
    en.append(f"This procedure needs: {_list(vocabulary, needed)}.")
    facts = tuple(vocabulary[name].as_fact() for name in needed.names)
    return FactsError(" ".join(vi), " ".join(en), needed=facts, unknown=unknown)


def _list(vocabulary: Mapping[str, FactSpec], needed: ProcedureFacts) -> str:
    shown = []
    for name in needed.names:
        values = "|".join(vocabulary[name].values)
        default = f" = {needed.defaults[name]}" if needed.defaults.get(name) is not None else ""
        shown.append(f"{name}{default}{f' ({values})' if values else ''}")
    return ", ".join(shown)


def read_value(spec: FactSpec, value: object) -> object:
    """One fact's value in its type; raises FactsError naming the fact and what it accepts."""
    return _READERS[spec.kind](spec, value)


def _wrong(spec: FactSpec, value: object, vi: str, en: str) -> FactsError:
    return FactsError(
        f"Thông tin «{spec.name}» ({spec.question.vi}) không nhận giá trị {value!r}: {vi}.",
        f"Fact “{spec.name}” ({spec.question.en}) does not accept {value!r}: {en}.",
        needed=(spec.as_fact(),),
    )


def _integer(spec: FactSpec, value: object) -> int:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if type(value) is not int:
        raise _wrong(spec, value, "phải là số nguyên", "it must be a whole number")
    low = spec.minimum if spec.minimum is not None else 0
    if value < low or (spec.maximum is not None and value > spec.maximum):
        high = "" if spec.maximum is None else f"–{spec.maximum}"
        raise _wrong(spec, value, f"phải trong khoảng {low}{high}", f"it must be within {low}{high}")
    return value


def _boolean(spec: FactSpec, value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(spec, value, "phải là true hoặc false", "it must be true or false")
    return value


def _text(spec: FactSpec, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(spec, value, "phải là chữ", "it must be text")
    return unicodedata.normalize("NFC", value.strip())


def _choice(spec: FactSpec, value: object) -> str:
    text = _text(spec, value)
    if text not in spec.values:
        allowed = ", ".join(spec.values)
        raise _wrong(spec, value, f"chọn một trong {allowed}", f"choose one of {allowed}")
    return text


def _choices(spec: FactSpec, value: object) -> list[str]:
    many = value if isinstance(value, list | tuple) else [value]
    return [_choice(spec, one) for one in many]


def _date(spec: FactSpec, value: object) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(_text(spec, value))
    except ValueError:
        raise _wrong(spec, value, "phải là ngày dạng 2024-12-31", "it must be a day like 2024-12-31") from None


def _dates(spec: FactSpec, value: object) -> dict[str, date]:
    if not isinstance(value, Mapping):
        raise _wrong(spec, value, "phải là bảng đối tượng → ngày", "it must map a subject to a day")
    return {_choice(spec, key): _date(spec, day) for key, day in value.items()}


_READERS: Mapping[str, Callable[[FactSpec, object], object]] = {
    "integer": _integer,
    "boolean": _boolean,
    "text": _text,
    "area": _text,
    "choice": _choice,
    "choices": _choices,
    "date": _date,
    "dates": _dates,
}


def check_birth(vocabulary: Mapping[str, FactSpec], facts: Mapping[str, object], filed_on: date) -> None:
    """Raise FactsError for a date of birth after the day of filing, or further back than anybody has lived."""
    born = facts.get(BIRTH)
    if not isinstance(born, date):
        return
    spec = vocabulary[BIRTH]
    if born > filed_on:
        raise _wrong(
            spec,
            born.isoformat(),
            f"sau ngày nộp hồ sơ {filed_on.isoformat()}",
            f"it is after {filed_on.isoformat()}, the day of filing",
        )
    if age_on(born, filed_on) > OLDEST:
        raise _wrong(
            spec,
            born.isoformat(),
            f"hơn {OLDEST} năm trước ngày nộp hồ sơ",
            f"it is more than {OLDEST} years before the day of filing",
        )


def age_on(birth_on: date, on: date) -> int:
    """Completed years on `on`. Born on 29/02, a year is complete on 28/02 of a year without that day.

    Source: Civil Code 2015, Article 148.3 (a month without the corresponding day ends on its last day).
    """
    years = on.year - birth_on.year
    try:
        birthday = birth_on.replace(year=on.year)
    except ValueError:
        birthday = date(on.year, 2, 28)
    return years if on >= birthday else years - 1

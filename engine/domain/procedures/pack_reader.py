"""Reads one YAML mapping of a pack and gathers what is wrong with it, so that all faults are told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.domain.text import Text
from rules.errors import RulesError
from rules.feel import Expression, compile_expression


class PackError(ValueError):
    """The procedure pack cannot be used; `sentences` lists every fault found, each for a person to mend."""

    def __init__(self, sentences: tuple[Text, ...]) -> None:
        super().__init__(" ".join(sentence.vi for sentence in sentences))
        self.sentences = sentences


@dataclass
class Faults:
    """What was found so far."""

    found: list[Text] = field(default_factory=list)

    def add(self, where: str, vi: str, en: str) -> None:
        """Note a fault at a place like `components[2].name`."""
        self.found.append(Text(f"{where}: {vi}", f"{where}: {en}"))

    def stop_if_any(self) -> None:
        """Raise `PackError` when something was found."""
        if self.found:
            raise PackError(tuple(self.found))


class Reader:
    """One mapping of the file and where it stands."""

    def __init__(self, data: object, where: str, faults: Faults) -> None:
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self._where = where
        self._faults = faults
        if not isinstance(data, Mapping):
            faults.add(where, "phải là một nhóm “tên: giá trị”", "must be a group of “name: value”")

    def fault(self, name: str, vi: str, en: str) -> None:
        """Note a fault of one of its entries."""
        self._faults.add(f"{self._where}.{name}", vi, en)

    def has(self, name: str) -> bool:
        """True when the entry is there and not empty."""
        return self._data.get(name) not in (None, "", [], {})

    def text(self, name: str) -> Text:
        """A text in both languages: `{vi: …, en: …}`."""
        value = self._data.get(name)
        if isinstance(value, Mapping) and value.get("vi") and value.get("en"):
            return Text(str(value["vi"]).strip(), str(value["en"]).strip())
        self.fault(name, "cần có cả tiếng Việt (vi) và tiếng Anh (en)", "needs both Vietnamese (vi) and English (en)")
        return Text("", "")

    def text_or(self, name: str, fallback: Text) -> Text:
        """A text in both languages, or the fallback when the entry is absent."""
        return self.text(name) if self.has(name) else fallback

    def word(self, name: str) -> str:
        """A short string that must be there."""
        if not self.has(name):
            self.fault(name, "không được để trống", "must not be empty")
        return str(self._data.get(name) or "")

    def word_or(self, name: str, fallback: str | None = None) -> str | None:
        """A short string, or the fallback."""
        return str(self._data[name]) if self.has(name) else fallback

    def one_of(self, name: str, allowed: tuple[str, ...], fallback: str | None = None) -> str:
        """One of the allowed words."""
        value = str(self._data.get(name, fallback) or "")
        if value not in allowed:
            listed = ", ".join(allowed)
            self.fault(name, f"“{value}” phải là một trong: {listed}", f"“{value}” must be one of: {listed}")
        return value

    def number(self, name: str, fallback: int | None = None) -> int:
        """A whole number ≥ 0."""
        value = self._data.get(name, fallback)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(name, "phải là số nguyên không âm", "must be a whole number, 0 or more")
            return 0
        return value

    def flag(self, name: str) -> bool:
        """True only when the file says true."""
        return self._data.get(name) is True

    def day(self, name: str) -> date | None:
        """A day, or None when the entry is absent."""
        value = self._data.get(name)
        if value is not None and not isinstance(value, date):
            self.fault(name, "phải là ngày dạng 2025-07-01", "must be a day like 2025-07-01")
            return None
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A list of short strings; empty when absent."""
        value = self._data.get(name) or ()
        if not isinstance(value, list | tuple):
            self.fault(name, "phải là danh sách", "must be a list")
            return ()
        return tuple(str(entry) for entry in value)

    def texts(self, name: str) -> tuple[Text, ...]:
        """A list of texts in both languages."""
        return tuple(Reader({"text": entry}, where, self._faults).text("text") for where, entry in self._rows(name))

    def group(self, name: str) -> Reader:
        """The mapping under that name; empty when absent."""
        return Reader(self._data.get(name) or {}, f"{self._where}.{name}", self._faults)

    def groups(self, name: str) -> tuple[Reader, ...]:
        """A list of mappings."""
        return tuple(Reader(entry, where, self._faults) for where, entry in self._rows(name))

    def named(self, name: str) -> Iterator[tuple[str, Reader]]:
        """The entries of a mapping of mappings, in order."""
        for key, value in self.group(name)._data.items():
            yield str(key), Reader(value, f"{self._where}.{name}.{key}", self._faults)

    def pairs(self, name: str) -> dict[str, str]:
        """A mapping of short strings."""
        return {str(key): str(value) for key, value in self.group(name)._data.items()}

    def feel(self, name: str, names: frozenset[str], fallback: str) -> Expression:
        """A FEEL expression over the given names."""
        source = str(self._data.get(name, fallback))
        try:
            expression = compile_expression(source, names=names)
            if unknown := sorted(expression.names - names):
                listed = ", ".join(unknown)
                self.fault(name, f"“{source}” dùng tên không có: {listed}", f"“{source}” uses unknown names: {listed}")
            return expression
        except RulesError as error:
            self.fault(name, f"biểu thức “{source}” không đọc được ({error})", f"“{source}”: {error.message_en}")
            return compile_expression(fallback, names=names)

    def _rows(self, name: str) -> list[tuple[str, Any]]:
        value = self._data.get(name) or []
        if not isinstance(value, list):
            self.fault(name, "phải là danh sách", "must be a list")
            return []
        return [(f"{self._where}.{name}[{number}]", entry) for number, entry in enumerate(value, start=1)]

"""Reading hand-written YAML strictly: no aliases, no duplicate keys, bounded size and depth.

Errors name the file and the place in it, in words a fee administrator can act on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeVar

import yaml

from rules.errors import FeeFileError
from rules.text import Text

MAX_BYTES = 2_000_000
MAX_DEPTH = 30

T = TypeVar("T")


# The C parser is ten times faster; where PyYAML was built without it, the slow one reads the same files.
_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):  # type: ignore[misc, valid-type] # one of two classes with the same interface
    """SafeLoader that refuses duplicate keys and keys that are not text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(problem="keys must be text", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"duplicate key {key}", problem_mark=key_node.start_mark)
            seen.add(key)
        found: dict[object, object] = super().construct_mapping(node, deep=deep)
        return found


def check_shape(text: str) -> None:
    """Refuse aliases (entity bombs) and deep nesting before anything is built."""
    depth = 0
    for event in yaml.parse(text, _Base):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError(f"aliases are not allowed {event.start_mark}")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise yaml.YAMLError(f"nested too deeply {event.start_mark}")


def load_strictly(text: str) -> object:
    """What a document holds, without aliases, deep nesting, keys given twice or keys that are not text.

    Raises yaml.YAMLError or RecursionError.
    """
    check_shape(text)
    return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader


def read_yaml(path: Path) -> Node:
    """The document of a YAML file as a Node; raises FeeFileError with line and column."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        why = error.strerror
        raise FeeFileError(str(path), f"không đọc được tệp ({why})", f"cannot read the file ({why})") from None
    return parse_yaml(raw, path.name if path.parent.name == "_fees" else f"{path.parent.name}/{path.name}")


def parse_yaml(raw: bytes, place: str) -> Node:
    """The document in `raw` as a Node; `place` names it in errors."""
    if len(raw) > MAX_BYTES:
        raise FeeFileError(place, f"tệp lớn hơn {MAX_BYTES} byte", f"larger than {MAX_BYTES} bytes")
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-8"))
        check_shape(text)
        data = yaml.load(text, _StrictLoader)  # noqa: S506 - our loader is SafeLoader made stricter
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        why = _why(error)
        raise FeeFileError(place, f"không phải YAML hợp lệ: {why.vi}", f"not valid YAML: {why.en}") from None
    return Node(place, data)


_FAULTS: Final = (
    ("duplicate key", Text("một khóa được viết hai lần (duplicate key)", "a key is given twice")),
    (
        "keys must be text",
        Text(
            "khóa phải là chữ, đặt số và ngày trong ngoặc kép (keys must be text)", "keys must be text; quote numbers"
        ),
    ),
    ("aliases are not allowed", Text("không dùng bí danh & và * (aliases)", "aliases (& and *) are not allowed")),
    ("nested too deeply", Text("lồng nhau quá sâu (nested too deeply)", "nested too deeply")),
    (
        "mapping values are not allowed",
        Text("thụt dòng sai, hoặc thừa dấu hai chấm", "wrong indent, or a colon too many"),
    ),
    ("could not find expected ':'", Text("thiếu dấu hai chấm sau tên mục", "a colon is missing after a name")),
    (
        "expected ',' or",
        Text("danh sách hay ngoặc chưa đóng, hoặc thiếu dấu phẩy", "a bracket is open, or a comma is missing"),
    ),
    ("unexpected end of stream", Text("dấu ngoặc kép chưa đóng", "a quotation mark is not closed")),
    (
        "that cannot start any token",
        Text(
            "ký tự không dùng được ở đây: đặt trong ngoặc kép, thụt dòng bằng dấu cách (không dùng Tab)",
            "a sign that must be quoted; indent with spaces, not tabs",
        ),
    ),
    (
        "expected <block end>",
        Text("thụt dòng không thẳng hàng với các dòng trên", "the indent does not match the lines above"),
    ),
    ("did not find expected", Text("thụt dòng hoặc dấu ngoặc không khớp", "the indent or the brackets do not match")),
)


def _why(error: Exception) -> Text:
    """The fault of a YAML text with its line and column, in words; other faults as the reader said them."""
    told = " ".join(str(error).split())
    fault = next((words for mark, words in _FAULTS if mark in told), Text(told, told))
    if isinstance(error, UnicodeDecodeError):
        fault = Text("tệp không phải văn bản UTF-8", "the file is not UTF-8 text")
    opened = told.startswith(
        ("while parsing a flow", "while scanning a quoted")
    )  # what is open, not where the text ends
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    found = re.search(r"line (\d+), column (\d+)", told) if mark is None else None
    if mark is None and found is None:
        return fault
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (found[1], found[2]) if found else (1, 1)
    key = re.search(r"duplicate key (\S+)", told)
    named = f" «{key[1]}»" if key else ""
    return Text(f"dòng {line}, cột {column}: {fault.vi}{named}", f"line {line}, column {column}: {fault.en}{named}")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file together with its place."""

    place: str
    data: object

    def fail(self, vi: str, en: str) -> FeeFileError:
        """The error to raise about this place."""
        return FeeFileError(self.place, vi, en)

    def mapping(self) -> Mapping[str, object]:
        """The value as a mapping."""
        if not isinstance(self.data, dict):
            raise self.fail("phải là một bảng tên: giá trị", "must be a mapping")
        return self.data

    def only(self, *allowed: str) -> None:
        """Refuse keys that mean nothing here: a misspelt `valid_form` must not be an open end."""
        unknown = sorted(set(self.mapping()) - set(allowed))
        if unknown:
            raise self.fail(
                f"không hiểu mục {', '.join(unknown)}; các mục dùng được: {', '.join(allowed)}",
                f"unknown keys {', '.join(unknown)}; usable: {', '.join(allowed)}",
            )

    def get(self, key: str) -> Node | None:
        """The value under `key`, None when absent or null."""
        value = self.mapping().get(key)
        return None if value is None else Node(f"{self.place} › {key}", value)

    def need(self, key: str) -> Node:
        """The value under `key`; it must be there."""
        found = self.get(key)
        if found is None:
            raise self.fail(f"thiếu mục «{key}»", f"“{key}” is missing")
        return found

    def maybe(self, key: str, read: Callable[[Node], T]) -> T | None:
        """`read` applied to the value under `key`, None when absent."""
        found = self.get(key)
        return None if found is None else read(found)

    def each(self, key: str) -> Iterator[Node]:
        """The elements of the list under `key`; none when absent."""
        found = self.get(key)
        return iter(()) if found is None else found.elements()

    def elements(self) -> Iterator[Node]:
        """The elements of this list, each with its place."""
        if not isinstance(self.data, list):
            raise self.fail("phải là danh sách", "must be a list")
        return (Node(f"{self.place}[{number}]", value) for number, value in enumerate(self.data, 1))

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of this mapping."""
        return ((key, Node(f"{self.place} › {key}", value)) for key, value in self.mapping().items())

    def text(self) -> str:
        """The value as text; a number such as 1.001612 must be quoted, or it would lose its zeros."""
        if not isinstance(self.data, str) or not self.data.strip():
            raise self.fail(f"phải là chữ, có {self.data!r} (đặt mã số trong ngoặc kép)", "must be text (quote codes)")
        return self.data.strip()

    def whole(self) -> int:
        """The value as a whole number of at least zero."""
        if type(self.data) is not int or self.data < 0:
            raise self.fail(f"phải là số nguyên không âm, có {self.data!r}", "must be a whole number, zero or more")
        return self.data

    def flag(self) -> bool:
        """The value as true or false."""
        if not isinstance(self.data, bool):
            raise self.fail("phải là true hoặc false", "must be true or false")
        return self.data

    def day(self) -> date:
        """The value as a day, written 2024-12-31."""
        if type(self.data) is not date:
            raise self.fail(f"phải là ngày dạng 2024-12-31, có {self.data!r}", "must be a day like 2024-12-31")
        return self.data

    def instant(self) -> datetime:
        """The value as an instant with its zone, written "2023-12-31T23:59:59+07:00" (in quotes)."""
        try:
            at = datetime.fromisoformat(self.text())
        except ValueError:
            raise self.fail("phải là thời điểm ISO 8601", "must be an ISO 8601 instant") from None
        if at.tzinfo is None:
            raise self.fail("thời điểm thiếu múi giờ (+07:00)", "the instant lacks its zone (+07:00)")
        return at

    def one_of(self, *allowed: str) -> str:
        """The value as one of the words allowed here."""
        found = self.text()
        if found not in allowed:
            raise self.fail(f"chọn một trong {', '.join(allowed)}", f"choose one of {', '.join(allowed)}")
        return found

    def both(self) -> Text:
        """The value as a text in both languages."""
        self.only("vi", "en")
        return Text(self.need("vi").text(), self.need("en").text())

    def texts(self) -> tuple[str, ...]:
        """The value as a list of texts; a single text counts as a list of one."""
        if isinstance(self.data, str):
            return (self.text(),)
        return tuple(element.text() for element in self.elements())

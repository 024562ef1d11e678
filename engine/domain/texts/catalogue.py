"""The catalogues of texts: read once, judged as a whole, an installation's own words in place of ours.

A file is a group (`notice.yaml` holds the keys `notice.…`), an entry has one column per language: `vi`, `en`, and any
other a translator adds. Placeholders are plain names in braces, the same in every language.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from engine.domain.text import Text
from rules.errors import RulesError
from rules.yaml_reader import Node, read_yaml

_SHIPPED_FOLDER: Final = Path(__file__).parent
_ALWAYS: Final = ("vi", "en")


class TextsError(RulesError):
    """A catalogue cannot be used; the sentence names the file, the key and the way out."""

    code = "texts"


@dataclass(frozen=True, slots=True)
class ManyLanguages(Text):
    """A text that is also known in languages besides Vietnamese and English."""

    more: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, lang: str) -> str:
        """The text in `lang`; a language nobody wrote gets Vietnamese."""
        return self.more.get(lang) or Text(self.vi, self.en).in_language(lang)


@dataclass(frozen=True)
class Entry:
    """One text as it is written. `own`: the file of the installation that changes it, empty where ours stands."""

    key: str
    words: Mapping[str, str]
    placeholders: frozenset[str]
    own: str = ""


class TextCatalogue:
    """Every text by its key."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def placeholders(self, key: str) -> frozenset[str]:
        """The names an entry wants filled in."""
        return self._entries[key].placeholders

    def text(self, key: str, **values: object) -> Text:
        """The text under `key`, filled in; a value that is itself a Text is taken in each language.

        Raises KeyError for a key or a placeholder that is not there: a fault of the program, not of a person.
        """
        entry = self._entries[key]
        missing = entry.placeholders - set(values)
        if missing:
            raise KeyError(f"{key}: {', '.join(sorted(missing))}")
        said = {lang: _filled(words, lang, values) for lang, words in entry.words.items()}
        vi, en = said.pop("vi"), said.pop("en")
        return ManyLanguages(vi, en, said) if said else Text(vi, en)


def _filled(words: str, lang: str, values: Mapping[str, object]) -> str:
    spoken = {name: value.in_(lang) if isinstance(value, Text) else value for name, value in values.items()}
    return words.format(**spoken)


def load_texts(own: Path | None = None) -> TextCatalogue:
    """The shipped catalogues, with the words of the installation's folder `own` in place of ours.

    Raises TextsError for what cannot be read, an unknown file or key, and a placeholder that will not be filled.
    """
    entries = {entry.key: entry for path in _files(_SHIPPED_FOLDER) for entry in _entries(path)}
    if own is None:
        return TextCatalogue(entries)
    if not own.is_dir():
        raise TextsError(
            f"Không có thư mục {own} mà MOTCUA_TEXTS chỉ đến. Hãy tạo thư mục hoặc bỏ biến này.",
            f"There is no folder {own}, which MOTCUA_TEXTS names. Make it, or remove the variable.",
        )
    for path in _files(own):
        _check_group(path)
        for key, node in _read(path):
            entries[key] = _changed(path, node, key, entries)
    return TextCatalogue(entries)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _check_group(path: Path) -> None:
    known = [one.name for one in _files(_SHIPPED_FOLDER)]
    if path.name not in known:
        raise TextsError(
            f"Tệp {path}: không có nhóm lời văn nào tên như vậy. Các tệp dùng được: {', '.join(known)}.",
            f"{path}: no group of texts is called so. Usable files: {', '.join(known)}.",
        )


def _read(path: Path) -> Iterator[tuple[str, Node]]:
    try:
        for name, node in read_yaml(path).items():
            yield f"{path.stem}.{name}", node
    except RulesError as error:
        raise TextsError(error.message_vi, error.message_en) from error


def _entries(path: Path) -> Iterator[Entry]:
    """The entries of a shipped file: at least both languages, the same placeholders in all."""
    for key, node in _read(path):
        words = _words(node)
        missing = [lang for lang in _ALWAYS if lang not in words]
        used = {lang: _placeholders(node, text) for lang, text in words.items()}
        if missing or len(set(used.values())) != 1:
            raise TextsError(f"{path.name} › {key}: {words}", f"{path.name} › {key}: a language or placeholder differs")
        yield Entry(key, words, used["vi"])


def _changed(path: Path, node: Node, key: str, entries: Mapping[str, Entry]) -> Entry:
    """An entry with the installation's words; a placeholder may be left out, but not made up."""
    ours = entries.get(key)
    if ours is None:
        group = key.partition(".")[0]
        name = key.partition(".")[2]
        near = ", ".join(one.partition(".")[2] for one in entries if one.startswith(f"{group}."))
        raise TextsError(
            f"{path} › {name}: không có lời văn nào mang tên này. Các tên dùng được: {near}.",
            f"{path} › {name}: there is no such text. Usable names: {near}.",
        )
    words = _words(node)
    for lang, text in words.items():
        made_up = sorted(_placeholders(node, text) - ours.placeholders)
        if made_up:
            usable = ", ".join(f"{{{name}}}" for name in sorted(ours.placeholders)) or "—"
            raise TextsError(
                f"{path} › {key} › {lang}: không có dữ liệu cho {{{made_up[0]}}}. Chỗ điền dùng được: {usable}.",
                f"{path} › {key} › {lang}: nothing is known for {{{made_up[0]}}}. Usable placeholders: {usable}.",
            )
    return Entry(key, {**ours.words, **words}, ours.placeholders, str(path))


def _words(node: Node) -> dict[str, str]:
    try:
        return {lang: text.text() for lang, text in node.items()}
    except RulesError as error:
        raise TextsError(error.message_vi, error.message_en) from error


def _placeholders(node: Node, text: str) -> frozenset[str]:
    """The names in braces; raises TextsError for a lone brace, an empty name, a format or a way into a value."""
    try:
        found = [(name, spec, how) for _, name, spec, how in string.Formatter().parse(text) if name is not None]
    except ValueError:
        found = [("", "", None)]
    if any(spec or how or not name.isidentifier() for name, spec, how in found):
        raise TextsError(
            f"{node.place}: chỗ điền phải viết dạng {{tên}}; dấu ngoặc nhọn thường viết hai lần: {{{{ }}}}.",
            f"{node.place}: a placeholder is written {{name}}; a brace meant as such is doubled: {{{{ }}}}.",
        )
    return frozenset(name for name, _, _ in found)


@cache
def shipped() -> TextCatalogue:
    """The catalogues as they come with the platform."""
    return load_texts()


_own: list[TextCatalogue] = []  # the installation's, where it has words of its own


def install(catalogue: TextCatalogue) -> None:
    """Speak with these words from now on: once, at the start of the process, as settings are read."""
    _own[:] = [catalogue]


def installed() -> TextCatalogue:
    """The catalogue this process speaks with."""
    return _own[0] if _own else shipped()


def office_text(key: str, **values: object) -> Text:
    """The text under `key` in this installation's words; raises KeyError as TextCatalogue.text."""
    return installed().text(key, **values)

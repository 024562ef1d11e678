"""Loads a model together with the models it imports: from files in one tree, or from the files of a pack."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote

from rules.dmn.graph import Model
from rules.dmn.model import Decision, Definitions, Import
from rules.dmn.read import read_dmn, read_dmn_file
from rules.errors import DmnAmbiguousError, DmnLookupError, DmnReadError
from rules.feel import normal_name

_MAX_SIBLINGS: Final = 200


def compile_dmn(data: bytes) -> Model:
    """A model without imports, ready to decide; raises DmnReadError."""
    return _guarded(read_dmn(data), {})


def load_dmn(path: Path) -> Model:
    """The model in a file, ready to decide, with what it imports.

    Imports are looked for where their location says, as far as that is in the folder of the file, below it, or in a
    folder beside it; else by their namespace in the folder and below. Raises DmnReadError when a file cannot be read
    or models import each other in a circle.
    """
    folder = path.absolute().parent
    return _Loader(_Tree(folder)).load(posixpath.join(folder.name, path.name), ())


def load_packed(files: Mapping[str, str], path: str) -> Model:
    """The model `path` among the text files of a pack, with what it imports from them; raises DmnReadError."""
    return _Loader(_Pack(files)).load(path, ())


def packed_decision(files: Mapping[str, str], reference: str) -> tuple[Model, Decision]:
    """The decision a business rule task names, by its id or else its name, and its model among the files of a pack.

    Raises DmnLookupError when the pack has none of it, DmnAmbiguousError when it has several, DmnReadError when a model
    cannot be read.
    """
    found = packed_decisions(files)
    by_id = [(model, one) for model, one in found if one.element.id == reference]
    by_name = [(model, one) for model, one in found if one.name == normal_name(reference)]
    for meant in (by_id, by_name):
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise DmnAmbiguousError(
                f"Gói thủ tục có {len(meant)} quyết định “{reference}”; không rõ hỏi quyết định nào.",
                f"The procedure has {len(meant)} decisions “{reference}”; it is not clear which one is asked.",
            )
    raise DmnLookupError(
        f"Gói thủ tục không có bảng quyết định “{reference}”.", f'The procedure has no decision "{reference}".'
    )


def packed_decisions(files: Mapping[str, str]) -> list[tuple[Model, Decision]]:
    """Every decision of a pack with its model; raises DmnReadError."""
    models = packed_models(tuple(sorted((path, text) for path, text in files.items() if path.endswith(".dmn"))))
    return [(model, decision) for model in models for decision in model.definitions.decisions]


@lru_cache(maxsize=64)
def packed_models(files: tuple[tuple[str, str], ...]) -> tuple[Model, ...]:
    """All models of a pack, compiled once per process."""
    known = dict(files)
    return tuple(load_packed(known, path) for path in known)


class _Source(Protocol):
    """Where models are found, by their path with slashes."""

    def has(self, path: str) -> bool:
        """Is there such a model?"""
        ...

    def read(self, path: str) -> Definitions:
        """The model there; raises DmnReadError."""
        ...

    def paths(self) -> Iterator[str]:
        """All models, to be searched by namespace."""
        ...


class _Tree:
    """The folder of a file, what is below it, and the folders beside it."""

    def __init__(self, folder: Path) -> None:
        self._root, self._folder = folder.parent, folder

    def has(self, path: str) -> bool:
        return (self._root / path).is_file()

    def read(self, path: str) -> Definitions:
        return read_dmn_file(self._root / path)

    def paths(self) -> Iterator[str]:
        beside = sorted(self._folder.glob("*.dmn"))
        below = (path for path in sorted(self._folder.glob("*/**/*.dmn")))
        for path in (*beside, *below):
            yield path.relative_to(self._root).as_posix()


class _Pack:
    """The text files of a pack."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def has(self, path: str) -> bool:
        return path in self._files

    def read(self, path: str) -> Definitions:
        return read_dmn(self._files[path].encode("utf-8"))

    def paths(self) -> Iterator[str]:
        return iter(sorted(path for path in self._files if path.endswith(".dmn")))


class _Loader:
    """Reads each file once."""

    def __init__(self, source: _Source) -> None:
        self.source = source
        self.models: dict[str, Model] = {}
        self._namespaces: dict[str, str] | None = None

    def load(self, path: str, chain: tuple[str, ...]) -> Model:
        """The model in one file and what it imports."""
        if path in self.models:
            return self.models[path]
        if path in chain:
            names = " → ".join(posixpath.basename(each) for each in (*chain, path))
            raise DmnReadError(
                f"Các mô hình nhập lẫn nhau thành vòng: {names}.", f"The models import each other in a circle: {names}."
            )
        definitions = self.source.read(path)
        imported: dict[str, Model] = {}
        for declared in definitions.imports:
            found = self._find(declared, posixpath.dirname(path))
            if found is not None:
                imported[declared.namespace] = self.load(found, (*chain, path))
        self.models[path] = _guarded(definitions, imported)
        return self.models[path]

    def _find(self, declared: Import, folder: str) -> str | None:
        location = unquote(declared.location).replace("\\", "/")
        name = posixpath.basename(location)
        if name.endswith(".dmn"):
            # Where the location says; else, as it may say where the file lay at its author's, by its bare name here.
            for place in (posixpath.normpath(posixpath.join(folder, location)), posixpath.join(folder, name)):
                if not place.startswith(("../", "/")) and self.source.has(place):
                    return place
        return self._by_namespace().get(declared.namespace)

    def _by_namespace(self) -> dict[str, str]:
        if self._namespaces is None:
            self._namespaces = {}
            for number, path in enumerate(self.source.paths()):
                if number == _MAX_SIBLINGS:
                    break
                try:
                    self._namespaces.setdefault(self.source.read(path).namespace, path)
                except DmnReadError:
                    continue
        return self._namespaces


def _guarded(definitions: Definitions, imported: dict[str, Model]) -> Model:
    try:
        return Model(definitions, imported)
    except RecursionError:
        raise DmnReadError("Mô hình lồng nhau quá sâu.", "The model is nested too deeply.") from None

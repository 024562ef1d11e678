"""Loads a model from a file together with the models it imports from the same folder."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from rules.dmn.graph import Model
from rules.dmn.model import Definitions, Import
from rules.dmn.read import read_dmn, read_dmn_file
from rules.errors import DmnReadError

_MAX_SIBLINGS = 200


def compile_dmn(data: bytes) -> Model:
    """A model without imports, ready to decide; raises DmnReadError."""
    return _guarded(read_dmn(data), {})


def load_dmn(path: Path) -> Model:
    """The model in a file, ready to decide. Imports are looked for only in the same folder.

    Raises DmnReadError when a file cannot be read or models import each other in a circle.
    """
    return _Loader(path.parent).load(path, ())


class _Loader:
    """Reads each file once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.models: dict[Path, Model] = {}
        self._namespaces: dict[str, Path] | None = None

    def load(self, path: Path, chain: tuple[Path, ...]) -> Model:
        """The model in one file and what it imports."""
        if path in self.models:
            return self.models[path]
        if path in chain:
            names = " → ".join(each.name for each in (*chain, path))
            raise DmnReadError(
                f"Các mô hình nhập lẫn nhau thành vòng: {names}.", f"The models import each other in a circle: {names}."
            )
        definitions = read_dmn_file(path)
        imported: dict[str, Model] = {}
        for declared in definitions.imports:
            found = self._find(declared)
            if found is not None:
                imported[declared.namespace] = self.load(found, (*chain, path))
        self.models[path] = _guarded(definitions, imported)
        return self.models[path]

    def _find(self, declared: Import) -> Path | None:
        # Only the last part of the location counts: a model must not reach out of its folder.
        name = unquote(declared.location).replace("\\", "/").rsplit("/", 1)[-1]
        if name.endswith(".dmn") and (self.folder / name).is_file():
            return self.folder / name
        return self._by_namespace().get(declared.namespace)

    def _by_namespace(self) -> dict[str, Path]:
        if self._namespaces is None:
            self._namespaces = {}
            for path in sorted(self.folder.glob("*.dmn"))[:_MAX_SIBLINGS]:
                try:
                    self._namespaces.setdefault(read_dmn_file(path).namespace, path)
                except DmnReadError:
                    continue
        return self._namespaces


def _guarded(definitions: Definitions, imported: dict[str, Model]) -> Model:
    try:
        return Model(definitions, imported)
    except RecursionError:
        raise DmnReadError("Mô hình lồng nhau quá sâu.", "The model is nested too deeply.") from None

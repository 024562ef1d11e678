"""Reads packs from `processes/`: one folder per procedure, plus the forms every procedure shares."""

from __future__ import annotations

from pathlib import Path

from engine.domain.identifiers import nfc

_TEXT_ENDINGS = (".yaml", ".bpmn", ".dmn", ".json", ".html", ".md")
SHARED_FORMS = "_forms"


def pack_codes(processes: Path) -> tuple[str, ...]:
    """The procedure codes that have a folder with a `procedure.yaml`."""
    return tuple(sorted(path.parent.name for path in processes.glob("[!_]*/procedure.yaml")))


def read_pack(processes: Path, code: str) -> dict[str, str]:
    """All text files of a pack by their path inside it, shared forms under `forms/` unless the pack has its own.

    This is what `publish_procedure` stores: a dossier keeps the pack it was filed under, whole.
    """
    folder = processes / code
    files = {f"forms/{path.name}": _text(path) for path in sorted((processes / SHARED_FORMS).glob("*.form.json"))}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name.endswith(_TEXT_ENDINGS):
            files[path.relative_to(folder).as_posix()] = _text(path)
    return files


def _text(path: Path) -> str:
    return nfc(path.read_text(encoding="utf-8"))

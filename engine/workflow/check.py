"""What `motcua check` does with diagrams: one verdict per file, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.workflow.finding import Finding
from engine.workflow.spec import check_model
from engine.workflow.xml import MAX_BYTES

SUFFIXES = (".bpmn", ".bpmn2", ".bpmn20.xml")


def check_paths(paths: Iterable[str | Path]) -> Iterator[dict[str, object]]:
    """Judge every diagram of the paths (folders are searched) and yield {file, accepted, findings}."""
    for path in paths:
        for file in _files(Path(path)):
            findings = check_file(file)
            accepted = all(finding.severity != "error" for finding in findings)
            yield {
                "file": str(file),
                "accepted": accepted,
                "findings": [finding.to_dict() for finding in findings],
            }


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.name.endswith(SUFFIXES))


def check_file(file: Path) -> tuple[Finding, ...]:
    """Judge one file; one that cannot be opened is a finding like any other."""
    try:
        with file.open("rb") as stream:
            xml = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return (
            Finding(
                "unreadable_file",
                "error",
                "",
                file.name,
                f"Không mở được tệp «{file.name}»: {reason}.",
                f"The file “{file.name}” cannot be opened: {reason}.",
                "Kiểm tra đường dẫn và quyền đọc tệp.",
                "Check the path and the permission to read it.",
            ),
        )
    return check_model(xml)

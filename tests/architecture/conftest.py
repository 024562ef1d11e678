"""What the guards read: every Python file of the product, parsed once; and bad examples that look like one."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "rules", "connectors", "processes", "admin_ui")
SKIPPED = {"node_modules", "__pycache__", "dist", ".dist-new", ".dist-old"}


@dataclass(frozen=True)
class Source:
    """One file: its place in the tree with forward slashes, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.path.split("/", 1)[0]


def read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text, str(path)))


def files_under(*folders: str, ending: str = ".py") -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{ending}")]
    return sorted(path for path in found if not SKIPPED & set(path.parts))


@pytest.fixture(scope="session")
def product() -> list[Source]:
    """Every module of the five packages."""
    sources = [read(path) for path in files_under(*PACKAGES)]
    assert len(sources) > 50, "the guards found hardly any source: do they look in the right place?"
    return sources


@pytest.fixture(scope="session")
def all_python(product: list[Source]) -> list[Source]:
    """The product, the tests, and the set-up script with its steps."""
    others = [*files_under("tests", ".setup"), ROOT / "motcua"]
    return [*product, *(read(path) for path in others)]


@pytest.fixture
def bad() -> Callable[[str, str], list[Source]]:
    """An example that a guard must object to: `bad("rules/x.py", "text")`."""

    def example(path: str, text: str) -> list[Source]:
        return [Source(path, text, ast.parse(text))]

    return example


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT

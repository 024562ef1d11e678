"""A package shows a face: its `__init__` says what others may use, and nobody outside imports past it."""

from __future__ import annotations

import ast

# The folders that are packages with a face. In the store the modules themselves are the names (`tasks.get`).
FACES = (
    *(f"engine.actions.{name}" for name in ("accounts", "dossier", "fees", "filing", "migrations", "portal")),
    *(f"engine.actions.{name}" for name in ("procedures", "process", "records", "tasks", "uploads")),
    *(f"engine.queries.{name}" for name in ("accounts", "dossier", "migrations", "operations", "portal", "tasks")),
    *(f"engine.workflow.{name}" for name in ("bpmn", "checks", "expressions", "findings", "migration", "runtime")),
    "engine.workflow.simulation",
    *(f"engine.domain.{name}" for name in ("deadlines", "filing", "forms", "history", "procedures", "vocabulary")),
    *(f"engine.store.{name}" for name in ("accounts", "catalogue", "connection", "dossiers", "history", "process")),
    "engine.papers",
    *(f"rules.{name}" for name in ("dmn", "feel", "fees", "inference", "tables")),
)
MOST_MODULES = 20


def module_of(path):
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def past_the_face(sources, faces=FACES):
    """Imports from outside a package that name one of its inner modules."""
    found = []
    for source in sources:
        own = f"{module_of(source.path)}."
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                found += [
                    f"{source.path}:{node.lineno} {node.module}"
                    for face in faces
                    if node.module.startswith(f"{face}.") and not own.startswith(f"{face}.")
                ]
    return found


def crowded(sources, most=MOST_MODULES):
    """Folders with more modules than one can look through."""
    folders: dict[str, int] = {}
    for source in sources:
        folder, _, name = source.path.rpartition("/")
        if name != "__init__.py":
            folders[folder] = folders.get(folder, 0) + 1
    return [f"{folder}: {count} modules, at most {most}" for folder, count in sorted(folders.items()) if count > most]


def test_nobody_imports_past_a_face(product):
    assert past_the_face(product) == []


def test_every_face_exists(product):
    here = {module_of(source.path) for source in product}
    assert sorted(set(FACES) - here) == []


def test_no_folder_is_crowded(product):
    assert crowded(product) == []


def test_bad_examples_are_seen(bad):
    assert past_the_face(bad("admin_ui/x.py", "from rules.feel.syntax.lexer import tokenize\n"))
    assert past_the_face(bad("rules/feel/x.py", "from rules.feel.syntax.lexer import tokenize\n")) == []
    assert past_the_face(bad("admin_ui/x.py", "from rules.feel import tokenize\n")) == []
    many = [bad(f"rules/many/m{number}.py", "")[0] for number in range(MOST_MODULES + 1)]
    assert crowded(many) == [f"rules/many: {MOST_MODULES + 1} modules, at most {MOST_MODULES}"]

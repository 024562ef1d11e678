"""Names are the office's words; a module is called after what it does, never after being a drawer."""

from __future__ import annotations

import ast
import importlib
from importlib.metadata import packages_distributions
from pathlib import PurePosixPath

DRAWERS = {"utils", "util", "common", "core", "models", "helpers", "helper", "misc", "lib", "base_utils", "stuff"}
NEVER = {"case", "process_data"}
TEST_KIT = "rules/dmn/tck.py"  # the standard's test kit calls its situations test cases, and so does its reader
NO_NOUN = {
    "item"
}  # a DossierItem or a FeeItem, never a bare item; a field or an argument of that type may be called so
OURS = ("engine", "rules", "connectors", "processes", "admin_ui")


def drawers(paths):
    """A folder or module that would take in anything."""
    return [path for path in paths if DRAWERS & {*PurePosixPath(path).parent.parts, PurePosixPath(path).stem}]


def defined(tree):
    """(line, name, whether it names a thing or an act of ours) of classes, functions, arguments and declared fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            fields = [inner.target for inner in node.body if isinstance(inner, ast.AnnAssign)]
            yield from ((field.lineno, field.id, False) for field in fields if isinstance(field, ast.Name))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name, True
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg, False


def foreign_words(sources):
    """Words that mean another thing in another trade (a court's case) or nothing at all."""
    return [
        f"{source.path}:{line} {name}"
        for source in sources
        for line, name, noun in defined(source.tree)
        if (name.lower() in NEVER and source.path != TEST_KIT) or (noun and name.lower() in NO_NOUN)
    ]


def owners_of(names, distributions):
    """Names that another distribution of this environment provides too."""
    return {
        name: sorted(set(distributions.get(name, [])))
        for name in names
        if set(distributions.get(name, [])) != {"motcua"}
    }


def test_no_drawers(product):
    assert drawers(source.path for source in product) == []


def test_no_foreign_words(product):
    assert foreign_words(product) == []


def test_our_names_are_ours_alone():
    assert owners_of(OURS, packages_distributions()) == {}


def test_our_names_are_loaded_from_this_tree(root):
    for name in OURS:
        assert importlib.import_module(name).__file__ == str(root / name / "__init__.py")


def test_bad_names_are_seen(bad):
    assert drawers(["engine/utils.py", "rules/common/x.py", "rules/feel/values/values.py"]) == [
        "engine/utils.py",
        "rules/common/x.py",
    ]
    assert foreign_words(bad("engine/x.py", "def close(case): ...\n"))
    assert foreign_words(bad("engine/x.py", "class Item:\n    process_data: dict\n")) == [
        "engine/x.py:2 process_data",
        "engine/x.py:1 Item",
    ]
    assert owners_of(["rules"], {"rules": ["motcua", "rules"]}) == {"rules": ["motcua", "rules"]}

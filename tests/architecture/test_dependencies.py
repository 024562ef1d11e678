"""What the product imports is declared in setup.cfg and locked; what happens to be installed does not count."""

from __future__ import annotations

import ast
import configparser
import re
import sys
from importlib.metadata import packages_distributions

OURS = {"engine", "rules", "connectors", "processes", "admin_ui"}
TYPES_ONLY = {"_typeshed"}  # exists for type checkers alone
BY_DISTRIBUTION = {"durable_rules_engine": "durable-rules", "durable": "durable-rules", "zen": "zen-engine"}

# Needed without being imported: where that is seen.
NEEDED_OTHERWISE = {
    "gunicorn": ("engine/cli/serving/serve.py", '"gunicorn",'),  # a process of its own
    "tzdata": ("engine/domain/clock.py", "ZoneInfo("),  # the zones of the standard library, on machines without
    "babel": (".setup/steps.py", "pybabel"),  # its command compiles the pages' words
}


def plain(name):
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(text):
    config = configparser.ConfigParser()
    config.read_string(text)
    extras = config["options.extras_require"]
    lines = config["options"]["install_requires"] + extras["inference"] + extras["bench"]
    return {plain(re.split(r"[\[=<>; ]", line.strip())[0]) for line in lines.splitlines() if line.strip()}


def top_names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def undeclared(sources, known, providers):
    """`path: import` of everything whose distribution setup.cfg does not name."""
    found = set()
    for source in sources:
        for name in set(top_names(source.tree)) - OURS - TYPES_ONLY - set(sys.stdlib_module_names):
            givers = {plain(giver) for giver in providers.get(name, [BY_DISTRIBUTION.get(name, name)])}
            if not givers & known:
                found.add(f"{source.path}: {name}")
    return sorted(found)


def unused(sources, known, providers, needed=frozenset()):
    """Declared distributions that nothing imports."""
    names = {name for source in sources for name in top_names(source.tree)}
    used = {plain(giver) for name in names for giver in providers.get(name, [BY_DISTRIBUTION.get(name, name)])}
    return sorted(known - used - set(needed))


def test_every_dependency_is_imported(product, root):
    known = declared((root / "setup.cfg").read_text(encoding="utf-8"))
    assert unused(product, known, packages_distributions(), NEEDED_OTHERWISE) == []
    for name, (path, sign) in NEEDED_OTHERWISE.items():
        assert name in known
        assert sign in (root / path).read_text(encoding="utf-8"), f"{name}: {path} does not need it any more"


def test_every_import_is_declared(product, root):
    known = declared((root / "setup.cfg").read_text(encoding="utf-8"))
    assert undeclared(product, known, packages_distributions()) == []


def test_every_dependency_is_locked(root):
    known = declared((root / "setup.cfg").read_text(encoding="utf-8"))
    text = "".join(
        (root / "locks" / f"{name}.lock").read_text(encoding="utf-8") for name in ("runtime", "inference", "bench")
    )
    assert known - {plain(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)} == set()


def test_a_dependency_nobody_imports_is_seen(bad):
    sources = bad("rules/x.py", "import yaml\nfrom durable import lang\n")
    providers = {"yaml": ["PyYAML"]}
    assert unused(sources, {"pyyaml", "durable-rules"}, providers) == []
    assert unused(sources, {"pyyaml", "durable-rules", "docxtpl"}, providers) == ["docxtpl"]
    assert unused(sources, {"pyyaml", "gunicorn"}, providers, {"gunicorn"}) == []


def test_an_undeclared_import_is_seen(bad):
    known = declared(
        "[options]\ninstall_requires =\n    Flask==3\n[options.extras_require]\ninference =\n    durable-rules==2\n"
        "bench =\n    zen-engine==1\n"
    )
    assert known == {"flask", "durable-rules", "zen-engine"}
    assert undeclared(bad("rules/x.py", "import regex\n"), known, {"regex": ["regex"]}) == ["rules/x.py: regex"]
    assert undeclared(bad("admin_ui/x.py", "import flask, json\n"), known, {"flask": ["Flask"]}) == []

"""Nothing depends on a field's name: Python and templates find what a pack's author named by its declared meaning."""

from __future__ import annotations

import ast
import re

# Mappings that hold what was filled into a pack's forms, or the variables of its diagram, by the author's names.
ANSWERS = frozenset({"variables", "outputs", "answers", "written"})
COLUMNS = frozenset({"variables", "outputs", "form", "draft"})  # `row["outputs"]["decision"]`
NOT_OURS = (
    "engine/bench/",  # draws and walks its own procedures: it is their author
    "engine/workflow/",  # runs the diagram of anybody; the keys there are its own bookkeeping
    "engine/domain/filing/check.py",  # reads the shared forms of the people, whose fields are columns of the record
)
HIDING = re.compile(r"""data-hide=(?:"(?!\{\{)[^"]*"|'(?!\{\{)[^']*')""")
NAMED = re.compile(r"""\b(?:outputs|variables|answers|dossier\.form)(?:\.get\(|\[)["']\w+["']""")
FORM_FIELD = re.compile(r"\bdossier\.form\.(?!get\b|items\b|keys\b|values\b)\w+")


def is_answers(node):
    """Whether an expression holds answers by the author's names."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value in COLUMNS
    if isinstance(node, ast.BoolOp):
        return any(map(is_answers, node.values))
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name in ANSWERS


def constants(tree):
    """The module's own names for plain words."""
    pairs = [(node.targets[0], node.value) for node in tree.body if isinstance(node, ast.Assign)]
    pairs += [(node.target, node.value) for node in tree.body if isinstance(node, ast.AnnAssign)]
    return {
        target.id: value.value
        for target, value in pairs
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str)
    }


def words_in(node, known):
    """The plain words an expression stands for."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [word for one in node.elts for word in words_in(one, known)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [known[node.id]] if isinstance(node, ast.Name) and node.id in known else []


def named_fields(node, known):
    """The field names that an expression goes by."""
    if isinstance(node, ast.Subscript) and is_answers(node.value):
        return words_in(node.slice, known)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop"):
        return words_in(node.args[0], known) if node.args and is_answers(node.func.value) else []
    if isinstance(node, ast.Compare):
        right = node.comparators[0]
        if isinstance(node.left, ast.Attribute) and node.left.attr == "key":
            return words_in(right, known)
        if isinstance(node.ops[0], ast.In | ast.NotIn) and is_answers(right):
            return words_in(node.left, known)
    return []


def by_name(sources, exempt=NOT_OURS):
    """Places in Python that find an answer by the name of its field."""
    found = []
    for source in sources:
        if source.path.startswith(exempt):
            continue
        known = constants(source.tree)
        for node in ast.walk(source.tree):
            found += [f"{source.path}:{node.lineno} {word}" for word in named_fields(node, known)]
    return found


def by_name_on_pages(named):
    """The same in templates: (path, text) pairs in, complaints out."""
    found = []
    for path, text in named:
        for number, line in enumerate(text.splitlines(), start=1):
            marks = (one[0] for pattern in (HIDING, NAMED, FORM_FIELD) for one in pattern.finditer(line))
            found += [f"{path}:{number} {mark}" for mark in marks]
    return found


def test_python_finds_answers_by_their_meaning(product):
    assert by_name(product) == []


def test_pages_find_answers_by_their_meaning(root):
    folder = root / "admin_ui" / "templates"
    pages = [(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")]
    assert pages
    assert by_name_on_pages(pages) == []


def test_each_way_around_is_seen(bad):
    for line in (
        'number = work.variables["result_number"]',
        'number = work.variables.get("result_number")',
        'number = task["outputs"]["result_number"]',
        'number = (row["outputs"] or {}).get("result_number")',
        'paid = "fee_method" in outputs',
        'fresh = entry.key in ("decision", "finding")',
        'asks = entry.key == "decision"',
        'NAME = "copies"\nfor dossier in ():\n    dossier["form"][NAME]',
    ):
        assert by_name(bad("engine/actions/x.py", line)), line


def test_what_is_no_answer_is_left_alone(bad):
    for line in (
        'code = work.dossier["code"]',
        "value = form.value_with(Meaning.COPIES, work.variables)",
        "value = outputs.get(entry.key)",
        'reason = ask.form.get("reason", "")',
        "first = outputs[0]",
    ):
        assert by_name(bad("engine/actions/x.py", line)) == [], line


def test_each_way_around_on_a_page_is_seen():
    for line in (
        "<fieldset data-hide='decision != \"supplement\"'>",
        '{{ outputs.get("decision", "") }}',
        '{{ variables["decision"] }}',
        "{{ dossier.form.copies }}",
    ):
        assert by_name_on_pages([("x.html", line)]), line
    assert by_name_on_pages([("x.html", '<div data-hide="{{ component.hide.source }}">{{ data.get(name) }}')]) == []

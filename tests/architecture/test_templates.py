"""Templates say what a page looks like; what things mean, are called and may do is told to them by Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from admin_ui.labels import LABELS, LOOKS

LINE = 120
# What a template must not hold, and why.
FAULTS = {
    "raw": (re.compile(r"\|\s*safe\b|autoescape\s+false"), "text goes onto a page escaped; HTML passes |article_html"),
    "style": (re.compile(r"<style\b|\sstyle\s*="), "the security policy refuses inline styles: use a class"),
    "handler": (re.compile(r"<[^>]*\son[a-z]+\s*=|javascript:"), "the security policy refuses inline scripts"),
    "script": (
        re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))"),
        "the security policy refuses inline scripts",
    ),
    "map": (re.compile(r"""["'][\w.]+["']\s*:\s*_\("""), "names of the record's words stand in admin_ui/labels.py"),
    "word": (
        re.compile(
            r"""\.(?:state|status|role|kind|channel|audience|method)\s*(?:[!=]=|not\s+in\b|in\b)\s*(?:["'(]|\d)"""
        ),
        "what a word of the record means is asked of the view, not compared here",
    ),
    "count": (
        re.compile(r"""\bcounts\.(?:get\(["']|(?!get\b)\w)|\bcounts\[["']"""),
        "which rows are counted is told by the view",
    ),
    "answer": (re.compile(r"""data-hide\s*=\s*["'][^"'{]"""), "when a field is out of sight is told by the view"),
    "roles": (re.compile(r"\bactor\.roles\b"), "ask may_open(endpoint): the guard of the page knows"),
}
SPEAKS_OF_REQUESTS = re.compile(r"\brequest\.method\b")  # the web's own word, not the record's
KINDS = re.compile(r"""\blabel\(["'](\w+)["']\)|\boptions\(["'](\w+)["']\)|map\(["']label["'],\s*["'](\w+)["']\)""")


def faults(name: str, text: str) -> list[str]:
    """Everything in a template that does not belong there."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LINE:
            found.append(f"{name}:{number}: {len(line)} characters, at most {LINE}")
    for kind, (pattern, why) in FAULTS.items():
        for hit in pattern.finditer(SPEAKS_OF_REQUESTS.sub("request_method", text)):
            found.append(f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {kind}: {why}")
    for hit in KINDS.finditer(text):
        word = next(group for group in hit.groups() if group)
        if word not in LABELS and word not in LOOKS:
            found.append(f"{name}: no labels of the kind {word}")
    return found


def templates(root: Path) -> list[tuple[str, str]]:
    folder = root / "admin_ui" / "templates"
    return [(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in sorted(folder.rglob("*.html"))]


def test_templates_hold_nothing_but_looks(root):
    found = templates(root)
    assert len(found) > 40
    assert [fault for name, text in found for fault in faults(name, text)] == []


def test_every_kind_of_label_is_used(root):
    used = {word for _name, text in templates(root) for hit in KINDS.findall(text) for word in hit if word}
    assert (set(LABELS) | set(LOOKS)) - used == set()


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("raw", "<div>{{ article.body|t|safe }}</div>"),
        ("raw", "{% autoescape false %}"),
        ("style", '<p style="color: red">'),
        ("style", "<style>p { color: red }</style>"),
        ("handler", '<button type="button"  onclick="go()">'),
        ("handler", '<a href="javascript:go()">'),
        ("script", "<script>go()</script>"),
        ("script", '<script type="module">go()</script>'),
        ("map", '{% set names = {"mine": _("Việc của tôi")} %}'),
        ("map", "{{ {'sms.send': _('Tin nhắn')}.get(job.kind) }}"),
        ("word", "{% if dossier.status not in (3, 8, 9, 10) %}"),
        ("word", '{% if file.state != "replaced" %}'),
        ("word", '{% elif row.role == "applicant" %}'),
        ("count", '{% if run.counts.get("refused") %}'),
        ("count", "{{ found.counts.mine }}"),
        ("answer", "<fieldset data-hide='decision != \"supplement\"'>"),
        ("roles", '{% if "admin" in ask.actor.roles %}'),
    ],
)
def test_a_fault_is_seen(kind, line):
    assert [kind in fault for fault in faults("x.html", line)] == [True]


def test_a_long_line_is_seen():
    assert faults("x.html", "<p>" + "a" * 118) == ["x.html:1: 121 characters, at most 120"]
    assert faults("x.html", "<p>" + "ậ" * 117) == []


def test_an_unknown_kind_of_label_is_seen():
    assert faults("x.html", "{{ word|label('colour') }}") == ["x.html: no labels of the kind colour"]
    assert faults("x.html", '{{ options("colour") }}') == ["x.html: no labels of the kind colour"]


def test_html_is_made_in_one_place(all_python):
    """Markup says "this is safe": one place may, after cleaning."""
    found = [source.path for source in all_python if re.search(r"\bMarkup\(|\brender_template_string\b", source.text)]
    ours = [path for path in found if not path.startswith("tests/") and "/sandbox/" not in path]
    assert ours == ["admin_ui/formats.py"]

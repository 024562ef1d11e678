"""Scripts say nothing of their own: their words stand in the page, in the reader's language."""

from __future__ import annotations

import re

import pytest

FOREIGN = re.compile(r"[^\x00-\x7f]")
SIGNS = set("×–—…→✓·−")  # signs are in no language
STRINGS = re.compile(r"""'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`""")
COMMENTS = re.compile(r"/\*.*?\*/|(?<![:'\"`])//[^\n]*", re.DOTALL)
SAYS = re.compile(
    r"""(?:\.(?:textContent|innerText|title|placeholder|ariaLabel|alt|nodeValue)\s*=|"""
    r"""setAttribute\(\s*['"](?:aria-label|title|alt|placeholder|aria-description)['"]\s*,|"""
    r"""\b(?:alert|confirm|prompt)\()\s*(['"`])(.*?)\1"""
)
MAKES_HTML = re.compile(r"\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(")


def words_in(name: str, text: str) -> list[str]:
    """Sentences and labels that stand in a script."""
    bare = COMMENTS.sub("", text)
    strings = ["".join(parts) for parts in STRINGS.findall(bare)]
    said = [string for string in strings if any(sign not in SIGNS for sign in FOREIGN.findall(string))]
    said += [string for _quote, string in SAYS.findall(bare) if re.search(r"[a-z]", re.sub(r"\$\{.*?\}", "", string))]
    return [f"{name}: {words!r} belongs into the page" for words in said]


def scripts(root):
    ours = [*(root / "admin_ui/client/src").glob("*.js"), *(root / "admin_ui/static").glob("*.js")]
    return [(path.relative_to(root).as_posix(), path.read_text("utf-8")) for path in sorted(ours)]


def test_scripts_take_their_words_from_the_page(root):
    found = scripts(root)
    assert len(found) > 10
    assert [words for name, text in found for words in words_in(name, text)] == []


def test_scripts_make_no_html_of_text(root):
    assert [name for name, text in scripts(root) if MAKES_HTML.search(COMMENTS.sub("", text))] == []


@pytest.mark.parametrize(
    "line",
    [
        "const WORDS = { zoomIn: 'Phóng to' };",
        "button.textContent = 'Zoom in';",
        "box.setAttribute('aria-label', 'Process diagram');",
        'alert("Please wait");',
        "box.title = `loading ${name}`;",
    ],
)
def test_a_word_in_a_script_is_seen(line):
    assert len(words_in("x.js", line)) == 1


def test_a_word_of_the_page_is_none_of_the_script():
    assert words_in("x.js", "button.textContent = button.dataset.textCopied; // Đã chép\n") == []
    assert words_in("x.js", "badge.textContent = `${times}×`;") == []


def test_html_made_of_text_is_seen():
    assert MAKES_HTML.search("box.innerHTML = answer;")

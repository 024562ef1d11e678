"""Vietnamese first, English beside it: everything is said in both, and no page mixes them."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from factories.web_house import WebHouse
from factories.web_routes import CASES, may_enter
from factories.web_walk import Belongings, addresses, belongings_of, names_something, rules_of

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "admin_ui" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """Every text of the pages and views: msgid → where it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        method_map, options = parse_mapping_cfg(file)
    places: dict[str, list[str]] = {}
    folder = str(ROOT / "admin_ui")
    inside = [(pattern.removeprefix("admin_ui/"), method) for pattern, method in method_map]
    options = {pattern.removeprefix("admin_ui/"): values for pattern, values in options.items()}

    def wanted(path: str) -> bool:
        return Path(path).name not in ("node_modules", "static", "translations", "__pycache__")

    for name, line, message, *_rest in extract_from_dir(folder, inside, options, directory_filter=wanted):
        for words in message if isinstance(message, tuple) else (message,):
            places.setdefault(str(words), []).append(f"{name}:{line}")
    assert len(places) > 150, "hardly any text was found"
    return places


@pytest.fixture(scope="module")
def english() -> Catalog:
    with PO.open(encoding="utf-8") as file:
        return read_po(file, locale="en")


def test_every_text_has_its_english(said: dict[str, list[str]], english: Catalog) -> None:
    known = {str(message.id) for message in english if message.id and message.string and not message.fuzzy}
    assert {words: places for words, places in said.items() if words not in known} == {}


def test_no_translation_is_left_over(said: dict[str, list[str]], english: Catalog) -> None:
    assert [message.id for message in english if message.id and message.id not in said] == []


def test_english_names_the_same_values(english: Catalog) -> None:
    for message in english:
        if message.id:
            ours, theirs = (Counter(PLACEHOLDER.findall(str(words))) for words in (message.id, message.string))
            assert ours == theirs, message.id


def test_english_is_english(english: Catalog) -> None:
    """What stands in quotation marks is an example to type, and a Vietnamese word."""
    texts = {str(message.id): re.sub("“[^”]*”", "", str(message.string)) for message in english if message.id}
    assert {source: words for source, words in texts.items() if VIETNAMESE.search(words)} == {}


def test_no_template_speaks_past_the_translations() -> None:
    templates = sorted((ROOT / "admin_ui" / "templates").rglob("*.html"))
    assert len(templates) > 20
    for path in templates:
        text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"""_\((?:\s*(?:"[^"]*"|'[^']*'))+""", "", text)
        assert not VIETNAMESE.search(text), (path.name, VIETNAMESE.search(text))


@pytest.fixture(scope="module")
def filed(shared_house: WebHouse) -> Belongings:
    return belongings_of(shared_house, shared_house.somebody("Nguyễn Văn An", "038203000123"))


def pages(house: WebHouse, filed: Belongings, language: str) -> Iterator[tuple[str, str]]:
    """Every page a citizen, the head of the unit or a clerk can read, with its address."""
    officials = [house.life.officials[name] for name in ("unit_head", "reception")]
    for actor in (None, filed.citizen, *officials):
        browser = house.browser(actor).speak(language)
        kind, roles = (actor.kind, actor.roles) if actor else (None, frozenset())
        for rule in rules_of(house.app):
            method, who = CASES[rule.endpoint]
            if method != "GET" or not may_enter(who, kind, roles) or rule.endpoint.startswith("api"):
                continue
            found = addresses(house.app, rule, filed) if names_something(rule) else plain(rule.rule)
            for address in found:
                answer = browser.get(address)
                if answer.status_code in (200, 404) and answer.mimetype == "text/html":
                    yield address, answer.text


def plain(rule: str) -> list[str]:
    return [rule.replace("<code>", "2.000635").replace("<slug>", "khong-co").replace("<provider>", "dvcqg")]


def words_of(page: str) -> str:
    """What stands on the page and in its labels, without tags, and without what a person or a pack wrote."""
    page = re.sub(r'<span lang="vi">[^<]*</span>', " ", page)  # names that only a pack's diagram gives, marked as such
    labels = " ".join(re.findall(r'(?:aria-label|placeholder|alt|title|data-text-\w+)="([^"]*)"', page))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page) + " " + labels))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_which_language_it_is(shared_house: WebHouse, filed: Belongings, language: str) -> None:
    seen = 0
    for address, page in pages(shared_house, filed, language):
        assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}"'), address
        seen += 1
    assert seen > 40


def test_an_english_page_has_no_vietnamese_of_ours(
    shared_house: WebHouse, filed: Belongings, said: dict[str, list[str]]
) -> None:
    ours = {words for words in said if len(words) > 8 and VIETNAMESE.search(words) and "%(" not in words}
    assert len(ours) > 100
    found = {
        (address, words)
        for address, page in pages(shared_house, filed, "en")
        for words in ours
        if words in words_of(page)
    }
    assert found == set()


def test_a_vietnamese_page_says_everything_in_vietnamese(
    shared_house: WebHouse, filed: Belongings, english: Catalog
) -> None:
    theirs = {str(message.string) for message in english if message.id and len(str(message.string)) > 14}
    theirs = {words for words in theirs if "%(" not in words and words not in {str(one.id) for one in english}}
    found = {
        (address, words)
        for address, page in pages(shared_house, filed, "vi")
        for words in theirs
        if words in words_of(page)
    }
    assert found == set()


def test_the_switch_is_remembered_by_the_account(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser = house.browser(citizen)
    answer = browser.post("/lang/en", {"return_to": "/dossiers?which=open"})
    assert answer.location == "/dossiers?which=open"
    other_device = house.browser(citizen)
    assert '<html lang="en"' in other_device.get("/dossiers").text
    assert '<html lang="vi"' in house.browser().get("/").text
    assert browser.post("/lang/fr").status_code == 404

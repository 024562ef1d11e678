import base64
import re
from pathlib import Path

import pytest
from lxml import etree, html

from engine.domain.filing import STEPS, guide_article, guide_screens
from engine.domain.procedures import parse_pack, read_pack

PROCESSES = Path(__file__).parents[4] / "processes"
PROCEDURE = parse_pack(read_pack(PROCESSES, "2.000635"))
SCREENS = guide_screens(PROCEDURE)
ARTICLE = guide_article(PROCEDURE, SCREENS)


def test_the_screens_are_those_of_the_wizard():
    assert tuple(screen.name for screen in SCREENS) == STEPS
    declaration = next(screen for screen in SCREENS if screen.name == "declaration")
    assert "Số lượng bản sao" in {label.vi for label in declaration.labels}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sections_and_steps_number_themselves(lang):
    page = html.fromstring(f"<div>{ARTICLE.in_(lang)}</div>")
    headings = [heading.text_content() for heading in page.iter("h2")]
    assert [heading.split(".")[0] for heading in headings] == ["I", "II", "III", "IV", "V"]
    steps = [heading.text_content() for heading in page.iter("h3")]
    assert [int(re.search(r"\d+", step)[0]) for step in steps] == list(range(1, len(STEPS) + 1))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_picture_says_what_it_shows(lang):
    page = html.fromstring(f"<div>{ARTICLE.in_(lang)}</div>")
    pictures = list(page.iter("img"))
    assert len(pictures) == len(STEPS)
    for picture, screen in zip(pictures, SCREENS, strict=True):
        assert screen.title.in_(lang) in picture.get("alt")
        assert screen.labels[0].in_(lang) in picture.get("alt")
        drawn = base64.b64decode(picture.get("src").removeprefix("data:image/svg+xml;base64,"))
        assert etree.fromstring(drawn).tag.endswith("svg")


def test_a_change_of_the_form_changes_the_guide():
    files = dict(PROCEDURE.files)
    path = "forms/declaration.form.json"
    files[path] = files[path].replace("Số lượng bản sao", "Bạn cần mấy bản")
    changed = parse_pack(files)
    assert "Bạn cần mấy bản" in guide_article(changed, guide_screens(changed)).vi
    assert "Bạn cần mấy bản" not in ARTICLE.vi

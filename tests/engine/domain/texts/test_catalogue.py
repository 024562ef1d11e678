"""The catalogues of texts: read strictly, spoken in every language, changed by an installation with care."""

from __future__ import annotations

import pytest

from engine.domain.text import Text
from engine.domain.texts import ManyLanguages, TextsError, install, load_texts, office_text, shipped


@pytest.fixture
def own(tmp_path):
    """A folder of an installation's own words: `own("notice", "…yaml…")` gives it."""

    def write(group, yaml):
        (tmp_path / f"{group}.yaml").write_text(yaml, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def speaking():
    """Whoever installs words takes them back."""
    yield install
    install(shipped())


def test_every_shipped_text_stands_in_both_languages_with_the_same_placeholders():
    entries = list(shipped())
    assert len(entries) > 50
    for entry in entries:
        filled = shipped().text(entry.key, **dict.fromkeys(entry.placeholders, "…"))
        assert filled.vi.strip()
        assert filled.en.strip()
        assert filled.vi != filled.en
        assert "{" not in filled.vi + filled.en


def test_a_text_is_filled_in_each_language():
    said = office_text("event.document.issued", title=Text("Giấy {x}", "Paper {x}"))
    assert said == Text("Đã cấp: Giấy {x}", "Issued: Paper {x}")
    with pytest.raises(KeyError, match="title"):
        office_text("event.document.issued")


def test_an_installation_says_it_in_its_own_words(own, speaking):
    folder = own("event", "fee.set:\n  vi: Đã định phí\n")
    texts = load_texts(folder)
    assert texts.text("event.fee.set") == Text("Đã định phí", "The office set the fee")
    assert [entry.own for entry in texts if entry.own] == [str(folder / "event.yaml")]
    assert office_text("event.fee.set").vi == "Cơ quan đã ấn định phí, lệ phí"
    speaking(texts)
    assert office_text("event.fee.set").vi == "Đã định phí"


def test_a_third_language_needs_a_column_only(own):
    texts = load_texts(own("event", 'document.issued:\n  fr: "Délivré : {title}"\n'))
    said = texts.text("event.document.issued", title=ManyLanguages("Giấy", "Paper", {"fr": "Papier"}))
    assert (said.in_("fr"), said.in_("en"), said.in_("vi")) == ("Délivré : Papier", "Issued: Paper", "Đã cấp: Giấy")
    assert said.in_("ja") == said.vi
    assert texts.text("event.fee.set").in_("fr") == texts.text("event.fee.set").vi


@pytest.mark.parametrize(
    ("group", "yaml", "told"),
    [
        ("event", "fee.sett:\n  vi: x\n", "fee.sett"),
        ("notices", "fee.set:\n  vi: x\n", "event.yaml"),
        ("event", 'document.issued:\n  vi: "{titel}"\n', "{titel}"),
        ("event", 'fee.set:\n  vi: "{amount}"\n', "—"),
        ("event", 'document.issued:\n  vi: "{title.__class__}"\n', "{{ }}"),
        ("event", 'document.issued:\n  vi: "{title!r}"\n', "{{ }}"),
        ("event", 'document.issued:\n  vi: "{title:>9}"\n', "{{ }}"),
        ("event", 'document.issued:\n  vi: "{0}"\n', "{{ }}"),
        ("event", 'document.issued:\n  vi: "{"\n', "{{ }}"),
        ("event", "fee.set:\n  vi: 7\n", "fee.set"),
        ("event", "fee.set:\n  vi: ''\n", "fee.set"),
        ("event", "fee.set: x\n", "fee.set"),
        ("event", "- fee.set\n", "event.yaml"),
        ("event", "fee.set:\n  vi: a\n  vi: b\n", "duplicate"),
        ("event", "fee.set: [\n", "event.yaml"),
    ],
)
def test_wrong_words_are_refused_with_a_sentence(own, group, yaml, told):
    with pytest.raises(TextsError) as refused:
        load_texts(own(group, yaml))
    assert told in refused.value.message_vi
    assert refused.value.message_en


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(TextsError, match="MOTCUA_TEXTS"):
        load_texts(tmp_path / "nowhere")

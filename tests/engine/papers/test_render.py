import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories.pdf_words import pdf_text

from engine.domain.forms import parse_form
from engine.domain.procedures import parse_pack, read_pack
from engine.domain.text import Text
from engine.domain.texts import office_text
from engine.papers import TITLES, render, render_result
from engine.papers.facts import Facts
from rules.money import Money

AT = datetime(2024, 3, 4, 2, 15, tzinfo=UTC)
FORM = Path(__file__).parents[3] / "processes" / "2.000635" / "forms" / "declaration.form.json"
PROCESSES = FORM.parents[2]
EXTRACT = parse_pack(read_pack(PROCESSES, "2.000635")).papers["result_extract"]
DECLARATION = parse_form("declaration", FORM.read_text(encoding="utf-8"))
DATA = {
    "issued_at": AT,
    "code": "000.00.00.H56-240304-0007",
    "number": "125/TLKS-BS",
    "place": "Thanh Hóa",
    "agency_name": "Trung tâm Phục vụ hành chính công tỉnh",
    "procedure_name": Text("Cấp bản sao trích lục", "Copy of an extract"),
    "applicant": {"full_name": "Nguyễn Thị Hồng Phượng", "phone": "0912 345 678"},
    "owner": {"full_name": "Đặng Văn Đức", "birth_on": "2003-05-06"},
    "form": DECLARATION,
}


def words(pdf):
    """What a person reads, with single spaces: each font's glyph numbers turned back by its own table."""
    return re.sub(r"\s+", " ", " ".join(pdf_text(pdf)))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", TITLES)
def test_every_paper_is_made_in_both_languages(kind, lang):
    pdf = render(kind, DATA, lang)
    assert pdf.startswith(b"%PDF-1.")
    text = words(pdf)
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" if lang == "vi" else "SOCIALIST REPUBLIC OF VIET NAM"
    assert nation in text


@pytest.mark.parametrize("kind", TITLES)
def test_nothing_but_the_instant_must_be_known(kind):
    bare = {"issued_at": AT, "form": DECLARATION}
    assert render(kind, bare).startswith(b"%PDF-1.")
    with pytest.raises(ValueError, match="issued_at"):
        render(kind, {"form": DECLARATION})


def test_the_same_facts_make_the_same_paper():
    assert render("refusal", DATA | {"reason": "Không đủ điều kiện."}) == render(
        "refusal", DATA | {"reason": "Không đủ điều kiện."}
    )


def test_a_receipt_says_the_amount_in_words():
    lines = [{"name": "Phí trích lục", "quantity": 3, "amount_vnd": 24_000}]
    text = words(render("receipt", DATA | {"lines": lines, "total_vnd": Money(24_000)}))
    assert "24.000 đồng" in text
    assert "Hai mươi tư nghìn đồng" in text


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(path.parent.name for path in PROCESSES.glob("*/procedure.yaml")))
def test_a_blank_declaration_is_one_page_with_its_signature(code: str, lang: str):
    procedure = parse_pack(read_pack(PROCESSES, code))
    blank = render("declaration", {"issued_at": AT, "form": procedure.declaration, "practice": True}, lang)
    assert pages(blank) == 1, code
    assert {"vi": "Ký, ghi rõ", "en": "Signature and full name"}[lang] in words(blank)


def test_a_signature_never_stands_alone_on_a_page():
    """A form too long for one page keeps its size, and what is signed goes with the signature."""
    field = '{"type": "textfield", "key": "f%d", "label": "Mục thứ %d"}'
    for count in range(24, 44):
        rows = ", ".join(field % (number, number) for number in range(count))
        form = parse_form("long", f'{{"components": [{rows}]}}')
        drawn = render("declaration", {"issued_at": AT, "form": form})
        if pages(drawn) == 2:
            break
    else:
        pytest.fail("none was long enough")
    assert "Làm tại" in words(drawn)


def test_a_declaration_is_blank_or_filled_in():
    blank = words(render("declaration", {"issued_at": AT, "form": DECLARATION}))
    filled = words(render("declaration", DATA | {"values": {"extract_type": "birth", "copies": 3}}))
    assert "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH" in blank
    assert "Phượng" not in blank
    assert "Số lượng bản sao: 3" in filled
    assert "04 tháng 3 năm 2024" in filled


def test_an_extract_writes_names_in_capitals_with_their_letters():
    told = {"extract_name": "Đặng Văn Đức", "extract_type": "birth", "extract_birth_on": "2003-05-06"}
    text = words(render_result(EXTRACT, DATA | {"task": told, "practice": True}))
    assert "ĐẶNG VĂN ĐỨC" in text
    assert "TRÍCH LỤC KHAI SINH (BẢN SAO)" in text
    assert "06/05/2003" in text
    assert "BẢN TẬP HUẤN" in text


def test_unknown_kinds_are_an_error():
    with pytest.raises(KeyError):
        render("poem", DATA)


def test_facts_are_read_without_surprises():
    facts = Facts(
        {"a": {"b": Text("có", "yes")}, "c": {"vi": "x", "en": "y"}, "sex": "male", "m": 5, "d": "2024-02-29"}, "en"
    )
    assert (facts.word("a.b"), facts.word("c"), facts.word("a.b.c"), facts.word("zz", "-")) == ("yes", "y", "", "-")
    assert (facts.sex("sex"), facts.money("m"), facts.money("c"), facts.day("d")) == (
        "Male",
        Money(5),
        None,
        "29/02/2024",
    )


def test_a_slip_names_the_files_and_the_telephone_as_people_dial_it():
    told = {"components": [{"name": "Văn bản ủy quyền", "files": ["uy-quyen.pdf"]}], "agency_parent": ""}
    told["applicant"] = {"full_name": "Nguyễn Văn An", "phone": "+84912345678"}
    text = words(render("acknowledgement_slip", DATA | told))
    assert "1. Văn bản ủy quyền (uy-quyen.pdf)" in text
    assert "0912 345 678" in text


def test_a_result_has_no_line_to_be_filled_in_afterwards():
    text = words(render_result(EXTRACT, DATA | {"task": {"extract_name": "Lê Thị Bưởi"}}))
    assert "Dân tộc" not in text
    assert "...." not in text


def test_a_form_and_the_history_call_a_paper_the_same():
    for kind in ("acknowledgement_slip", "supplement_request", "refusal", "apology", "receipt"):
        assert office_text(f"paper.title.{kind}") == TITLES[kind]

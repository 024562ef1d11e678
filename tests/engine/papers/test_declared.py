"""Result papers as packs declare them: the shipped ones print what they printed as code, a new one is only a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories.pdf_words import pdf_text

from engine.actions.procedures import check_pack
from engine.domain.procedures import PackError, Paper, as_declared, parse_pack, read_pack
from engine.papers import render_result, title_of, unprintable
from engine.workflow.spec import load_process

ROOT = Path(__file__).parents[3]
PROCESSES = ROOT / "processes"
AT = datetime(2024, 3, 4, 2, 15, tzinfo=UTC)
# What the two results printed while they were code, as the PDFs of that day read.
AS_CODE = json.loads((Path(__file__).parent / "as_code.json").read_text(encoding="utf-8"))
DATA = {
    "issued_at": AT,
    "code": "000.00.00.H56-240304-0007",
    "number": "125/TLKS-BS",
    "place": "Thanh Hóa",
    "agency_name": {"vi": "Trung tâm X", "en": "Centre X"},
    "url": "https://x/track",
    "practice": True,
    "signers": {"approver": "Trần Văn Ký"},
    "owner": {
        "full_name": "Đặng Văn Đức",
        "birth_on": "2003-05-06",
        "national_id": "038203000123",
        "address": "12 Lê Lợi",
    },
    "applicant": {"full_name": "A"},
}
EXTRACT = {
    "extract_type": "birth",
    "extract_name": "Lê Thị Bưởi",
    "extract_birth_on": "1960-09-05",
    "extract_sex": "female",
    "extract_ethnicity": "Kinh",
    "extract_nationality": "Việt Nam",
    "extract_national_id": "038160000123",
    "extract_event": "Khai sinh",
    "extract_registered_at": "UBND xã",
    "extract_registered_on": "1960-09-10",
    "extract_registration_number": "12",
}
CERTIFICATE = {
    "certificate_name": "Tạp hóa An",
    "certificate_address": "12 Lê Lợi",
    "certificate_lines": "Bán lẻ",
    "certificate_capital_vnd": 50000000,
    "certificate_owner": "Nguyễn Văn An",
    "certificate_code": "038203000123",
}
TOLD = {
    "e_full": EXTRACT | {"extract_note": "Ghi"},
    "e_bare": {},
    "e_sparse": {"extract_name": "Lê Thị Bưởi", "extract_type": "odd"},
    "c_full": CERTIFICATE,
    "c_bare": {},
    "c_odd": {"certificate_capital_vnd": "50.000.000"},
}
PAPER = """
title: {vi: Giấy phép mẫu, en: Sample licence}
number: "GP-{year}-{code}"
signed_by: {role: unit_head, title: {vi: Trưởng phòng, en: Head}}
body:
  - {line: {vi: Người đề nghị, en: Applicant}, value: applicant.full_name, as: capitals}
  - {line: {vi: Nội dung, en: Content}, value: form.subject_name}
  - text: {vi: "Cấp theo hồ sơ {code}, sổ {task.extract_registration_number}.", en: "Granted by {code}."}
  - text: {vi: "Sổ: {task.extract_note}", en: "Book: {task.extract_note}"}
"""


def papers(code: str) -> dict[str, Paper]:
    return dict(parse_pack(read_pack(PROCESSES, code)).papers)


@pytest.mark.parametrize("name", AS_CODE)
def test_the_shipped_results_print_what_they_printed_as_code(name: str):
    told, lang = name.split(".")
    shipped = papers("2.000635") | papers("1.001612")
    paper = shipped["result_certificate" if told.startswith("c_") else "result_extract"]
    kind = told.removeprefix("e_")
    task = TOLD.get(told, EXTRACT | {"extract_type": kind})
    data = {"issued_at": AT} if told == "none" else {**DATA, "task": task}
    assert list(pdf_text(render_result(paper, data, lang))) == AS_CODE[name]


def with_paper(**changes: tuple[str, str]) -> dict[str, str]:
    """2.000635 giving the sample licence, with words exchanged in it."""
    text = PAPER
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    files = dict(read_pack(PROCESSES, "2.000635")) | {"papers/licence.yaml": text}
    files["procedure.yaml"] = files["procedure.yaml"].replace(
        "result_document: result_extract", "result_document: licence"
    )
    return files


def errors(files: dict[str, str]) -> list[tuple[str, str, str]]:
    procedure = parse_pack(files)
    found = check_pack(procedure, load_process(procedure.process_xml))
    return [(one.code, one.element, one.message_vi) for one in found if one.severity == "error"]


def test_a_new_result_is_one_file_of_the_pack():
    files = with_paper()
    assert errors(files) == []
    paper = parse_pack(files).papers["licence"]
    data = {**DATA, "task": {"extract_registration_number": "12"}, "form": {"subject_name": "Lê Thị Bưởi"}}
    text = " ".join(pdf_text(render_result(paper, data | {"signers": {"unit_head": "Lê Trưởng"}}, "vi")))
    for words in ("GIẤY PHÉP MẪU", "Lê Thị Bưởi", "000.00.00.H56-240304-0007, sổ 12", "TRƯỞNG PHÒNG", "Lê Trưởng"):
        assert words in " ".join(text.split()), words
    assert "Sổ:" not in text  # a fact that nobody knows leaves no hole
    with pytest.raises(ValueError, match="issued_at"):
        render_result(paper, {})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("form.subject_name", "form.subject"), ("paper_fact_unknown", "papers/licence.yaml body[2]")),
        (("{task.extract_note}", "{extract_note}"), ("paper_fact_unknown", "papers/licence.yaml body[4]")),
        (("Nội dung", "Nội dung 👍"), ("paper_glyphs", "papers/licence.yaml")),
        (("role: unit_head", "role: admin"), ("paper_unsigned", "papers/licence.yaml")),
        (("{task.extract_note}", "{task.note}"), ("paper_internal", "papers/licence.yaml body[4]")),
    ],
)
def test_what_cannot_be_printed_is_refused(change: tuple[str, str], told: tuple[str, str]):
    assert told in [one[:2] for one in errors(with_paper(words=change))]


def test_who_signs_without_a_paper_ahead_is_told():
    """The shipped packs issue what they sign; one that states no status after the signature is warned."""
    files = dict(read_pack(PROCESSES, "2.000635"))
    assert unseen(files) == []
    for status in ("8", "9"):
        files["process.bpmn"] = files["process.bpmn"].replace(f' motcua:status="{status}"', "")
    assert unseen(files) == ["issue", "review_refusal", "sign"]


def unseen(files: dict[str, str]) -> list[str]:
    procedure = parse_pack(files)
    found = check_pack(procedure, load_process(procedure.process_xml))
    told = [one for one in found if one.code == "paper_unseen"]
    assert {one.severity for one in told} <= {"warning"}
    return sorted(one.element for one in told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("{vi: Giấy phép mẫu, en: Sample licence}", "{vi: Giấy phép mẫu}"), "papers/licence.yaml.title: cần có cả"),
        (("en: Applicant", "fr: Demandeur"), "papers/licence.yaml.body[1].line: cần có cả"),
        (("as: capitals", "as: shouting"), "papers/licence.yaml.body[1].as: “shouting” phải là"),
        (("{year}", "{month}"), "papers/licence.yaml.number: không có month"),
        (("role: unit_head", "role: king"), "papers/licence.yaml.signed_by.role: “king” phải là"),
        (("title: {vi: Giấy", "title {vi: Giấy"), "papers/licence.yaml: không phải YAML"),
    ],
)
def test_what_cannot_be_read_is_refused(change: tuple[str, str], told: str):
    with pytest.raises(PackError) as refused:
        parse_pack(with_paper(words=change))
    assert any(sentence.vi.startswith(told) for sentence in refused.value.sentences), refused.value


def test_a_result_that_no_file_declares_is_refused():
    files = {path: text for path, text in with_paper().items() if path != "papers/licence.yaml"}
    with pytest.raises(PackError, match=r"không có giấy tờ papers/licence\.yaml"):
        parse_pack(files)


def test_a_pack_from_before_keeps_the_result_it_was_filed_under():
    for code in ("2.000635", "1.001612"):
        now = read_pack(PROCESSES, code)
        before = {path: text for path, text in now.items() if not path.startswith("papers/")}
        assert parse_pack(as_declared(before)).papers == parse_pack(now).papers


def test_vietnamese_is_printable_and_a_picture_is_not():
    assert unprintable("Đặng Thị Phượng: 1.000đ – “số 5/TB”; ỬỮỰẴẶ…") == ""
    assert unprintable("Tốt 👍 漢") == "👍漢"


def test_an_event_names_its_paper():
    assert title_of({"kind": "licence", "title_vi": "Giấy phép", "title_en": "Licence"}).en == "Licence"
    assert title_of({"kind": "result_extract"}).vi == "Bản sao trích lục hộ tịch"
    assert title_of({"kind": "receipt"}).en == "Fee receipt"

"""docs/facts.md lists every fact the fee tables know. Write it anew: `python tests/rules/fees/test_facts_page.py`."""

from pathlib import Path

from rules.fees import load_schedule
from rules.fees.facts import DERIVED, FactSpec

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "facts.md"
HEAD = """# Facts of a quote · Thông tin để tính phí

Names for `motcua quote --facts` (a JSON object, or `name=value` on the line), for `processes/*/fees.yaml` and for past
dossiers in `rules replay`. Each procedure asks for some of them; one unknown, missing or wrong is an error that lists
what that procedure needs. Kept equal to `processes/_fees/facts.yaml` by a test.

| Tên · Name | Kiểu · Type | Câu hỏi · Question | Giá trị, giới hạn · Values, bounds |
|---|---|---|---|
"""
KINDS = {
    "integer": "số nguyên · whole number",
    "boolean": "true / false",
    "text": "chữ · text",
    "area": "mã đơn vị hành chính, `processes/_fees/areas.yaml` · code of an area",
    "choice": "một giá trị · one value",
    "choices": "một hoặc nhiều giá trị · one value or a list",
    "date": "ngày, 2024-12-31 · a day",
    "dates": "đối tượng → ngày · subject → day",
}


def row(spec: FactSpec) -> str:
    bounds = [f"`{value}` {text.vi} · {text.en}" for value, text in spec.values.items()]
    if spec.kind == "integer":
        bounds.append(f"{spec.minimum or 0} – {'…' if spec.maximum is None else spec.maximum}")
    if spec.exclusive:
        bounds.append(f"nhiều nhất một trong · at most one of: {', '.join(spec.exclusive)}")
    if spec.everywhere:
        bounds.append("dùng được với mọi thủ tục · accepted everywhere")
    question = f"{spec.question.vi} · {spec.question.en}"
    return f"| `{spec.name}` | {KINDS[spec.kind]} | {question} | {'<br>'.join(bounds)} |\n"


def page() -> str:
    schedule = load_schedule(ROOT / "processes")
    rows = "".join(row(spec) for spec in schedule.vocabulary.values() if spec.name not in DERIVED)
    derived = ", ".join(f"`{name}`" for name in DERIVED)
    asked = "".join(
        f"| `{code}` | {', '.join(f'`{name}`' for name in one.facts.required) or '–'} | "
        f"{', '.join(f'`{name}`' for name in one.facts.defaults) or '–'} |\n"
        for code, one in sorted(schedule.procedures.items())
    )
    return (
        f"{HEAD}{rows}\nWorked out, never given · tự suy ra, không nhập: {derived}.\n\n"
        "## Thủ tục nào cần gì · What each procedure asks\n\n"
        f"| Thủ tục · Procedure | Phải có · Required | Có thể bỏ · May be left out |\n|---|---|---|\n{asked}"
    )


def test_the_page_says_what_the_tables_know():
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

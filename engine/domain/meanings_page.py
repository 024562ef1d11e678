"""docs/meanings.md, written from the registry; a test compares the two.

`.venv/bin/python -m engine.domain.meanings_page > docs/meanings.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Final

from engine.domain.meanings import MEANINGS, PLACES, MeaningInfo, Place, meanings_at

_HEAD: Final = """# Ý nghĩa khai báo · Declared meanings

<!-- Written by `python -m engine.domain.meanings_page`; change engine/domain/meanings.py, not this page. -->

Trường, thông điệp và biến của một thủ tục được đặt tên tùy ý. Hệ thống chỉ hành động theo **ý nghĩa đã khai báo**,
không theo tên. Khi công bố, hệ thống kiểm tra: ý nghĩa có thật, đúng chỗ, đúng kiểu, không trùng, không thiếu.

The fields, messages and variables of a procedure are named as its author likes. The platform acts on the **declared
meaning** alone, never on a name. Publication judges whether it exists, stands in its place, on a field of the right
type, once where once is allowed, and is there where a step depends on it.

| Where | How it is declared |
|---|---|
| field of a form (form-js) | `"properties": {"motcua:meaning": "reason"}` |
| option of such a field | `{"value": "can_bo_sung", "label": "…", "motcua:outcome": "supplement"}` |
| message of a diagram | `<bpmn:message id="m1" name="Rút hồ sơ" motcua:meaning="withdrawal"/>` |
| output of a step or event | in `extensionElements`: `<motcua:output name="ly_do_rut" meaning="withdrawal_reason"/>` |

`motcua check PATH` tells what is wrong, `publish` refuses it. What a step depends on:

| A step that … | needs |
|---|---|
| has `motcua:status="5"` (asks for a supplement) | a field `reason` |
| has `motcua:status="3"`, or `"8"` but for a withdrawal (refuses) | a field `reason` or `refusal_reason` |
| has `motcua:status="9"` (issues the result) | a field `result_number` |
| is the applicant's, with `motcua:status="4"` (asks about the draft) | a field `draft_answer` in its own form |
| offers an option that brings about `supplement` or `refuse` | a field `reason` in the same form |

A pack that was published before meanings were declared is still read by the names of that time, so that running
dossiers go on; nobody can publish such a pack any more. A field with one of those names and no meaning is told as a
warning.
"""


def meanings_page() -> str:
    """The whole page."""
    return _HEAD + "".join(_section(place) for place in Place)


def _section(place: Place) -> str:
    words = PLACES[place]
    rows = "".join(_row(meaning, MEANINGS[meaning]) for meaning in meanings_at((place,)))
    head = "| Meaning | Type | Once | Outcomes | What it does |\n|---|---|---|---|---|\n"
    return f"\n## {words.vi[0].upper()}{words.vi[1:]} · {words.en}\n\n{head}{rows}"


def _row(name: str, info: MeaningInfo) -> str:
    cells = [
        f"`{name}`<br>{info.name.vi}<br>{info.name.en}",
        ", ".join(info.types) or "–",
        "no" if info.many else "yes",
        "<br>".join(_outcomes(info)) or "–",
        f"{info.does.vi}<br>{info.does.en}",
    ]
    return f"| {' | '.join(cells)} |\n"


def _outcomes(info: MeaningInfo) -> Iterator[str]:
    yield from (f"`{outcome}`" for outcome in info.outcomes)
    if info.complete:
        yield "each option has one"


if __name__ == "__main__":
    sys.stdout.write(meanings_page())

"""Papers the administration makes, as PDF: its own by kind (`render`), results as their pack declares them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.domain.procedures import Paper
from engine.domain.text import Text
from engine.papers.facts import Facts

# Kind → the file that draws it. Only that one is loaded, and with it the PDF library, when such a paper is made: the
# processes that make none, or none yet, start in a fraction of the time.
_FILES: Final[Mapping[str, str]] = {
    "acknowledgement_slip": "slips",
    "supplement_request": "slips",
    "refusal": "slips",
    "apology": "slips",
    "receipt": "slips",
    "declaration": "declaration",
}

TITLES: dict[str, Text] = {
    "acknowledgement_slip": Text("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Acknowledgement and appointment slip"),
    "supplement_request": Text("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to complete a dossier"),
    "refusal": Text("Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "Refusal of a dossier"),
    "apology": Text("Phiếu xin lỗi và hẹn lại ngày trả kết quả", "Apology and new appointment"),
    "receipt": Text("Biên lai thu phí, lệ phí", "Fee receipt"),
    "declaration": Text("Tờ khai", "Declaration"),
}

# Results that were code before packs declared them: their events name no title. No paper is made from this list.
TITLES_BEFORE: Final[Mapping[str, Text]] = {
    "result_extract": Text("Bản sao trích lục hộ tịch", "Copy of the civil-status extract"),
    "result_certificate": Text(
        "Giấy chứng nhận đăng ký hộ kinh doanh", "Certificate of household business registration"
    ),
}


def title_of(event: Mapping[str, Any]) -> Text:
    """What the paper of an event is called, as the event itself tells, or as its kind was called before it did."""
    kind = event["kind"]
    if event.get("title_vi"):
        return Text(event["title_vi"], event["title_en"])
    return TITLES.get(kind) or TITLES_BEFORE.get(kind) or Text(kind, kind)


def render(kind: str, data: Mapping[str, Any], lang: str = "vi") -> bytes:
    """Make one paper as PDF in Vietnamese or English.

    `issued_at` (aware) must be there; everything else may be missing and leaves dots to be filled in by hand:
    `code`, `number`, `url` (target of the QR), `place`, `agency_parent`, `agency_name`, `procedure_name`,
    `applicant` and `owner` (full_name, organisation_name, national_id, birth_on, address, phone), `officer`,
    `signer`, `signer_title`, `practice` (True marks the paper as practice).
    By kind: acknowledgement_slip `components` [{name, files}], `limit_text`, `accepted_at`, `due_at`,
    `delivery_method`, `total_vnd`; supplement_request `reason`, `missing` [{name, reason}]; refusal `reason`;
    apology `reason`, `due_at`, `new_due_at`; receipt `lines` [{name, quantity, amount_vnd}], `total_vnd`, `payer`,
    `payment_method`, `collected_at`; declaration `form`, `values`.
    Names and reasons may be Text, {vi, en} or plain strings.
    Raises KeyError for an unknown kind and ValueError when what must be there is not.
    """
    drawer = importlib.import_module(f"engine.papers.{_FILES[kind]}")
    make: Callable[[Facts], bytes] = getattr(drawer, kind)
    return make(Facts(data, lang))


def stamped(content: bytes, word: Text) -> bytes:
    """The PDF with the word across each page, for a paper that does not count any more."""
    drawn: bytes = importlib.import_module("engine.papers.stamp").across(content, word)
    return drawn


def render_result(paper: Paper, data: Mapping[str, Any], lang: str = "vi") -> bytes:
    """Make the result that a pack declares, as PDF.

    Besides the facts of every paper: `task` (what officials wrote last, by field), `form` (the declaration's answers),
    `signers` (role → who completed its last step). Raises ValueError without `issued_at`.
    """
    draw: Callable[[Paper, Mapping[str, Any], str], bytes] = importlib.import_module("engine.papers.declared").declared
    return draw(paper, data, lang)


def unprintable(text: str) -> str:
    """The signs of a text that our fonts have no picture for; "" when it can be printed."""
    missing: Callable[[str], str] = importlib.import_module("engine.papers.glyphs").missing
    return missing(text)

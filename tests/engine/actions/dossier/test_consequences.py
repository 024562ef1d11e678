"""What people hear hangs on the event, not on the action that recorded it."""

from __future__ import annotations

import re

import pytest

from engine.actions.dossier import consequences, keep_work, load_work
from engine.domain.actor import SYSTEM
from engine.domain.dossier import DossierState
from engine.domain.history import EventKind
from engine.domain.texts import install, load_texts, shipped
from engine.store.process import jobs

# An event as the actions record it, and what the citizen reads then; `None`: nothing.
HEARD = [
    (EventKind.FEE_LATER, {}, "fee.later", "chưa phải nộp gì lúc này"),
    (
        EventKind.FEE_SET,
        {"amount_vnd": 1660000, "reason": "Điều 4 {x}"},
        "fee.set",
        "1.660.000 đồng. Căn cứ: Điều 4 {x}",
    ),
    (EventKind.SUPPLEMENT_ASKED, {"reason": "Thiếu CCCD."}, "supplement.asked", "cần bổ sung: Thiếu CCCD. Hãy mở"),
    (EventKind.DOSSIER_REFUSED, {"reason": "Sai nơi nộp"}, "dossier.refused", "Lý do: Sai nơi nộp"),
    (EventKind.FEE_WAIVED, {"amount_vnd": 16000, "reason": "Hộ nghèo"}, "fee.waived", "Lý do: Hộ nghèo"),
    (EventKind.RESULT_HELD, {"amount_vnd": 16000}, "result.held", "Hãy nộp 16.000 đồng"),
    (EventKind.RESULT_READY, {}, "result.ready", "Mời bạn đến Bộ phận Một cửa"),
    (EventKind.RESULT_DELIVERED, {"method": "post"}, "result.delivered", "bưu chính phát"),
    (EventKind.RESULT_DELIVERED, {"method": "drone"}, "result.delivered", "trực tuyến"),
    (EventKind.STATE_CHANGED, {"to": DossierState.WITHDRAWN}, "state.withdrawn", "rút theo yêu cầu"),
    (EventKind.STATE_CHANGED, {"to": DossierState.SUPPLEMENT_ASKED}, None, None),
    (EventKind.TASK_OPENED, {"element": "x"}, None, None),
]


def happen(life, dossier_id, kind, data):
    """Record one event; gives the notices it left."""
    before = len(life.notices(dossier_id))
    life.platform.clock.advance(minutes=1)
    with life.platform.database.begin() as tx:
        work = load_work(tx, life.platform.office, SYSTEM, dossier_id)
        work.happened(kind, data)
        keep_work(work)
        keep_work(work)  # what was told once is not told again
    return life.notices(dossier_id)[before:]


@pytest.mark.parametrize(("kind", "data", "notice", "words"), HEARD)
def test_each_event_is_heard_in_its_own_words(life, kind, data, notice, words):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    told = happen(life, dossier_id, kind, data)
    assert [row["kind"] for row in told] == ([notice] if notice else [])
    assert all(words in row["text_vi"] and row["person_id"] == citizen.id and row["text_en"] for row in told)


def test_every_consequence_of_the_table_is_heard_in_a_test():
    assert {kind for kind, _, notice, _ in HEARD if notice} | {EventKind.DOSSIER_SUBMITTED} == set(
        consequences.CONSEQUENCES
    )


def test_who_sends_a_dossier_gets_a_notice_and_one_message_with_the_office_s_words(life, tmp_path):
    (tmp_path / "sms.yaml").write_text('dossier.submitted:\n  vi: "UBND đã nhận hồ sơ {code}"\n', encoding="utf-8")
    install(load_texts(tmp_path))
    try:
        dossier_id = life.sent(life.citizen())
    finally:
        install(shipped())
    code = life.dossier(dossier_id)["code"]
    (sms,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "sms.send"]
    assert sms["payload"]["text"] == f"UBND đã nhận hồ sơ {code}"
    assert [re.search(code, row["text_vi"]) is not None for row in life.notices(dossier_id)] == [True]

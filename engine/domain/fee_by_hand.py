"""Ấn định phí, lệ phí: the office's own step when the rules give no amount that may be trusted.

No diagram draws it: it stands beside the process and neither stops nor moves it.
"""

from __future__ import annotations

from typing import Final

from engine.domain.actor import Role
from engine.domain.forms import Form, FormField, Rules
from engine.domain.text import Text

ELEMENT: Final = "fee_by_hand"  # of the task; a token of that name is no diagram's either
INCIDENT: Final = "fee_not_certain"
ROLE: Final = Role.RECEPTION
HOURS: Final = 4  # half a working day: the citizen waits to hear what is due
NAME: Final = Text("Ấn định phí, lệ phí", "Set the fee by hand")
HINT: Final = Text(
    "Hai bộ tính phí không cho cùng một kết quả nên hệ thống không đưa ra số tiền. Hãy tra biểu phí, ghi số tiền và "
    "căn cứ; người nộp sẽ đọc được cả hai. Không thu gì thì ghi 0 và nêu lý do.",
    "The two engines did not find the same, so the platform names no amount. Look up the tariff, enter the amount and "
    "the legal ground; the citizen will read both. Where nothing is due enter 0 and say why.",
)
LATER: Final = Text(
    "Chưa xác định được phí, lệ phí ngay lúc này. Hồ sơ vẫn gửi được và thời hạn không bị ảnh hưởng; cán bộ sẽ xác "
    "định số tiền và báo cho bạn. Bạn chưa phải nộp gì cho đến lúc đó.",
    "The fee cannot be worked out right now. The dossier can be sent all the same and no time is lost; an official "
    "will work out the amount and tell you. Until then nothing is due.",
)
WAITING: Final = Text(
    "Phí, lệ phí của hồ sơ này đang chờ cán bộ ấn định. Hãy hoàn thành công việc “Ấn định phí, lệ phí” trước khi thu.",
    'The fee of this dossier waits to be set. Complete the task "Set the fee by hand" before collecting it.',
)
# What an official may charge, as the law names it: (field, kind in a quote, words).
AMOUNTS: Final = (
    ("phi_vnd", "phi", Text("Phí", "Fee")),
    ("le_phi_vnd", "le_phi", Text("Lệ phí", "Charge")),
    ("other_vnd", "gia_dich_vu", Text("Giá dịch vụ, cước bưu chính", "Service price, postage")),
)
GROUND: Final = "legal_ground"
_DONG: Final = Rules(required=True, minimum=0, maximum=10_000_000_000)
FORM: Final = Form(
    ELEMENT,
    NAME,
    (
        *(
            FormField(name, "number", Text(f"{words.vi} (đồng)", f"{words.en} (đồng)"), rules=_DONG, default="0")
            for name, _, words in AMOUNTS
        ),
        FormField(
            GROUND,
            "textarea",
            Text(
                "Căn cứ: văn bản, điều khoản và cách tính", "Legal ground: document, article, and how it was worked out"
            ),
            rules=Rules(required=True, min_length=10, max_length=1000),
        ),
    ),
)

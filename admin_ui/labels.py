"""What the short words of the record are called on pages: one table a kind, in the reader's language.

A page writes `{{ task.role|label("role") }}`, a group of choices `options("criterion")`. The order of a table is the
order in which its choices are offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

NOTHING: Final = "—"

LABELS: Final[Mapping[str, Mapping[str, object]]] = {
    "language": {"vi": "Tiếng Việt", "en": "English"},
    "article": {"guide": _("Hướng dẫn"), "news": _("Tin mới")},
    "level": {"toan_trinh": _("Toàn trình"), "mot_phan": _("Một phần")},
    "channel": {
        "online": _("Trực tuyến"),
        "counter": _("Tại quầy"),
        "post": _("Bưu chính"),
        "assisted_online": _("Trực tuyến, có hỗ trợ"),
    },
    "way_to_file": {
        "online": _("Nộp trực tuyến"),
        "counter": _("Nộp tại bộ phận Một cửa"),
        "post": _("Nộp qua bưu chính công ích"),
        "assisted_online": _("Nộp trực tuyến có hỗ trợ tại quầy"),
    },
    "delivery": {
        "online": _("Trực tuyến"),
        "post": _("Qua bưu chính công ích"),
        "counter": _("Tại bộ phận Một cửa"),
    },
    "filing_step": {
        "applicant": _("Người nộp"),
        "owner": _("Chủ hồ sơ"),
        "declaration": _("Tờ khai"),
        "papers": _("Giấy tờ"),
        "delivery": _("Nhận kết quả"),
        "review": _("Kiểm tra và gửi"),
    },
    "counter_section": {
        "applicant": _("Người nộp"),
        "owner": _("Chủ hồ sơ"),
        "form": _("Tờ khai"),
        "file": _("Giấy tờ"),
        "delivery": _("Nhận kết quả"),
    },
    "dossier_list": {
        "all": _("Tất cả"),
        "needs_me": _("Chờ tôi"),
        "open": _("Đang giải quyết"),
        "draft": _("Nháp"),
        "finished": _("Đã xong"),
    },
    "draft_answer": {
        "agree": _("Nội dung đúng, đề nghị ký phát hành"),
        "correct": _("Có chỗ cần sửa"),
    },
    "role": {
        "reception": _("Tiếp nhận"),
        "case_officer": _("Thụ lý"),
        "unit_head": _("Lãnh đạo phòng"),
        "approver": _("Người ký"),
        "records_clerk": _("Văn thư"),
        "return_officer": _("Trả kết quả"),
        "admin": _("Quản trị"),
        "applicant": _("Người dân"),
    },
    "queue": {
        "mine": _("Việc của tôi"),
        "unit": _("Chờ nhận trong đơn vị"),
        "office": _("Toàn đơn vị"),
        "waiting": _("Chờ người khác"),
        "due_soon": _("Sắp đến hạn"),
        "failed_jobs": _("Lỗi liên thông"),
    },
    "found_list": {
        "all": _("Mọi tình trạng"),
        "open": _("Đang giải quyết"),
        "given": _("Đã trả kết quả"),
        "refused": _("Từ chối, dừng"),
        "withdrawn": _("Đã rút"),
        "unpaid": _("Chưa nộp phí"),
    },
    "remedy": {
        "retry": _("Thực hiện lại"),
        "done": _("Bên ngoài đã thực hiện"),
        "not_done": _("Bên ngoài chưa thực hiện"),
        "skip": _("Bỏ qua bước này"),
    },
    "job_list": {
        "open": _("Đang chờ"),
        "failed": _("Không thành công"),
        "unknown": _("Không rõ kết quả"),
        "all": _("Tất cả"),
    },
    "job_kind": {
        "sms.send": _("Tin nhắn"),
        "post.deliver": _("Bưu chính"),
        "post.track": _("Hỏi bưu gửi đang ở đâu"),
        "post.cancel": _("Hủy bưu gửi"),
    },
    "payment_method": {"cash": _("Tiền mặt"), "transfer": _("Chuyển khoản"), "cod": _("Thu hộ qua bưu chính")},
    "job_state": {
        "held": _("chờ nộp phí"),
        "pending": _("chờ gửi"),
        "claimed": _("đang gửi"),
        "done": _("xong"),
        "failed": _("không thành công"),
        "unknown": _("không rõ kết quả"),
        "cancelled": _("đã hủy"),
    },
    "instance_state": {"running": _("đang chạy"), "ended": _("đã kết thúc"), "cancelled": _("đã hủy")},
    "step_state": {
        "open": _("đang làm"),
        "waiting": _("đang chờ"),
        "failed": _("có sự cố"),
        "passed": _("đã qua"),
    },
    "move_state": {
        "planned": _("chờ chuyển"),
        "moved": _("đã chuyển"),
        "refused": _("không chuyển được"),
        "reverting": _("chờ trả về"),
        "reverted": _("đã trả về"),
    },
    "criterion": {
        "ask": _("Hỏi người phụ trách"),
        "no_incident": _("Tự đi tiếp nếu nhóm đi trước không có sự cố"),
        "all_moved": _("Tự đi tiếp nếu cả nhóm đi trước chuyển được và không có sự cố"),
    },
}
# Marks and looks say the same as a word beside them does; they are in no language.
LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "level_look": {"toan_trinh": "full", "mot_phan": "part"},
    "due_mark": {"late": "▲", "soon": "◆", "calm": "●", "none": ""},
    "provider_mark": {"vneid": "ID", "dvcqg": "DVC"},
    "field_type": {"text": "text", "phone": "tel", "email": "email", "national_id": "text", "tax_code": "text"},
    "field_keys": {"text": "text", "phone": "tel", "email": "email", "national_id": "numeric", "tax_code": "text"},
    "remedy_look": {
        "retry": "btn-primary",
        "done": "btn-outline-primary",
        "not_done": "btn-outline-primary",
        "skip": "btn-outline-secondary",
    },
}


def label(word: object, kind: str) -> str:
    """What `word` is called on pages; a dash where nothing is kept, the word itself where it has no name yet."""
    table = LOOKS.get(kind) or LABELS[kind]
    return str(table.get(str(word), word)) if word else NOTHING


def options(kind: str) -> list[dict[str, str]]:
    """The words of a kind as choices of a form."""
    return [{"value": word, "label": str(name)} for word, name in LABELS[kind].items()]

"""What verification finds: which rows, an example situation, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.text import Text

ADVICE: Mapping[str, Text] = {
    "gap": Text(
        "Thêm dòng cho tình huống này, hoặc mở rộng điều kiện của một dòng.",
        "Add a row for this situation, or widen the condition of a row.",
    ),
    "date_hole": Text(
        "Nối liền hiệu lực: đặt valid_to của dòng cũ ngay trước valid_from của dòng mới, hoặc thêm dòng.",
        "Join the windows: let the old row end on the day before the new one begins, or add a row.",
    ),
    "overlap": Text(
        "Thu hẹp điều kiện hoặc thời gian hiệu lực của một trong hai dòng.",
        "Narrow the condition or the validity of one of the two rows.",
    ),
    "contradiction": Text(
        "Hai dòng cho kết quả khác nhau ở cùng tình huống: giữ một dòng hoặc tách điều kiện.",
        "Two rows give different results for one situation: keep one or separate their conditions.",
    ),
    "unreachable": Text(
        "Dòng này không bao giờ được dùng: sửa điều kiện, đổi thứ tự hoặc bỏ dòng.",
        "This row is never used: correct its condition, move it, or remove it.",
    ),
    "subsumed": Text(
        "Dòng này nằm trọn trong dòng khác: bỏ dòng, hoặc thu hẹp dòng bao trùm.",
        "This row lies within another: remove it, or narrow the wider one.",
    ),
    "wrong_type": Text("Sửa giá trị cho đúng kiểu của cột.", "Correct the value to the type of its column."),
    "wrong_unit": Text(
        "Chọn đơn vị tính khớp với thông tin mà thủ tục hỏi, hoặc hỏi thêm thông tin đó.",
        "Choose a unit that matches the facts the procedure asks for, or ask for that fact.",
    ),
    "unknown_fact": Text(
        "Khai báo thông tin này ở mục facts của thủ tục, hoặc bỏ khỏi điều kiện.",
        "Declare the fact under facts of the procedure, or drop it from the condition.",
    ),
    "missing_basis": Text(
        "Ghi căn cứ pháp lý: văn bản, điều, khoản. Không có căn cứ thì không được công bố.",
        "State the legal basis: document, article, clause. Without one it may not be published.",
    ),
    "basis_not_in_force": Text(
        "Sửa ngày hiệu lực hoặc viện dẫn văn bản có hiệu lực vào thời gian đó.",
        "Correct the dates, or cite a document in force at that time.",
    ),
    "authority": Text(
        "Giới hạn phạm vi (applies_to.authorities) ở các khoản do cơ quan ban hành quyết định.",
        "Limit the scope (applies_to.authorities) to fees the issuing authority decides.",
    ),
    "odd_value": Text(
        "Đối chiếu lại với văn bản; nếu đúng thì giữ nguyên.", "Compare it with the document; if it is right, keep it."
    ),
    "duplicate": Text("Đặt cho mỗi dòng một mã riêng.", "Give each row an id of its own."),
    "no_example": Text(
        "Thêm ít nhất một tình huống mẫu (examples) với số tiền đã biết.",
        "Add at least one example with the amount that is known.",
    ),
    "example": Text("Sửa biểu phí, hoặc sửa tình huống mẫu nếu luật đã đổi.", "Correct the table, or the example."),
    "file": Text("Sửa tệp tại vị trí đã nêu.", "Correct the file at the place named."),
    "incomplete": Text(
        "Bảng quá lớn để chứng minh trong giới hạn; đã kiểm tra một phần. Chạy dưới dạng tác vụ nền.",
        "The table is too large to prove within the limit; part of it was checked. Run it as a job.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. An "error" blocks publication, a "warning" asks for a look."""

    code: str
    table: str
    rows: tuple[str, ...]
    message: Text
    example: Mapping[str, object] = field(default_factory=dict)
    severity: str = "error"
    hint: Text | None = None

    @property
    def advice(self) -> Text:
        """What to do."""
        return self.hint or ADVICE[self.code]

    def to_dict(self) -> dict[str, object]:
        """JSON form."""
        return {
            "code": self.code,
            "severity": self.severity,
            "table": self.table,
            "rows": list(self.rows),
            "message": self.message.to_dict(),
            "example": dict(
                sorted(self.example.items(), key=lambda pair: pair[1] is None)
            ),  # what is known comes first
            "advice": self.advice.to_dict(),
        }

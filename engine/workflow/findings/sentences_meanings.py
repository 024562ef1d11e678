"""The words of findings about declared meanings and result papers (docs/meanings.md)."""

from __future__ import annotations

from engine.workflow.findings.finding import Sentence

_LIST_VI = "Chọn một ý nghĩa trong docs/meanings.md, hoặc bỏ khai báo."
_LIST_EN = "Take a meaning from docs/meanings.md, or drop the declaration."

SENTENCES: dict[str, Sentence] = {
    "meaning_unknown": Sentence(
        "{el} khai báo ý nghĩa “{ref}”, hệ thống không có ý nghĩa này.",
        "{el} declares the meaning “{ref}”, which does not exist.",
        _LIST_VI,
        _LIST_EN,
    ),
    "meaning_elsewhere": Sentence(
        "{el} khai báo ý nghĩa “{ref}”, ý nghĩa này không dùng được ở đây mà chỉ ở: {place_vi}.",
        "{el} declares the meaning “{ref}”, which does nothing here but only on: {place_en}.",
        "Chuyển khai báo về đúng chỗ, hoặc bỏ đi.",
        "Move the declaration to its place, or drop it.",
    ),
    "meaning_type": Sentence(
        "Trường {el} kiểu “{kind}” không mang được ý nghĩa “{ref}”; cần kiểu: {known}.",
        "Field {el} of type “{kind}” cannot carry the meaning “{ref}”; it takes: {known}.",
        "Đổi kiểu của trường, hoặc khai báo ở trường khác.",
        "Change the field's type, or declare another field.",
    ),
    "meaning_twice": Sentence(
        "Ý nghĩa “{ref}” được khai báo nhiều lần: {what}; hệ thống không biết dùng cái nào.",
        "The meaning “{ref}” is declared more than once: {what}; which one counts?",
        "Giữ lại một khai báo.",
        "Keep one of them.",
    ),
    "outcome_unknown": Sentence(
        "Phương án “{what}” của {el} khai báo kết quả “{ref}”, không dùng được ở trường này; chỉ có: {known}.",
        "Option “{what}” of {el} declares the outcome “{ref}”, which this field cannot bring about; there is: {known}.",
        "Sửa “motcua:outcome”, hoặc khai báo ý nghĩa của trường.",
        "Correct “motcua:outcome”, or declare the field's meaning.",
    ),
    "outcome_missing": Sentence(
        "Phương án “{what}” của {el} chưa nói dẫn đến kết quả nào; ý nghĩa “{ref}” cần: {known}.",
        "Option “{what}” of {el} does not say what it brings about; the meaning “{ref}” takes: {known}.",
        "Thêm “motcua:outcome” cho từng phương án.",
        "Give each option its “motcua:outcome”.",
    ),
    "outcome_twice": Sentence(
        "Hai phương án của {el} cùng dẫn đến kết quả “{ref}”; hệ thống không biết ghi phương án nào.",
        "Two options of {el} bring about “{ref}”; which one is written down?",
        "Mỗi kết quả một phương án.",
        "One option for each outcome.",
    ),
    "reason_missing": Sentence(
        "{el} có phương án dẫn đến “{ref}” nhưng biểu mẫu không có trường mang ý nghĩa “reason”: người nộp sẽ không "
        "biết vì sao.",
        "{el} has an option that brings about “{ref}”, but its form has no field with the meaning “reason”: the "
        "applicant would not learn why.",
        "Thêm một trường văn bản có “motcua:meaning”: “reason”.",
        "Add a text field with “motcua:meaning”: “reason”.",
    ),
    "meaning_missing": Sentence(
        "{el} {why} nhưng không biểu mẫu nào của quy trình có trường mang ý nghĩa “{ref}”.",
        "{el} {why_en}, but no form of the process has a field with the meaning “{ref}”.",
        "Khai báo “motcua:meaning” ở trường ghi nội dung đó (docs/meanings.md).",
        "Declare “motcua:meaning” on the field that holds it (docs/meanings.md).",
    ),
    "meaning_by_name": Sentence(
        "{el} mang tên “{what}” nhưng không khai báo ý nghĩa; tên gọi không còn tác dụng, có thể bạn muốn “{ref}”.",
        "{el} is named “{what}” but declares no meaning; names do nothing any more, perhaps you mean “{ref}”.",
        "Khai báo “motcua:meaning”, hoặc đổi tên nếu chỉ là ghi chép.",
        "Declare “motcua:meaning”, or rename it if it is a plain note.",
    ),
    "paper_fact_unknown": Sentence(
        "Giấy tờ {el} in “{ref}”, hồ sơ không có dữ kiện này; có: task.… (trường trong biểu mẫu của các bước), form.… "
        "(trường của tờ khai), applicant.…, owner.…, và {own}.",
        "Paper {el} prints “{ref}”, which no dossier has; there are task.… (fields of the steps' forms), form.… "
        "(fields of the declaration), applicant.…, owner.…, and {own}.",
        "Sửa tên dữ kiện trong papers/, hoặc thêm trường vào biểu mẫu.",
        "Correct the fact in papers/, or add the field to a form.",
    ),
    "paper_glyphs": Sentence(
        "Giấy tờ {el} dùng ký tự mà phông chữ in không có: {what}",
        "Paper {el} uses signs that the printing fonts do not have: {what}",
        "Thay bằng ký tự khác.",
        "Use other signs.",
    ),
    "paper_unsigned": Sentence(
        "Giấy tờ {el} do vai trò “{what}” ký nhưng không làn nào của quy trình được giao cho vai trò này.",
        "Paper {el} is signed by the role “{what}”, to which no lane of the process is given.",
        "Sửa signed_by.role, hoặc giao một làn cho vai trò đó trong procedure.yaml (lanes).",
        "Correct signed_by.role, or give that role a lane in procedure.yaml (lanes).",
    ),
    "paper_internal": Sentence(
        "Giấy tờ {el} in “{ref}”, trường này là ghi chú nội bộ: người nộp không được đọc.",
        "Paper {el} prints “{ref}”, which is an internal note: not for the applicant to read.",
        "Bỏ dòng đó khỏi giấy tờ, hoặc bỏ ý nghĩa “internal_note” của trường.",
        "Drop that line from the paper, or the field's meaning “internal_note”.",
    ),
    "paper_unseen": Sentence(
        "{el} duyệt, ký hoặc cấp số nhưng từ đây không bước nào phát hành giấy tờ: người làm bước này không được xem "
        "trước giấy tờ nào.",
        "{el} reviews, signs or numbers, but no step from here on issues a paper: whoever does it sees no paper first.",
        "Ghi motcua:status (9: kết quả, 8 hoặc 3: từ chối, 5: yêu cầu bổ sung) ở bước phát hành phía sau.",
        "State motcua:status (9: result, 8 or 3: refusal, 5: supplement) at the step that issues it further on.",
    ),
    "prefill_unknown": Sentence(
        "Trường {el} lấy sẵn từ “{ref}”, nơi không có giá trị này; có: applicant.…, owner.… và form.… với các trường: "
        "{known}.",
        "Field {el} is prefilled from “{ref}”, where there is no such value; there are applicant.…, owner.… and form.… "
        "with the fields: {known}.",
        "Sửa “prefill”, hoặc bỏ đi.",
        "Correct “prefill”, or drop it.",
    ),
}

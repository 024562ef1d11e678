"""The words of findings about expressions: labels, times in words, other languages, words of other engines."""

from __future__ import annotations

from engine.workflow.findings.finding import Sentence

SENTENCES: dict[str, Sentence] = {
    "labels_by_person": Sentence(
        "Điều kiện ở cổng {el} viết bằng lời ({flows}): cán bộ của làn sẽ chọn hướng đi.",
        "The conditions at gateway {el} are words ({flows}): an official of its lane will choose the way.",
        'Để hệ thống tự chọn, viết điều kiện FEEL với biến có khai báo, ví dụ decision = "accept".',
        'To let the system choose, write FEEL over declared variables, e.g. decision = "accept".',
    ),
    "label_no_condition": Sentence(
        "Điều kiện ở {el} là nhãn, không phải biểu thức ({flows}); không có biến nào tên như vậy.",
        "The conditions at {el} are labels, not expressions ({flows}); no variable is called so.",
        'Viết điều kiện FEEL với biến có khai báo, ví dụ decision = "accept"; hoặc bỏ hết điều kiện để người chọn.',
        'Write FEEL over declared variables, e.g. decision = "accept"; or take them all off and let a person choose.',
    ),
    "event_in_words": Sentence(
        "Sự kiện {el} ghi bằng lời khi nào xảy ra («{what}»): cán bộ của làn sẽ ghi nhận.",
        "Event {el} says in words when it happens (“{what}”): an official of its lane will record it.",
        "Để hệ thống tự chờ, viết ISO 8601 (P14D, 2026-12-31) hoặc FEEL.",
        "To let the system wait by itself, write ISO 8601 (P14D, 2026-12-31) or FEEL.",
    ),
    "words_no_event": Sentence(
        "Sự kiện {el} ghi bằng lời khi nào xảy ra («{what}»); hệ thống không tính được.",
        "Event {el} says in words when it happens (“{what}”); that cannot be computed.",
        "Viết ISO 8601 (P14D, PT8H, R3/PT1H, 2026-12-31) hoặc FEEL với biến có khai báo.",
        "Write ISO 8601 (P14D, PT8H, R3/PT1H, 2026-12-31) or FEEL over declared variables.",
    ),
    "loop_by_hand": Sentence(
        "Dấu lặp của {el} không nói lặp theo gì: bước được làm một lần, người làm tự lặp.",
        "The loop marker of {el} does not say over what: the step is done once, whoever does it repeats it.",
        "Để hệ thống lặp, điền danh sách, số lần hoặc điều kiện.",
        "To let the system repeat it, fill in a list, a count or a condition.",
    ),
    "function_unknown": Sentence(
        "{el} gọi hàm «{ref}», FEEL không có hàm này; biểu thức sẽ không có giá trị.",
        "{el} calls the function “{ref}”, which FEEL does not have: the expression would have no value.",
        "Dùng hàm của FEEL (DMN 1.5), hoặc `motcua import-bpmn` cho tệp của Camunda 8.",
        "Use a function of FEEL (DMN 1.5), or `motcua import-bpmn` for a file of Camunda 8.",
    ),
    "called_by_hand": Sentence(
        "{el} gọi tiến trình «{ref}» không có trong tệp: bước này do người làm và báo khi xong.",
        "{el} calls process “{ref}”, which is not in the file: the step is done by hand and told when it is over.",
        "Để hệ thống chạy tiến trình đó, vẽ nó trong cùng tệp.",
        "To let the system run that process, draw it in the same file.",
    ),
    "race_by_person": Sentence(
        "Sau cổng theo sự kiện {el} có bước làm việc, không phải sự kiện chờ: cán bộ của làn sẽ chọn hướng đi.",
        "Behind event-based gateway {el} stands work, no waiting event: an official of its lane will choose the way.",
        "Để hệ thống tự chờ, đặt sự kiện trung gian chờ ngay sau cổng.",
        "To let the system wait by itself, put waiting events directly behind the gateway.",
    ),
    "vendor_moves": Sentence(
        "{el} có {what}: ở hệ thống khác điều này đổi đường đi hoặc dữ liệu của hồ sơ, ở đây không được thực hiện.",
        "{el} has {what}: elsewhere this changes where a dossier goes or what its data is, here it is not done.",
        "Dùng `motcua import-bpmn` để dịch tệp, hoặc viết lại bằng thuộc tính motcua.",
        "Let `motcua import-bpmn` translate the file, or write it in motcua attributes.",
    ),
    "expression_juel": Sentence(
        "«{source}» của {el} là biểu thức JUEL, ở đây không chạy. Bằng FEEL: {ref}",
        "“{source}” of {el} is an expression of JUEL, which is not run here. In FEEL: {ref}",
        "Viết lại bằng FEEL, hoặc dùng `motcua import-bpmn` để dịch cả tệp.",
        "Write it in FEEL, or let `motcua import-bpmn` translate the file.",
    ),
    "timer_cron": Sentence(
        "«{source}» của {el} là lịch cron, ở đây không chạy. Bằng ISO 8601: {ref}",
        "“{source}” of {el} is a cron schedule, which is not run here. In ISO 8601: {ref}",
        "Viết chu kỳ R/bắt đầu/khoảng, ví dụ R/2026-01-05T08:00/P1D.",
        "Write a cycle R/start/every, e.g. R/2026-01-05T08:00/P1D.",
    ),
    "vendor_words": Sentence(
        "Tệp có từ của hệ thống khác, không được thực hiện ở đây: {what}.",
        "The file has words of other engines that are not carried out here: {what}.",
        "Dùng `motcua import-bpmn` để biết từng từ thành gì.",
        "Let `motcua import-bpmn` tell what becomes of each.",
    ),
}

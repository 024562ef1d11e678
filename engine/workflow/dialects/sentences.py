"""What is said of a translated word, and what a person has to decide."""

from __future__ import annotations

from typing import Final

from engine.domain.text import Text

TRANSLATED: Final = Text("{el}: {word} “{before}” thành “{after}”.", "{el}: {word} “{before}” became “{after}”.")
LEFT_OUT: Final = Text(
    "{el}: đã bỏ {word} “{before}”; không đổi đường đi hay dữ liệu của hồ sơ.",
    "{el}: {word} “{before}” was left out; it moves neither a dossier nor its data.",
)
DECIDE: Final[dict[str, Text]] = {
    "expression_foreign": Text(
        "{el}: không có biểu thức FEEL cho “{before}” ({word}). Hãy viết lại bằng FEEL.",
        "{el}: there is no FEEL for “{before}” ({word}). Write it in FEEL.",
    ),
    "condition_by_person": Text(
        "{el}: không có biểu thức FEEL cho mọi điều kiện ở đây ({before}), nên một người chọn hướng đi. "
        "Muốn máy chọn thì viết lại điều kiện bằng FEEL.",
        "{el}: not every condition here has a FEEL form ({before}), so a person chooses the way. "
        "To let the machine choose, write them in FEEL.",
    ),
    "code_by_hand": Text(
        "{el}: {word} “{before}” gọi mã chương trình; ở đây là việc làm bằng tay. Hãy nêu kết nối (motcua:connector) "
        "hoặc giao cho một người.",
        "{el}: {word} “{before}” calls program code; here it is work by hand. Name a connector (motcua:connector) or "
        "leave it to a person.",
    ),
    "script_by_hand": Text(
        "{el}: tập lệnh “{before}” ({word}) không được chạy; bước này làm bằng tay và không ghi biến nào. Hãy viết lại "
        "bằng FEEL.",
        "{el}: the script “{before}” ({word}) is not run; the step is done by hand and writes no variable. Write it in "
        "FEEL.",
    ),
    "listener": Text(
        "{el}: {word} “{before}” là mã chạy kèm theo và không được chạy. Nếu nó ghi biến hay gửi đi gì, hãy vẽ "
        "một bước.",
        "{el}: {word} “{before}” is code that runs beside the step and is not run. If it writes a variable or sends "
        "something, draw a step for it.",
    ),
    "assignment": Text(
        "{el}: {word} “{before}”; ở đây làn nói ai làm. Hãy đặt bước vào làn có vai trò đúng.",
        "{el}: {word} “{before}”; here the lane says who works. Put the step into the lane with the right role.",
    ),
    "lane_proposed": Text(
        "{el}: {word} “{before}” thành làn đề nghị “{after}”. Hãy gán làn cho một vai trò trong procedure.yaml.",
        "{el}: {word} “{before}” became the proposed lane “{after}”. Map it to a role in procedure.yaml.",
    ),
    "deadline": Text(
        "{el}: {word} “{before}”. Hạn của bước tính bằng giờ làm việc (motcua:hours); hãy ghi số giờ.",
        "{el}: {word} “{before}”. The limit of a step counts working hours (motcua:hours): write how many.",
    ),
    "form_elsewhere": Text(
        "{el}: {word} “{before}” là biểu mẫu của hệ thống khác; ở đây cần tệp biểu mẫu “{after}”.",
        "{el}: {word} “{before}” is a form of another system; here the form file “{after}” is needed.",
    ),
    "form_made": Text(
        "{el}: {word} thành biểu mẫu “{after}”; hãy xem lại nhãn và quy tắc ({before}).",
        "{el}: {word} became the form “{after}”; look through its labels and rules ({before}).",
    ),
    "called_sees_all": Text(
        "{el}: ở nơi khác tiến trình được gọi chỉ nhận và chỉ trả lại các biến nêu tên ({before}); ở đây nó thấy mọi "
        "dữ liệu của hồ sơ, và điều nó ghi ở lại trong hồ sơ. Biến trùng tên mà khác nghĩa thì đổi tên.",
        "{el}: elsewhere the called process gets and gives back only what is named ({before}); here it sees all data "
        "of the dossier, and what it writes stays there. "
        "Rename what has the same name and another meaning.",
    ),
    "called_open": Text(
        "{el}: {word} “{before}” chỉ biết khi chạy; hãy nêu tiến trình được gọi.",
        "{el}: {word} “{before}” is known only when it runs; name the called process.",
    ),
    "called_not_given": Text(
        "{el}: không có tiến trình “{before}” trong các tệp; đến khi có, bước này do người làm. Hãy đưa thêm tệp đó.",
        "{el}: process “{before}” is in none of the files; until it is, the step is done by hand. Give that file too.",
    ),
    "decision_not_given": Text(
        "{el}: không có bảng quyết định “{before}” trong các tệp; hãy đưa tệp DMN vào gói và nêu dữ liệu vào "
        "(motcua:input).",
        "{el}: decision “{before}” is in none of the files; put its DMN into the pack and declare its inputs "
        "(motcua:input).",
    ),
    "result_shape": Text(
        "{el}: {word} “{before}”; ở đây biến “{after}” nhận cả câu trả lời của bảng. Hãy xem lại nơi dùng nó.",
        "{el}: {word} “{before}”; here the variable “{after}” takes the whole answer. Look where it is used.",
    ),
    "mapping_by_hand": Text(
        "{el}: {word} “{before}” chưa dịch được; giá trị này không được chuyển. Hãy viết motcua:input hoặc "
        "motcua:output bằng FEEL.",
        "{el}: {word} “{before}” could not be translated and this value is not carried over. Write a motcua:input or "
        "motcua:output in FEEL.",
    ),
    "mapping_of_person": Text(
        "{el}: {word} “{before}” lấy từ kết quả của hệ thống khác; ở đây “{after}” phải do người hoặc kết nối đưa vào.",
        "{el}: {word} “{before}” takes the answer of another system; here a person or a connector has to give "
        "“{after}”.",
    ),
    "input_of_task": Text(
        "{el}: {word} “{before}” là giá trị riêng của bước; biểu mẫu ở đây đọc dữ liệu của hồ sơ. Hãy xem biểu mẫu có "
        "cần “{after}” không.",
        "{el}: {word} “{before}” is a value of the step alone; a form here reads the data of the dossier. See whether "
        "it needs “{after}”.",
    ),
    "first_way_taken": Text(
        "{el}: không mũi tên nào có điều kiện; ở nơi khác mũi tên đầu được đi, ở đây một người chọn ({before}).",
        "{el}: no flow has a condition; elsewhere the first one is taken, here a person chooses ({before}).",
    ),
    "moves_tokens": Text(
        "{el}: {word} “{before}” đổi đường đi của hồ sơ và không có ở đây. Hãy vẽ điều đó ra.",
        "{el}: {word} “{before}” changes where a dossier goes and does not exist here. Draw it.",
    ),
    "moves_values": Text(
        "{el}: {word} “{before}” ghi hoặc đọc một biến theo cách không có ở đây. Hãy xem ai cần biến đó.",
        "{el}: {word} “{before}” writes or reads a variable in a way that does not exist here. See who needs it.",
    ),
    "loop_open": Text(
        "{el}: dấu lặp không nói lặp theo gì ({before}); bước được làm một lần, người làm tự lặp.",
        "{el}: the loop marker does not say over what ({before}); the step is done once, whoever does it repeats it.",
    ),
    "cycle_cron": Text(
        "{el}: “{before}” là lịch cron; không có chu kỳ ISO 8601 cho lịch này. Hãy viết R/…/P….",
        "{el}: “{before}” is a cron schedule with no ISO 8601 cycle. Write R/…/P….",
    ),
    "correlation_open": Text(
        "{el}: khóa của thông điệp “{before}” chưa dịch được; thông điệp có thể đến nhầm chỗ. Hãy viết "
        "motcua:correlation bằng FEEL.",
        "{el}: the key of the message, “{before}”, could not be translated, so it may reach the wrong one. Write "
        "motcua:correlation in FEEL.",
    ),
    "text_with_expression": Text(
        "{el}: {word} “{before}” có biểu thức; ở đây nó được hiện nguyên văn. Hãy viết thành chữ.",
        "{el}: {word} “{before}” holds an expression; here it is shown as it is written. Put it in words.",
    ),
    "unknown_word": Text(
        "{el}: không biết {word} “{before}” làm gì; đã bỏ. Hãy xem nó có cần không.",
        "{el}: what {word} “{before}” does is not known; it was left out. See whether it is needed.",
    ),
}

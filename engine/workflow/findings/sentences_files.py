"""The words of findings about files, pools and arrows; those about single elements stand in `sentences`."""

from __future__ import annotations

from engine.workflow.findings.finding import Sentence

_AGAIN_VI = "Hãy xuất lại sơ đồ từ công cụ vẽ BPMN 2.0."
_AGAIN_EN = "Export the diagram again from a BPMN 2.0 editor."
_ONE_VI = "Đánh dấu đúng một tiến trình là isExecutable, hoặc chọn bằng --process MÃ; các bên khác để pool rỗng."
_ONE_EN = "Mark exactly one process as isExecutable, or choose with --process ID; draw other parties as empty pools."

SENTENCES: dict[str, Sentence] = {
    "too_large": Sentence(
        "Tệp lớn hơn giới hạn {limit} MB.", "The file is larger than the limit of {limit} MB.", _AGAIN_VI, _AGAIN_EN
    ),
    "doctype": Sentence(
        "Tệp có khai báo DOCTYPE, không được phép vì lý do an toàn.",
        "The file declares a DOCTYPE, which is not allowed for safety.",
        _AGAIN_VI,
        _AGAIN_EN,
    ),
    "encoding_refused": Sentence(
        "Tệp dùng bảng mã «{ref}», không được phép vì lý do an toàn.",
        "The file uses the encoding “{ref}”, which is not allowed for safety.",
        "Lưu lại tệp với bảng mã UTF-8.",
        "Save the file again as UTF-8.",
    ),
    "other_namespace": Sentence(
        "Tệp dùng không gian tên «{ref}», không phải của BPMN 2.0 («{wanted}»).",
        "The file is written in namespace “{ref}”, which is not that of BPMN 2.0 (“{wanted}”).",
        "Nếu là bản thử của BPMN 2.0, hãy mở bằng công cụ vẽ hiện nay rồi xuất lại; tệp DMN dùng `motcua dmn`.",
        "A draft of BPMN 2.0: open it in a modeller of today and export it again; for a DMN file use `motcua dmn`.",
    ),
    "not_bpmn": Sentence(
        "Tệp không phải là sơ đồ BPMN 2.0: phần tử gốc là «{ref}», không phải definitions.",
        "The file is not a BPMN 2.0 diagram: its root is “{ref}”, not definitions.",
        _AGAIN_VI,
        _AGAIN_EN,
    ),
    "not_xml": Sentence(
        "Tệp không đọc được như XML: {why}.", "The file is not readable XML: {why}.", _AGAIN_VI, _AGAIN_EN
    ),
    "too_complex": Sentence(
        "Tệp có quá {count} phần tử hoặc lồng sâu quá {depth} cấp.",
        "The file has more than {count} elements or is nested deeper than {depth}.",
        "Chia thành nhiều tiến trình và gọi nhau.",
        "Divide it into several processes that call each other.",
    ),
    "too_many_attributes": Sentence(
        "Một phần tử trong tệp có hơn {limit} thuộc tính.",
        "An element of the file has more than {limit} attributes.",
        _AGAIN_VI,
        _AGAIN_EN,
    ),
    "process_missing": Sentence(
        "Tệp không có tiến trình «{ref}»; có: {names}.",
        "The file has no process “{ref}”; it has: {names}.",
        "Ghi đúng mã tiến trình.",
        "Give the id of a process in the file.",
    ),
    "no_process": Sentence(
        "Sơ đồ không có tiến trình nào có nội dung.",
        "The diagram has no process with content.",
        "Vẽ các bước vào tiến trình.",
        "Draw the steps into a process.",
    ),
    "several_processes": Sentence(
        "Có nhiều tiến trình ({names}) mà không rõ tiến trình nào được chạy.",
        "There are several processes ({names}) and it is not clear which one is to run.",
        _ONE_VI,
        _ONE_EN,
    ),
    "process_chosen": Sentence(
        "Chạy tiến trình {el} vì chỉ nó tự bắt đầu; {others} được coi là các bên bên ngoài.",
        "Process {el} is run, because it alone begins by itself; {others} are taken as outside parties.",
        _ONE_VI,
        _ONE_EN,
    ),
    "flow_without_source": Sentence(
        "Mũi tên {el} không có phần tử đầu (chỉ nối tới «{target}»).",
        "Flow {el} has no element at its beginning (it only leads to “{target}”).",
        "Kéo đầu mũi tên vào cạnh của bước hoặc cổng mà nó đi ra.",
        "Drag its beginning onto the border of the step or gateway that it leaves.",
    ),
    "flow_without_target": Sentence(
        "Mũi tên {el} không có phần tử cuối (chỉ đi ra từ «{source}»).",
        "Flow {el} has no element at its end (it only leaves “{source}”).",
        "Kéo đầu nhọn của mũi tên vào cạnh của bước hoặc cổng tiếp theo.",
        "Drag its head onto the border of the step or gateway that follows.",
    ),
    "flow_without_ends": Sentence(
        "Mũi tên {el} không nối phần tử nào.",
        "Flow {el} joins no elements at all.",
        "Nối hai đầu mũi tên, hoặc xóa nó.",
        "Connect both ends, or delete it.",
    ),
    "flow_crosses_scopes": Sentence(
        "Mũi tên {el} đi xuyên biên tiến trình con (từ «{source}» tới «{target}»).",
        "Flow {el} crosses the border of a subprocess (from “{source}” to “{target}”).",
        "Nối từ chính tiến trình con; bên trong kết thúc bằng sự kiện kết thúc.",
        "Let the flow leave the subprocess itself; inside, finish with an end event.",
    ),
    "flow_crosses_pools": Sentence(
        "Mũi tên {el} nối hai pool khác nhau (từ «{source}» tới «{target}»).",
        "Flow {el} joins two different pools (from “{source}” to “{target}”).",
        "Giữa hai pool dùng luồng thông điệp; hoặc gộp thành một pool có nhiều làn.",
        "Between pools draw a message flow; or make them lanes of one pool.",
    ),
    "unreadable_file": Sentence(
        "Không mở được tệp {el}: {why}.",
        "The file {el} cannot be opened: {why}.",
        "Kiểm tra đường dẫn và quyền đọc tệp.",
        "Check the path and the permission to read it.",
    ),
    "unknown_kind": Sentence(
        "Tệp {el} không phải sơ đồ BPMN, bảng DMN, biểu mẫu hay gói thủ tục: {why}.",
        "The file {el} is no BPMN diagram, DMN model, form or procedure pack: {why_en}.",
        "Chỉ vào tệp .bpmn, .dmn, .form.json hoặc thư mục có procedure.yaml.",
        "Name a .bpmn, .dmn or .form.json file, or a folder with a procedure.yaml.",
    ),
    "nothing_found": Sentence(
        "Thư mục {el} không có sơ đồ, bảng quyết định, biểu mẫu hay gói thủ tục nào.",
        "The folder {el} holds no diagram, decision model, form or procedure pack.",
        "Chỉ vào thư mục khác, hoặc nêu thẳng tên tệp.",
        "Name another folder, or the file itself.",
    ),
    "no_decision": Sentence(
        "Mô hình DMN không có quyết định nào.",
        "The DMN model holds no decision.",
        "Vẽ ít nhất một quyết định.",
        "Draw at least one decision.",
    ),
    "not_utf8": Sentence(
        "Tệp {el} (hoặc tệp trong gói) không phải văn bản UTF-8.",
        "The file {el} (or one of its pack) is not UTF-8 text.",
        "Lưu lại tệp với bảng mã UTF-8.",
        "Save the file again as UTF-8.",
    ),
    "check_stopped": Sentence(
        "Việc xét tệp {el} bị dừng: {why}.",
        "Judging the file {el} was stopped: {why_en}.",
        "Chia nhỏ tệp; tệp thông thường được xét xong trong vài phần nghìn giây.",
        "Divide the file; an ordinary one is judged within some thousandths of a second.",
    ),
}

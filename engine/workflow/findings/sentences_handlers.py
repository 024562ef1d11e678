"""The words of findings about what catches, undoes, sends and waits together."""

from __future__ import annotations

from engine.workflow.findings.finding import Sentence

SENTENCES: dict[str, Sentence] = {
    "code_missing": Sentence(
        "{el} báo {kind} mà không có mã.",
        "{el} throws an {kind} without a code.",
        "Điền errorCode (escalationCode) cho lỗi hoặc leo thang mà sự kiện này báo.",
        "Fill in the errorCode (escalationCode) of the error or escalation that it throws.",
    ),
    "message_unclaimed": Sentence(
        "{el} gửi thông điệp «{ref}» mà không bước nào trong sơ đồ chờ: nó chỉ nằm lại trong hồ sơ.",
        "{el} sends message “{ref}”, which no step of the diagram waits for: it only stays in the dossier.",
        "Gọi bên ngoài bằng motcua:connector, hoặc thêm bước chờ thông điệp cùng tên.",
        "Let motcua:connector carry it outside, or add a step that waits for a message of that name.",
    ),
    "event_name_long": Sentence(
        "{el} gửi «{ref}…», một tên dài hơn {limit} ký tự.",
        "{el} sends “{ref}…”, a name of more than {limit} signs.",
        "Đặt tên ngắn hơn cho thông điệp hay tín hiệu.",
        "Give the message or signal a shorter name.",
    ),
    "signal_unclaimed": Sentence(
        "{el} phát tín hiệu «{ref}» mà không bước nào trong sơ đồ chờ: không có gì xảy ra.",
        "{el} throws signal “{ref}”, which no step of the diagram waits for: nothing happens.",
        "Thêm bước chờ tín hiệu cùng tên, hoặc bỏ sự kiện này.",
        "Add a step that waits for a signal of that name, or take the event away.",
    ),
    "signal_never_thrown": Sentence(
        "{el} chờ tín hiệu «{ref}» mà không bước nào trong sơ đồ phát: tín hiệu không đến từ bên ngoài.",
        "{el} waits for signal “{ref}”, which no step of the diagram throws: signals do not come from outside.",
        "Thêm bước phát tín hiệu cùng tên, hoặc chờ một thông điệp hay một công việc của cán bộ.",
        "Add a step that throws a signal of that name, or wait for a message or a task of an official.",
    ),
    "repetitions_share": Sentence(
        "Các lần lặp song song của {el} cùng ghi {names}: lần ghi sau thay lần ghi trước, và quyết định cả lần khác.",
        "The parallel repetitions of {el} all write {names}: the last one counts and decides for the others, too.",
        "Cho lặp lần lượt, hoặc gom từng kết quả vào một danh sách (loopDataOutputRef, outputDataItem).",
        "Repeat one after the other, or gather each result in a list (loopDataOutputRef, outputDataItem).",
    ),
    "handled_twice": Sentence(
        "{el} và «{other}» cùng bắt một sự kiện («{ref}») ở cùng một nơi: không rõ nhánh nào được đi.",
        "{el} and “{other}” catch the same event (“{ref}”) in the same place: which way is taken would be chance.",
        "Giữ một sự kiện, hoặc phân biệt bằng mã, tên hay motcua:when.",
        "Keep one of them, or tell them apart by code, name or motcua:when.",
    ),
    "compensation_not_seen": Sentence(
        "Bù trừ {el} chỉ tới «{ref}» ở phạm vi khác, nơi nó không thể hoàn tác.",
        "Compensation {el} names “{ref}”, which stands in another scope and cannot be undone from there.",
        "Đặt sự kiện bù trừ cùng cấp với bước cần hoàn tác, hoặc trong tiến trình con sự kiện của cấp đó.",
        "Throw it on the level of the activity, or in an event subprocess of that level.",
    ),
    "compensation_nothing": Sentence(
        "Bù trừ {el} hoàn tác «{ref}», nhưng bước đó không có gì để hoàn tác.",
        "Compensation {el} undoes “{ref}”, but nothing says how that is undone.",
        "Gắn sự kiện bù trừ cùng bước hoàn tác vào bước đó.",
        "Put a compensation event with an undoing activity on its border.",
    ),
    "compensation_never": Sentence(
        "Tiến trình con bù trừ có {el} đứng ở cấp ngoài cùng: không ai hoàn tác cả tiến trình.",
        "The compensation event subprocess of {el} stands at the top: nobody undoes the whole process.",
        "Đặt nó bên trong tiến trình con cần hoàn tác.",
        "Put it inside the subprocess that it undoes.",
    ),
    "called_without_start": Sentence(
        "{el} gọi tiến trình «{ref}», nhưng tiến trình đó không có sự kiện bắt đầu thường.",
        "{el} calls process “{ref}”, which has no plain start event.",
        "Thêm sự kiện bắt đầu không dấu hiệu vào tiến trình được gọi.",
        "Give the called process a start event without a sign.",
    ),
}

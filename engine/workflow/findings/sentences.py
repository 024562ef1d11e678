"""The words of every finding: what is wrong and what to draw instead. `{el}` names the element."""

from __future__ import annotations

from engine.workflow.findings.finding import Sentence

FEEL_HINT_VI = 'Viết biểu thức FEEL, ví dụ: decision = "accept" hoặc fee_vnd > 0.'
FEEL_HINT_EN = 'Write a FEEL expression, e.g. decision = "accept" or fee_vnd > 0.'

SENTENCES: dict[str, Sentence] = {
    "unsupported_element": Sentence(
        "{el} là loại {kind}, hệ thống không chạy được đúng.",
        "{el} is a {kind}, which cannot be run correctly.",
        "Vẽ lại bằng cổng loại trừ, song song hoặc bao hàm, hay tiến trình con thường.",
        "Draw it with exclusive, parallel or inclusive gateways, or an ordinary subprocess.",
    ),
    "several_event_signs": Sentence(
        "Sự kiện {el} mang nhiều loại dấu hiệu cùng lúc.",
        "Event {el} carries several event definitions at once.",
        "Tách thành nhiều sự kiện sau một cổng theo sự kiện.",
        "Split it into several events behind an event-based gateway.",
    ),
    "event_not_here": Sentence(
        "Sự kiện {el} loại {kind} không dùng được ở vị trí này.",
        "Event {el} of kind {kind} cannot be used in this place.",
        "Đổi loại sự kiện, hoặc đặt nó vào tiến trình con sự kiện / lên biên của bước.",
        "Change its kind, or put it into an event subprocess or on the border of an activity.",
    ),
    "start_has_incoming": Sentence(
        "Sự kiện bắt đầu {el} có mũi tên đi vào.",
        "Start event {el} has an incoming flow.",
        "Cho mũi tên quay về một cổng hợp đặt sau sự kiện bắt đầu.",
        "Let the flow return to a merging gateway behind the start event.",
    ),
    "end_has_outgoing": Sentence(
        "Sự kiện kết thúc {el} có mũi tên đi ra.",
        "End event {el} has an outgoing flow.",
        "Dùng sự kiện trung gian nếu còn bước tiếp theo.",
        "Use an intermediate event when something follows.",
    ),
    "boundary_loose": Sentence(
        "Sự kiện biên {el} không gắn vào bước nào hoặc có mũi tên đi vào.",
        "Boundary event {el} is not attached to an activity, or has an incoming flow.",
        "Gắn sự kiện vào cạnh của một bước.",
        "Attach the event to the border of an activity.",
    ),
    "boundary_leads_nowhere": Sentence(
        "Sự kiện biên {el} không có mũi tên đi ra: khi xảy ra, nhánh này dừng tại đó.",
        "Boundary event {el} has no outgoing flow: when it happens, the branch ends there.",
        "Nối tới bước xử lý tiếp theo.",
        "Connect it to what follows.",
    ),
    "timer_missing": Sentence(
        "Sự kiện thời gian {el} chưa có thời hạn.",
        "Timer event {el} has no time.",
        "Điền thời lượng (P1D, PT2H), ngày, hoặc biểu thức FEEL.",
        "Fill in a duration (P1D, PT2H), a date, or a FEEL expression.",
    ),
    "timer_cycle_here": Sentence(
        "Sự kiện thời gian {el} lặp theo chu kỳ ở nơi chỉ xảy ra một lần.",
        "Timer event {el} repeats in a place where it can happen only once.",
        "Dùng thời lượng, hoặc sự kiện biên không ngắt.",
        "Use a duration, or a non-interrupting boundary event.",
    ),
    "office_time_here": Sentence(
        "Sự kiện thời gian {el} tính theo giờ làm việc nhưng không phải là thời lượng.",
        "Timer event {el} counts office time but is not a duration.",
        "Dùng timeDuration (P3D = 3 ngày làm việc, PT4H = 4 giờ làm việc).",
        "Use a timeDuration (P3D = 3 working days, PT4H = 4 office hours).",
    ),
    "timer_unreadable": Sentence(
        "Không hiểu thời hạn của {el}: {why}",
        "The time of {el} is not understood: {why_en}",
        "Viết theo ISO 8601 (P3D, PT8H, R3/PT1H, 2026-01-31) hoặc FEEL.",
        "Write ISO 8601 (P3D, PT8H, R3/PT1H, 2026-01-31) or FEEL.",
    ),
    "name_taken_from_label": Sentence(
        "{el} chưa khai báo tên thông điệp/tín hiệu; tạm dùng «{ref}».",
        "{el} declares no message or signal name; “{ref}” is used.",
        "Khai báo thông điệp (tín hiệu) và chọn nó cho sự kiện.",
        "Declare the message (signal) and choose it for the event.",
    ),
    "condition_missing": Sentence("{el} chưa có điều kiện.", "{el} has no condition.", FEEL_HINT_VI, FEEL_HINT_EN),
    "expression_unreadable": Sentence(
        "Biểu thức «{source}» của {el} không hợp lệ: {why}",
        "The expression “{source}” of {el} is not valid: {why_en}",
        FEEL_HINT_VI,
        FEEL_HINT_EN,
    ),
    "name_mistyped": Sentence(
        "Biểu thức «{source}» của {el} dùng «{what}»; sơ đồ chỉ khai báo «{near}».",
        "The expression “{source}” of {el} uses “{what}”; the diagram declares “{near}”.",
        "Sửa tên biến, nếu gõ nhầm.",
        "Correct the name, if it is mistyped.",
    ),
    "language_refused": Sentence(
        "{el} dùng ngôn ngữ «{language}»; hệ thống chỉ chạy FEEL, không chạy mã lập trình.",
        "{el} uses the language “{language}”; only FEEL is run, never program code.",
        FEEL_HINT_VI,
        FEEL_HINT_EN,
    ),
    "flows_without_condition": Sentence(
        "Cổng {el} vừa có mũi tên có điều kiện, vừa có mũi tên không điều kiện: {flows}.",
        "Some flows of gateway {el} have a condition, and these have none: {flows}.",
        "Đặt điều kiện FEEL cho từng mũi tên, chừa nhiều nhất một mặc định; hoặc bỏ hết điều kiện để cán bộ chọn.",
        "Give each flow a FEEL condition but at most one default; or remove all conditions and let a person choose.",
    ),
    "choice_by_person": Sentence(
        "Các mũi tên ra của cổng {el} không có điều kiện: cán bộ của làn sẽ chọn hướng đi ({flows}).",
        "The flows out of gateway {el} have no condition: an official of its lane will choose the way ({flows}).",
        "Để hệ thống tự chọn, đặt điều kiện FEEL cho từng mũi tên và một mũi tên mặc định.",
        "To let the system choose, give each flow a FEEL condition and mark one as the default.",
    ),
    "always_taken": Sentence(
        "Mũi tên {flows} của cổng bao hàm {el} không có điều kiện nên luôn được đi.",
        "Flow {flows} of inclusive gateway {el} has no condition and is always taken.",
        "Đánh dấu là mặc định nếu chỉ đi khi không mũi tên nào khác đúng.",
        "Mark it as the default if it is meant only for when no other flow holds.",
    ),
    "attribute_refused": Sentence(
        "{el} có thuộc tính {what}, hệ thống không chạy theo thuộc tính này.",
        "{el} carries {what}, which cannot be run.",
        "Bỏ thuộc tính này; vẽ việc lặp hoặc tách nhánh thành hình.",
        "Remove the attribute; draw the repetition or the split instead.",
    ),
    "condition_by_clock": Sentence(
        "Điều kiện của {el} hỏi giờ hiện tại (now, today), nhưng điều kiện chỉ được xét lại khi dữ liệu thay đổi.",
        "The condition of {el} asks what time it is (now, today), but it is asked again only when data changes.",
        "Dùng sự kiện hẹn giờ (timer): ngày, khoảng thời gian hoặc biểu thức FEEL.",
        "Use a timer event: a date, a duration or a FEEL expression.",
    ),
    "condition_not_here": Sentence(
        "Cổng {el} không hỏi điều kiện, nên điều kiện trên {flows} không có tác dụng.",
        "Gateway {el} asks no conditions, so the one on {flows} would mean nothing.",
        "Bỏ điều kiện, hoặc vẽ cổng bao hàm (đi theo các mũi tên đúng) hay cổng loại trừ (chỉ một).",
        "Remove the condition, or draw an inclusive gateway (the flows that hold) or an exclusive one (only one).",
    ),
    "error_interrupts": Sentence(
        "Sự kiện lỗi {el} được vẽ là không ngắt, nhưng lỗi luôn ngắt việc đang làm.",
        "Error event {el} is drawn as non-interrupting, but an error always interrupts.",
        "Vẽ sự kiện lỗi là ngắt (viền liền); nếu việc vẫn tiếp tục, dùng sự kiện leo thang (escalation).",
        "Draw the error event as interrupting; where the work goes on, use an escalation event.",
    ),
    "ref_undeclared": Sentence(
        "{el} trỏ tới “{ref}”, nhưng tệp không khai báo mục này: “{ref}” được dùng làm tên.",
        "{el} refers to “{ref}”, which the file does not declare: “{ref}” is used as the name.",
        "Khai báo thông điệp, tín hiệu, lỗi hoặc leo thang này trong tệp, hoặc chọn lại.",
        "Declare the message, signal, error or escalation in the file, or choose another one.",
    ),
    "empty_by_hand": Sentence(
        "{el} không có nội dung bên trong: được coi là một bước làm bằng tay.",
        "{el} has nothing inside: it is taken as one step done by hand.",
        "Vẽ các bước bên trong (hoặc chọn tiến trình được gọi) để hệ thống theo dõi từng bước.",
        "Draw the steps inside (or choose the called process) to have each of them followed.",
    ),
    "event_by_hand": Sentence(
        "Sự kiện {el} không ghi thời hạn hay điều kiện: cán bộ của làn sẽ ghi nhận khi nó xảy ra.",
        "Event {el} states no time or condition: an official of its lane will record when it happens.",
        "Để hệ thống tự chờ, điền thời hạn (P14D, FEEL) hoặc điều kiện FEEL.",
        "To let the system wait by itself, fill in a time (P14D, FEEL) or a FEEL condition.",
    ),
    "start_by_hand": Sentence(
        "Sự kiện bắt đầu {el} không ghi thời điểm hay điều kiện: tiến trình bắt đầu khi có người nộp hồ sơ.",
        "Start event {el} states no time or condition: the process starts when somebody starts it.",
        "Dùng sự kiện bắt đầu thường, hoặc điền thời điểm hay điều kiện.",
        "Use a plain start event, or fill in the time or the condition.",
    ),
    "taken_as_default": Sentence(
        "Mũi tên {flows} của cổng {el} không có điều kiện nên được coi là mặc định.",
        "Flow {flows} of gateway {el} has no condition and is taken as the default.",
        "Đánh dấu mũi tên mặc định cho rõ.",
        "Mark it as the default flow.",
    ),
    "default_foreign": Sentence(
        "Mũi tên mặc định của {el} không phải là mũi tên đi ra của nó.",
        "The default flow of {el} is not one of its outgoing flows.",
        "Chọn lại mũi tên mặc định.",
        "Choose the default flow again.",
    ),
    "link_unpaired": Sentence(
        "Liên kết {el} («{ref}») thiếu đầu kia hoặc có hai đầu nhận cùng tên.",
        "Link {el} (“{ref}”) lacks its other end, or two ends receive the same name.",
        "Đặt đúng một sự kiện nhận liên kết cùng tên trong cùng tiến trình.",
        "Draw exactly one catching link of that name in the same process.",
    ),
    "compensation_unclear": Sentence(
        "Bù trừ {el} không rõ hoàn tác bước nào.",
        "Compensation {el} does not say what undoes what.",
        "Nối sự kiện bù trừ với bước hoàn tác bằng liên kết (association).",
        "Join the compensation event to the undoing activity by an association.",
    ),
    "gateway_targets": Sentence(
        "Sau cổng theo sự kiện {el} phải là sự kiện chờ hoặc bước nhận thông điệp, mỗi cái một mũi tên vào.",
        "Behind event-based gateway {el} only waiting events or receive tasks may stand, each with one flow in.",
        "Đặt sự kiện trung gian chờ (thông điệp, thời gian, …) ngay sau cổng.",
        "Put waiting intermediate events (message, timer, …) directly behind the gateway.",
    ),
    "script_missing": Sentence(
        "Bước kịch bản {el} chưa có biểu thức FEEL hoặc chưa khai báo đầu ra.",
        "Script task {el} has no FEEL expression or declares no output.",
        "Điền biểu thức FEEL và motcua:outputs, hoặc đổi thành bước nghiệp vụ.",
        "Fill in a FEEL expression and motcua:outputs, or make it a user task.",
    ),
    "loop_unclear": Sentence(
        "Bước lặp {el} không nói lặp theo danh sách nào hoặc đến khi nào.",
        "Repeating activity {el} does not say over which list, or until when.",
        "Điền danh sách (collection), số lần (loopCardinality) hoặc điều kiện lặp.",
        "Fill in a collection, a loopCardinality or a loop condition.",
    ),
    "empty_subprocess": Sentence(
        "Tiến trình con {el} không có nội dung.",
        "Subprocess {el} has nothing inside.",
        "Vẽ các bước bên trong, hoặc đổi thành một bước thường.",
        "Draw the steps inside, or make it an ordinary task.",
    ),
    "called_missing": Sentence(
        "{el} gọi tiến trình «{ref}» không có trong tệp này hay gói này.",
        "{el} calls process “{ref}”, which is neither in this file nor in this pack.",
        "Thêm tiến trình được gọi, hoặc vẽ thành tiến trình con.",
        "Add the called process, or draw it as a subprocess.",
    ),
    "called_circle": Sentence(
        "Tiến trình «{ref}» gọi vòng trở lại chính nó.",
        "Process “{ref}” calls itself in a circle.",
        "Bỏ lời gọi vòng; dùng vòng lặp trong một tiến trình.",
        "Remove the circle; loop inside one process.",
    ),
    "event_subprocess_shape": Sentence(
        "Tiến trình con sự kiện {el} phải có đúng một sự kiện bắt đầu có dấu hiệu và không nối mũi tên.",
        "Event subprocess {el} needs exactly one start event with a sign, and no flows to or from it.",
        "Đặt một sự kiện bắt đầu (thông điệp, thời gian, lỗi, …) bên trong và bỏ mũi tên bên ngoài.",
        "Put one start event (message, timer, error, …) inside and remove the outer flows.",
    ),
    "unreachable": Sentence(
        "Không có đường nào đi tới {el}.",
        "No path leads to {el}.",
        "Nối mũi tên vào, hoặc xóa phần tử này.",
        "Connect a flow to it, or delete it.",
    ),
    "no_entry": Sentence(
        "{el} không có điểm bắt đầu.",
        "{el} has no place to start.",
        "Thêm một sự kiện bắt đầu.",
        "Add a start event.",
    ),
    "implicit_start": Sentence(
        "{el} không có sự kiện bắt đầu; các phần tử không có mũi tên vào sẽ cùng bắt đầu.",
        "{el} has no start event; the elements without incoming flows start together.",
        "Thêm một sự kiện bắt đầu cho rõ.",
        "Add a start event to make it plain.",
    ),
    "several_starts": Sentence(
        "{el} có nhiều sự kiện bắt đầu không dấu hiệu.",
        "{el} has several start events without a sign.",
        "Để một sự kiện bắt đầu, rồi chia nhánh bằng cổng.",
        "Keep one start event and split behind it by a gateway.",
    ),
    "by_hand": Sentence(
        "{el} chưa nối với hệ thống nào; cán bộ sẽ phải ghi kết quả bằng tay.",
        "{el} is not connected to any system; an official will have to record its result.",
        "Điền motcua:connector (hoặc motcua:decision cho bước quy tắc).",
        "Fill in motcua:connector (or motcua:decision for a rule task).",
    ),
    "duplicate_id": Sentence(
        "Mã «{ref}» được dùng cho nhiều phần tử.",
        "The id “{ref}” is used by several elements.",
        "Đặt cho mỗi phần tử một mã riêng.",
        "Give each element an id of its own.",
    ),
    "too_many_nodes": Sentence(
        "Sơ đồ quá lớn: {count} phần tử hoặc đường nối phải xét, vượt giới hạn {limit}.",
        "The diagram is too large: {count} elements or connections to judge, more than the limit of {limit}.",
        "Chia thành nhiều tiến trình và gọi nhau.",
        "Divide it into several processes that call each other.",
    ),
    "too_slow": Sentence(
        "Sơ đồ có quá nhiều biểu thức, không xét xong trong thời gian cho phép.",
        "The diagram has too many expressions to be judged in the time allowed.",
        "Chia thành nhiều tiến trình và gọi nhau.",
        "Divide it into several processes that call each other.",
    ),
    "wrong_flow_end": Sentence(
        "{el} không được có mũi tên như đã vẽ (bước hoàn tác đứng ngoài luồng).",
        "{el} must not have the flows drawn (an undoing activity stands outside the flow).",
        "Bỏ mũi tên; bước hoàn tác chỉ nối bằng liên kết từ sự kiện bù trừ.",
        "Remove the flows; join it only by an association from the compensation event.",
    ),
}

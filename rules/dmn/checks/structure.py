"""How a model is built: policies, rows, names, lists of values, languages, circles. Only constants are evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Final

from rules.dmn.checks.circles import circles, with_logic
from rules.dmn.checks.problems import ModelProblem, defect
from rules.dmn.hit_policy import AGGREGATIONS, POLICIES
from rules.dmn.model import (
    Cell,
    Decision,
    DecisionService,
    DecisionTable,
    Definitions,
    Element,
    FunctionDefinition,
    InputData,
    KnowledgeModel,
)
from rules.dmn.model import Text as Literal
from rules.errors import RulesError
from rules.feel import BUILTIN_LEXICON, Lexicon, compile_expression, compile_unary_tests
from rules.text import Text

_Named = InputData | Decision | KnowledgeModel | DecisionService
_FEEL: Final = ("", "feel", "s-feel")
_RANKED: Final = ("PRIORITY", "OUTPUT ORDER")


def structure_problems(definitions: Definitions, lexicon: Lexicon = BUILTIN_LEXICON) -> Iterator[ModelProblem]:
    """Everything wrong with how the model is built."""
    yield from _languages(definitions.name, definitions.element)
    yield from _names(definitions)
    for decision in definitions.decisions:
        if decision.expression is None:
            yield defect(
                "dmn_no_logic",
                decision.name,
                Text("quyết định chưa có bảng hay biểu thức nào.", "the decision has no table and no expression."),
                Text("Vẽ bảng hoặc viết biểu thức cho quyết định.", "Draw its table or write its expression."),
            )
    for element in with_logic(definitions):
        logic = element.expression if isinstance(element, Decision) else element.logic
        for part in _parts(logic):
            yield from _part(element.name, part, lexicon)
    yield from circles(definitions)


def _parts(thing: object) -> Iterator[object]:
    """The expression and everything in it."""
    if isinstance(thing, tuple):
        for each in thing:
            yield from _parts(each)
    elif is_dataclass(thing) and not isinstance(thing, (Element, type)):
        yield thing
        for each in fields(thing):
            yield from _parts(getattr(thing, each.name))


def _part(name: str, part: object, lexicon: Lexicon) -> Iterator[ModelProblem]:
    if isinstance(part, DecisionTable):
        yield from _table(name, part, lexicon)
    elif isinstance(part, (Literal, Cell)):
        yield from _language(name, part.language)
    elif isinstance(part, FunctionDefinition) and part.kind.upper() not in ("FEEL", "JAVA", ""):
        yield defect(
            "dmn_language",
            name,
            Text(f"hàm loại {part.kind} không chạy được ở đây.", f"a function of kind {part.kind} cannot run here."),
            Text("Viết hàm bằng FEEL.", "Write the function in FEEL."),
        )


def _languages(name: str, element: Element) -> Iterator[ModelProblem]:
    for key, value in element.attributes:
        if key == "expressionLanguage":
            yield from _language(name, value)


def _language(name: str, written: str) -> Iterator[ModelProblem]:
    plain = written.strip().lower()
    if plain in _FEEL or ("omg.org/spec/" in plain and "feel" in plain):
        return
    if plain.startswith(("http://www.omg.org/spec/dmn/", "https://www.omg.org/spec/dmn/")):
        return
    yield defect(
        "dmn_language",
        name,
        Text(f"ngôn ngữ biểu thức “{written}” không được dùng.", f"the expression language “{written}” is not read."),
        Text("Viết lại biểu thức bằng FEEL.", "Write the expression in FEEL."),
    )


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if name and count > 1]


def _names(definitions: Definitions) -> Iterator[ModelProblem]:
    groups: tuple[Sequence[_Named], ...] = (
        definitions.inputs,
        definitions.decisions,
        definitions.knowledge_models,
        definitions.services,
    )
    named = [element for group in groups for element in group]
    same_kind = {name for group in groups for name in _twice(element.name for element in group)}
    for name in _twice(element.name for element in named):
        yield defect(
            "dmn_name_twice",
            name,
            Text("có hai phần tử cùng tên; không rõ tên nói về phần tử nào.", "two elements have this name."),
            Text("Đặt cho mỗi phần tử một tên riêng.", "Give each a name of its own."),
            "error" if name in same_kind else "warning",
        )
    for name in _twice(element.element.id for element in named):
        yield defect(
            "dmn_id_twice",
            name,
            Text("có hai phần tử cùng mã id; mũi tên có thể dẫn nhầm.", "two elements have this id; an arrow may err."),
            Text("Đặt cho mỗi phần tử một mã id riêng.", "Give each an id of its own."),
        )
    for name in _twice(item.name for item in definitions.items):
        yield defect(
            "dmn_name_twice",
            name,
            Text("kiểu dữ liệu được khai báo hai lần.", "the type is declared twice."),
            Text("Giữ một khai báo.", "Keep one of them."),
        )
    for element in named:
        if not element.name:
            yield defect(
                "dmn_no_name",
                element.element.id,
                Text("phần tử không có tên.", "the element has no name."),
                Text("Đặt tên cho phần tử.", "Name it."),
                "warning" if element.element.id else "error",
            )


def _table(name: str, table: DecisionTable, lexicon: Lexicon) -> Iterator[ModelProblem]:
    yield from _policy(name, table)
    yield from _outputs(name, table)
    for number, rule in enumerate(table.rules, 1):
        for found, wanted, vi, en in (
            (len(rule.inputs), len(table.inputs), "điều kiện", "conditions"),
            (len(rule.outputs), len(table.outputs), "kết quả", "results"),
        ):
            if found != wanted:
                yield defect(
                    "dmn_row_length",
                    name,
                    Text(
                        f"dòng {number} có {found} ô {vi} nhưng bảng có {wanted} cột.",
                        f"row {number} has {found} {en}, the table has {wanted} columns of them.",
                    ),
                    Text("Điền đủ mỗi cột một ô; ô không xét ghi “-”.", "Give every column one cell; “-” for any."),
                )
    if not table.rules:
        yield defect(
            "dmn_no_rows",
            name,
            Text("bảng quyết định không có dòng nào.", "the decision table has no row."),
            Text("Thêm ít nhất một dòng.", "Add at least one row."),
        )
    yield from _listed(name, table, lexicon)


def _policy(name: str, table: DecisionTable) -> Iterator[ModelProblem]:
    policy, aggregation = table.hit_policy, table.aggregation
    if policy not in POLICIES:
        yield defect(
            "dmn_hit_policy",
            name,
            Text(f"không có cách chọn dòng (hitPolicy) “{policy}”.", f"there is no hit policy “{policy}”."),
            Text(f"Dùng một trong: {', '.join(sorted(POLICIES))}.", f"Use one of: {', '.join(sorted(POLICIES))}."),
        )
    if aggregation and aggregation not in AGGREGATIONS:
        known = ", ".join(sorted(AGGREGATIONS))
        yield defect(
            "dmn_aggregation",
            name,
            Text(f"không có phép gộp (aggregation) “{aggregation}”.", f"there is no aggregation “{aggregation}”."),
            Text(f"Dùng một trong: {known}.", f"Use one of: {known}."),
        )
    if aggregation and policy != "COLLECT":
        yield defect(
            "dmn_aggregation",
            name,
            Text(f"phép gộp {aggregation} chỉ dùng với COLLECT.", f"the aggregation {aggregation} belongs to COLLECT."),
            Text("Đổi hitPolicy thành COLLECT hoặc bỏ phép gộp.", "Make it COLLECT, or drop the aggregation."),
        )
    if aggregation and len(table.outputs) > 1:
        yield defect(
            "dmn_aggregation",
            name,
            Text("phép gộp chỉ có nghĩa với một cột kết quả.", "an aggregation has a meaning for one output only."),
            Text("Tách bảng theo từng cột kết quả.", "Divide the table by its outputs."),
        )
    if policy in _RANKED and not any(clause.values and clause.values.text.strip() for clause in table.outputs):
        yield defect(
            "dmn_no_order",
            name,
            Text(f"{policy} cần thứ tự ưu tiên của các kết quả.", f"{policy} needs the results in order of priority."),
            Text("Liệt kê outputValues theo thứ tự ưu tiên.", "List the outputValues in order of priority."),
        )


def _outputs(name: str, table: DecisionTable) -> Iterator[ModelProblem]:
    if not table.outputs:
        yield defect(
            "dmn_no_output",
            name,
            Text("bảng quyết định không có cột kết quả.", "the decision table has no output."),
            Text("Thêm cột kết quả.", "Add an output."),
        )
    for twice in _twice(clause.name for clause in table.outputs):
        yield defect(
            "dmn_output_twice",
            name,
            Text(f"hai cột kết quả cùng tên “{twice}”.", f"two outputs have the name “{twice}”."),
            Text("Đặt cho mỗi cột kết quả một tên riêng.", "Give each output a name of its own."),
        )
    if len(table.outputs) > 1 and any(not clause.name for clause in table.outputs):
        yield defect(
            "dmn_output_unnamed",
            name,
            Text("bảng nhiều kết quả có cột không tên.", "of several outputs one has no name."),
            Text("Đặt tên cho từng cột kết quả.", "Name every output."),
        )


def _listed(name: str, table: DecisionTable, lexicon: Lexicon) -> Iterator[ModelProblem]:
    """Constant results must be among the values their column allows."""
    for at, clause in enumerate(table.outputs):
        allowed = clause.values.text.strip() if clause.values else ""
        if not allowed:
            continue
        cells = [
            (f"dòng {n}", f"row {n}", r.outputs[at].text) for n, r in enumerate(table.rules, 1) if at < len(r.outputs)
        ]
        if clause.default is not None:
            cells.append(("kết quả mặc định", "the default result", clause.default.text))
        for vi, en, text in cells:
            if text.strip() and _outside(text, allowed, lexicon):
                label, met = clause.element.label or clause.name or str(at + 1), text.strip()
                yield defect(
                    "dmn_not_among",
                    name,
                    Text(
                        f"{vi}, cột “{label}”: kết quả {met} không nằm trong các giá trị cho phép: {allowed}.",
                        f"{en}, column “{label}”: the result {met} is not among the allowed values: {allowed}.",
                    ),
                    Text("Sửa kết quả, hoặc thêm nó vào outputValues.", "Correct it, or add it to the outputValues."),
                )


def _outside(text: str, allowed: str, lexicon: Lexicon) -> bool:
    try:
        made = compile_expression(text, names=lexicon)
        value = None if made.names else made.evaluate({})
        return value is not None and compile_unary_tests(allowed, names=lexicon).test(value, {}) is False
    except RulesError:
        return False

"""Strict evaluation: says why a value is null, where the standard keeps silent.

The standard makes a value null whatever went wrong: a name nobody declared, a number compared with a text. In a
procedure such a null would let another row answer. The closures made here give the same values as the plain ones; in
a strict run they also note the first cause of every null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from rules.errors import FeelNameError, FeelValueError
from rules.feel.builtins import BUILTINS
from rules.feel.evaluation.compiler import Compiler
from rules.feel.operations.compare import kind_of
from rules.feel.operations.properties import has_property
from rules.feel.operations.scope import NOT_GIVEN, Run, Scope, current_run
from rules.feel.operations.texts import text_of
from rules.feel.operations.types import FeelType
from rules.feel.syntax import ast
from rules.feel.syntax.walk import free_names, uses_question
from rules.feel.values.values import Function

Closure = Callable[[Scope], object]
_MAY_BE_NULL: Final = frozenset({"get value", "min", "max", "mean", "median", "stddev"})
"""Built-ins whose null on proper arguments is an answer: nothing there, nothing to choose from."""


class StrictCompiler(Compiler):
    """Compiles to closures that tell why they are null."""

    def __init__(self, types: Mapping[str, FeelType]) -> None:
        super().__init__(types)
        self._made: dict[int, Closure] = {}

    def compile(self, node: ast.Node) -> Closure:
        """The closure of any node; each is made once, though both an operation and its watch ask for it."""
        key = id(node)
        if key not in self._made:
            closure = super().compile(node)
            watch = None if _is_constant(node) else _WATCHES.get(type(node))
            self._made[key] = closure if watch is None else watch(self, node, closure)
        return self._made[key]

    def _test(self, node: ast.Node) -> Closure:
        """A test against a value that is not known cannot be said to fail."""
        closure = super()._test(node)
        if isinstance(node, ast.OpTest) or uses_question(node) or not free_names(node):
            return closure
        wanted = self.compile(node)

        def run(scope: Scope) -> object:
            current = current_run()
            mark = len(current.problems)
            verdict = closure(scope)
            unsaid = verdict is not True and current.strict and len(current.problems) == mark
            if unsaid and wanted(scope) is None:
                vi, en = "Giá trị cần so sánh chưa biết (null).", "The value to compare with is not known (null)."
                current.problems.append(FeelValueError(vi, en))
            return verdict

        return run


def _is_constant(node: ast.Node) -> bool:
    """A range of numbers as written is always one: it needs no watch."""
    written = [isinstance(end, ast.Literal) and isinstance(end.value, Decimal) for end in _ends(node)]
    return isinstance(node, ast.RangeOf) and all(written)


def nearest(name: str, known: frozenset[str], likeness: float = 0.8) -> str:
    """The known name that is most like it; empty when none is."""
    return next(iter(get_close_matches(name, sorted(known - {"?"}), 1, likeness)), "")


def did_you_mean(name: str, known: frozenset[str], language: str) -> str:
    """“Did you mean …?” with the nearest known name, or nothing."""
    near = nearest(name, known, 0.6)
    if not near:
        return ""
    return f" Có phải ý là “{near}”?" if language == "vi" else f" Did you mean “{near}”?"


def unknown_name(name: str, known: frozenset[str]) -> FeelNameError:
    """The error of a name that nothing gives."""
    return FeelNameError(
        f"Thiếu dữ liệu “{name}”: không có gì mang tên này.{did_you_mean(name, known, 'vi')}",
        f"The input “{name}” is missing: nothing has this name.{did_you_mean(name, known, 'en')}",
    )


def shown_value(value: object) -> str:
    """A value as a sentence shows it, cut where it is long."""
    text = f'"{value}"' if isinstance(value, str) else str(text_of(value))
    return text if len(text) <= 40 else f"{text[:40]}…"


def _name(compiler: Compiler, node: ast.Name, closure: Closure) -> Closure:
    name, builtin = node.name, node.name in BUILTINS

    def run(scope: Scope) -> object:
        value = closure(scope)
        if value is not None or builtin or scope.find(name, NOT_GIVEN) is None:
            return value
        current = current_run()
        if current.outside is None:
            return None
        if name in current.outside:
            return current.outside[name]
        current.problems.append(unknown_name(name, scope.names() | BUILTINS.keys() | current.outside.keys()))
        return None

    return run


def _undone(what_vi: str, what_en: str, parts: Callable[[ast.Node], tuple[ast.Node, ...]]) -> Callable[..., Closure]:
    """A watch over an operation: null means that its operands do not fit."""

    def watch(compiler: Compiler, node: ast.Node, closure: Closure) -> Closure:
        operands = [compiler.compile(part) for part in parts(node)]

        def run(scope: Scope) -> object:
            current = current_run()
            mark = len(current.problems)
            value = closure(scope)
            if value is None and current.outside is not None and len(current.problems) == mark:
                _explain(current, [operand(scope) for operand in operands], what_vi, what_en)
            return value

        return run

    return watch


def _explain(current: Run, values: list[object], what_vi: str, what_en: str) -> None:
    shown = ", ".join(shown_value(value) for value in values)
    if any(value is None for value in values):
        vi, en = f"{what_vi} vì có giá trị chưa biết ({shown}).", f"{what_en}: a value is not known ({shown})."
    else:
        kinds = ", ".join(dict.fromkeys(kind_of(value) for value in values))
        vi = f"{what_vi} với giá trị {shown} (kiểu {kinds})."
        en = f"{what_en} with the values {shown} (of type {kinds})."
    current.problems.append(FeelValueError(vi, en))


def _comparison(compiler: Compiler, node: ast.Comparison, closure: Closure) -> Closure:
    if not any(isinstance(side, ast.Literal) and side.value is None for side in (node.left, node.right)):
        return _COMPARED(compiler, node, closure)
    return _forgiven(closure)  # whoever asks whether something is null expects that it may be


def _forgiven(closure: Closure) -> Closure:
    def run(scope: Scope) -> object:
        current = current_run()
        mark = len(current.problems)
        value = closure(scope)
        current.forget(mark)
        return value

    return run


def _decided(compiler: Compiler, node: ast.Node, closure: Closure) -> Closure:
    """Three-valued logic: once the others decide, an undecided part does not matter."""

    def run(scope: Scope) -> object:
        current = current_run()
        mark = len(current.problems)
        value = closure(scope)
        if value is not None:
            current.forget(mark)
        elif current.strict and len(current.problems) == mark:
            current.problems.append(
                FeelValueError(
                    "Không kết luận được đúng hay sai vì có giá trị chưa biết.",
                    "Neither true nor false: a value is not known.",
                ),
            )
        return value

    return run


def _if(compiler: Compiler, node: ast.If, closure: Closure) -> Closure:
    condition = compiler.compile(node.condition)
    then, otherwise = compiler.compile(node.then), compiler.compile(node.otherwise)

    def run(scope: Scope) -> object:
        current = current_run()
        if not current.strict:
            return closure(scope)
        mark = len(current.problems)
        verdict = condition(scope)
        if isinstance(verdict, bool):
            return then(scope) if verdict else otherwise(scope)
        if len(current.problems) == mark:
            shown = shown_value(verdict)
            current.problems.append(
                FeelValueError(
                    f"Điều kiện của “if” không phải đúng hay sai ({shown}).",
                    f"The condition of “if” is neither true nor false ({shown}).",
                ),
            )
        return None

    return run


def _path(compiler: Compiler, node: ast.Path, closure: Closure) -> Closure:
    source, name = compiler.compile(node.value), node.name

    def run(scope: Scope) -> object:
        current = current_run()
        mark = len(current.problems)
        value = closure(scope)
        if value is None and current.strict and len(current.problems) == mark:
            _explain_path(current, source(scope), name)
        return value

    return run


def _explain_path(current: Run, owner: object, name: str) -> None:
    if owner is None or has_property(owner, name):
        return
    known = frozenset(map(str, owner)) if isinstance(owner, dict) else frozenset()
    current.problems.append(
        FeelNameError(
            f"“{shown_value(owner)}” không có mục “{name}”.{did_you_mean(name, known, 'vi')}",
            f"“{shown_value(owner)}” has no entry “{name}”.{did_you_mean(name, known, 'en')}",
        ),
    )


def _call(compiler: Compiler, node: ast.Call, closure: Closure) -> Closure:
    function = compiler.compile(node.function)
    arguments = [compiler.compile(each) for each in (*node.positional, *(value for _, value in node.named))]

    def run(scope: Scope) -> object:
        current = current_run()
        mark = len(current.problems)
        value = closure(scope)
        if value is None and current.strict and len(current.problems) == mark:
            _explain_call(current, function(scope), [argument(scope) for argument in arguments])
        return value

    return run


def _explain_call(current: Run, target: object, arguments: list[object]) -> None:
    shown = ", ".join(shown_value(argument) for argument in arguments)
    if not isinstance(target, Function):
        vi, en = f"{shown_value(target)} không phải là hàm.", f"{shown_value(target)} is no function."
    elif target.name in _MAY_BE_NULL and None not in arguments:
        return
    else:
        vi = f"Hàm “{target.name}” không cho kết quả với ({shown})."
        en = f"The function “{target.name}” has no result for ({shown})."
    current.problems.append(FeelValueError(vi, en))


def _terms(node: ast.Node) -> tuple[ast.Node, ...]:
    if isinstance(node, ast.Comparison):
        return (node.left, node.right)
    return (node.first, *(term for _, term in node.rest)) if isinstance(node, ast.Chain) else ()


def _ends(node: ast.Node) -> tuple[ast.Node, ...]:
    if isinstance(node, ast.Between):
        return (node.value, node.low, node.high)
    return (node.low, node.high) if isinstance(node, ast.RangeOf) else ()


def _inner(node: ast.Node) -> tuple[ast.Node, ...]:
    if isinstance(node, ast.Negation):
        return (node.operand,)
    return (node.value,) if isinstance(node, (ast.In, ast.InstanceOf, ast.Filter)) else ()


_COMPARED: Final = _undone("Không so sánh được", "It cannot be compared", _terms)
_WATCHES: Final[Mapping[type[ast.Node], Callable[..., Closure]]] = {
    ast.Name: _name,
    ast.Chain: _undone("Không tính được", "It cannot be computed", _terms),
    ast.Negation: _undone("Không đổi dấu được", "It cannot be negated", _inner),
    ast.Comparison: _comparison,
    ast.Between: _undone("Không so sánh được", "It cannot be compared", _ends),
    ast.In: _undone("Không so sánh được", "It cannot be compared", _inner),
    ast.InstanceOf: _undone("Không biết kiểu này", "This type is not known", _inner),
    ast.RangeOf: _undone("Không lập được khoảng", "There is no such range", _ends),
    ast.Filter: _undone("Không chọn được phần tử", "No element can be taken", _inner),
    ast.Logic: _decided,
    ast.Quantified: _decided,
    ast.If: _if,
    ast.Path: _path,
    ast.Call: _call,
}

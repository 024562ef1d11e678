"""Small wrong changes of a module, made over its syntax tree: what a tired hand or a hasty merge would do.

Words, annotations and decorators are left alone: a sentence put otherwise is no fault that a test should find.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}
UNTOUCHED = frozenset({"annotation", "returns", "decorator_list", "type_params"})


@dataclass(frozen=True)
class Mutant:
    """One change: the bytes from `start` to `end` of the module become `after`."""

    path: str
    line: int
    start: int
    end: int
    before: str
    after: str

    @property
    def key(self) -> str:
        """Names the change for good: the same for the same text at the same place."""
        told = f"{self.path}:{self.start}:{self.before}:{self.after}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def applied(self, source: bytes) -> bytes:
        """The module with the change in it."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {_short(self.before)}  →  {_short(self.after)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:87]}…"


def mutants_of(root: Path, path: str) -> Iterator[Mutant]:
    """Every change of one module, in the order of its text; each of them still compiles."""
    source = (root / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in _walk(ast.parse(source)):
        place = node.test if isinstance(node, ast.If) else node
        for changed in _changes(node):
            start = starts[place.lineno - 1] + place.col_offset
            end = starts[place.end_lineno - 1] + place.end_col_offset
            after = ast.unparse(changed)
            if isinstance(place, ast.expr) and not isinstance(changed, ast.Constant):
                after = f"({after})"
            mutant = Mutant(path, place.lineno, start, end, source[start:end].decode(), after)
            if _compiles(mutant.applied(source)):
                yield mutant


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in UNTOUCHED:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr):
                yield child
                yield from _walk(child)


def _compiles(source: bytes) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    make = _MAKERS.get(type(node))
    if make is not None:
        yield from make(node)


def _with(node: ast.AST, **values: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        ops = [*node.ops[:at], SWAPS[type(op)](), *node.ops[at + 1 :]]
        yield _with(node, ops=ops)


def _connected(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=SWAPS[type(node.op)]())
    for at in range(len(node.values)):
        left = [*node.values[:at], *node.values[at + 1 :]]
        yield left[0] if len(left) == 1 else _with(node, values=left)


def _arithmetic(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in SWAPS:
        yield _with(node, op=SWAPS[type(node.op)]())


def _negation(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _guard(node: ast.If) -> Iterator[ast.AST]:
    """Its condition never holds, or always: the guard is gone, or lets nobody through."""
    yield from (ast.Constant(False), ast.Constant(True))


def _choice(node: ast.IfExp) -> Iterator[ast.AST]:
    yield from (node.body, node.orelse)


def _statement(node: ast.Expr) -> Iterator[ast.AST]:
    if isinstance(node.value, ast.Call):
        yield ast.Pass()


def _raised(node: ast.Raise) -> Iterator[ast.AST]:
    yield ast.Pass()


def _answer(node: ast.Return) -> Iterator[ast.AST]:
    # Nothing instead of False, zero or no words is the same answer to whoever asks whether.
    if node.value is not None and not (isinstance(node.value, ast.Constant) and not node.value.value):
        yield ast.Return(None)


_MAKERS = {
    ast.Compare: _compare,
    ast.BoolOp: _connected,
    ast.BinOp: _arithmetic,
    ast.UnaryOp: _negation,
    ast.Constant: _constant,
    ast.If: _guard,
    ast.IfExp: _choice,
    ast.Expr: _statement,
    ast.Raise: _raised,
    ast.Return: _answer,
}

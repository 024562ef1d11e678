"""The parts of speech of FEEL: what the parser builds and the compiler turns into closures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """Anything that has a value."""


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, text, truth value, date or null as written."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable or function by its name; ``?`` is the tested value."""

    name: str


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Arithmetic of one precedence from left to right: a + b - c."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """Minus one value."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """``and`` / ``or`` over all operands."""

    op: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """= != < <= > >=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``x between low and high``."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class OpTest(Node):
    """``< 5`` alone: a range open on one side."""

    op: str
    endpoint: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """``x in (tests)``."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests of a table cell; ``negated`` for not(...), no tests for the dash."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``x instance of type``."""

    value: Node
    type_name: TypeName


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type as written: a name with its parameters."""

    name: str
    arguments: tuple[TypeName, ...] = ()
    fields: tuple[tuple[str, TypeName], ...] = ()
    result: TypeName | None = None


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``x.name``."""

    value: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``list[condition]`` or ``list[index]``."""

    value: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function with arguments by position or by name."""

    function: Node
    positional: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """``[a, b]``."""

    elements: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """``{a: 1, b: a + 1}``."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """``[a..b]`` with its brackets; without brackets (in ``for``) it counts up or down."""

    low: Node
    high: Node
    low_included: bool = True
    high_included: bool = True


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if c then a else b``."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """``name in source``, or ``name in source..end``."""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for x in a return e``."""

    iterators: tuple[Iterator, ...]
    result: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some`` / ``every`` x in a satisfies e."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Parameter:
    """A formal parameter with its type, when one is written."""

    name: str
    type_name: TypeName | None = None


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """``function(a, b) body``; ``external`` says the body describes a foreign function."""

    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False

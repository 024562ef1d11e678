"""JUEL into FEEL: the same value, or a refusal that names what FEEL has no word for.

JUEL counts lists from 0, FEEL from 1; the remainder of JUEL has the sign of the first number; `empty` is also true of
"", [] and what is missing.
"""

from __future__ import annotations

from typing import Final

from engine.workflow.dialects.juel.methods import FUNCTIONS, METHODS, quoted
from engine.workflow.dialects.juel.tokens import Token, UntranslatableError, parts_of, tokens_of
from engine.workflow.expressions import compiled
from rules.errors import RulesError

# How strongly the outermost sign of a piece of FEEL binds.
TERNARY, OR, AND, COMPARED, SUM, PRODUCT, NEGATIVE, WHOLE = range(8)
_BINARY: Final = {
    "||": ("or", OR),
    "&&": ("and", AND),
    "==": ("=", COMPARED),
    "!=": ("!=", COMPARED),
    "<": ("<", COMPARED),
    ">": (">", COMPARED),
    "<=": ("<=", COMPARED),
    ">=": (">=", COMPARED),
    "+": ("+", SUM),
    "-": ("-", SUM),
    "*": ("*", PRODUCT),
    "/": ("/", PRODUCT),
    "%": ("%", PRODUCT),
}
# JUEL: equality binds weaker than order.
_LEVELS: Final = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_COUNTS: Final = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
}
_ENGINE: Final = frozenset({"execution", "task", "externalTask", "authenticatedUserId", "currentUser", "root"})
MAX_DEPTH: Final = 60


def is_juel(text: str) -> bool:
    """Tell whether a text holds an expression of JUEL."""
    return "${" in text or "#{" in text


def to_feel(text: str) -> str:
    """The FEEL of a text with `${…}` in it; several, or words around them, are joined as text.

    Raises UntranslatableError with what there is no FEEL for.
    """
    parts = parts_of(text.strip())
    if len(parts) == 1 and parts[0][0]:
        return checked(_Reader(tokens_of(parts[0][1])).whole())
    pieces = [f"string({_Reader(tokens_of(part)).whole()})" if code else quoted(part) for code, part in parts]
    return checked(" + ".join(pieces))


def bare_to_feel(source: str) -> str:
    """The FEEL of a bare expression, as scripts of one line have it; raises UntranslatableError."""
    return checked(_Reader(tokens_of(source.strip().rstrip(";"))).whole())


def feel_instead(text: str) -> str:
    """What could stand there instead of JUEL; "" when FEEL has no word for it."""
    try:
        return to_feel(text)
    except UntranslatableError:
        return ""


def checked(source: str) -> str:
    """The same FEEL when it can be read; raises UntranslatableError."""
    try:
        compiled(source, frozenset())
    except RulesError as error:
        raise UntranslatableError(source) from error
    return source


class _Reader:
    """Recursive descent over the words of one expression; each part gives its FEEL and how it binds."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    def whole(self) -> str:
        found, _ = self.ternary()
        if self.next.kind != "end":
            raise UntranslatableError(self.next.text)
        return found

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at += token.kind != "end"
        return token

    def is_next(self, sign: str) -> bool:
        return self.next.kind == "sign" and self.next.text == sign

    def must(self, sign: str) -> None:
        if not self.is_next(sign):
            raise UntranslatableError(self.next.text or sign)
        self.take()

    def ternary(self) -> tuple[str, int]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UntranslatableError("(((")
        found = self.binary(0)
        if self.is_next("?"):
            self.take()
            yes, _ = self.ternary()
            self.must(":")
            no, _ = self.ternary()
            found = f"if {found[0]} then {yes} else {no}", TERNARY
        self.depth -= 1
        return found

    def binary(self, level: int) -> tuple[str, int]:
        if level == len(_LEVELS):
            return self.unary()
        found = self.binary(level + 1)
        while self.next.kind == "sign" and self.next.text in _LEVELS[level]:
            sign = self.take().text
            found = _joined(sign, found, self.binary(level + 1))
        return found

    def unary(self) -> tuple[str, int]:
        if self.is_next("!"):
            self.take()
            return f"not({self.unary()[0]})", WHOLE
        if self.is_next("-"):
            self.take()
            return f"-{_at_least(self.unary(), WHOLE)}", NEGATIVE
        if self.next == Token("name", "empty"):
            self.take()
            return f'list contains([null, "", []], {self.unary()[0]})', WHOLE
        return self.postfix()

    def postfix(self) -> tuple[str, int]:
        found = self.primary()
        while self.is_next(".") or self.is_next("["):
            found = self.member(found) if self.take().text == "." else self.indexed(found)
        return found

    def member(self, owner: tuple[str, int]) -> tuple[str, int]:
        name = self.take()
        if name.kind != "name":
            raise UntranslatableError(name.text)
        if not self.is_next("("):
            return f"{_at_least(owner, WHOLE)}.{name.text}", WHOLE
        given = self.arguments()
        method = METHODS.get((name.text, len(given)))
        if method is None:
            raise UntranslatableError(f"{name.text}(…)")
        return method(owner[0], given), TERNARY

    def indexed(self, owner: tuple[str, int]) -> tuple[str, int]:
        inside = self.next
        found, _ = self.ternary()
        self.must("]")
        if inside.kind == "text":
            return f"get value({owner[0]}, {found})", WHOLE
        if inside.kind == "number" and found.isdigit():
            return f"{_at_least(owner, WHOLE)}[{int(found) + 1}]", WHOLE
        raise UntranslatableError(f"[{found}]")  # a place in a list or a key: nobody can tell

    def arguments(self) -> list[str]:
        self.must("(")
        given: list[str] = []
        while not self.is_next(")"):
            given.append(self.ternary()[0])
            if not self.is_next(")"):
                self.must(",")
        self.take()
        return given

    def primary(self) -> tuple[str, int]:
        token = self.take()
        if token.kind == "number":
            return token.text.rstrip("."), WHOLE
        if token.kind == "text":
            return quoted(token.text), WHOLE
        if token == Token("sign", "("):
            found = self.ternary()
            self.must(")")
            return found
        if token.kind != "name":
            raise UntranslatableError(token.text or "…")
        if self.is_next("("):
            return self.called(token.text)
        return self.named(token.text)

    def called(self, name: str) -> tuple[str, int]:
        given = self.arguments()
        function = FUNCTIONS.get((name, len(given)))
        if function is None:
            raise UntranslatableError(f"{name}(…)")
        return function(given), TERNARY

    def named(self, name: str) -> tuple[str, int]:
        if name == "loopCounter":
            return "loopCounter - 1", SUM  # theirs counts from 0
        if name == "execution" and self.is_next("."):
            self.take()
            return self.of_execution()
        if name in _ENGINE:
            raise UntranslatableError(name)
        return _COUNTS.get(name, name), WHOLE

    def of_execution(self) -> tuple[str, int]:
        """`execution.getVariable("x")` is the variable; nothing else of the engine is in a dossier."""
        what = self.take().text
        if what in ("getVariable", "hasVariable") and self.is_next("("):
            self.must("(")
            name = self.take()
            self.must(")")
            if name.kind == "text" and name.text.isidentifier():
                return (name.text, WHOLE) if what == "getVariable" else (f"{name.text} != null", COMPARED)
        raise UntranslatableError(f"execution.{what}")


def _joined(sign: str, left: tuple[str, int], right: tuple[str, int]) -> tuple[str, int]:
    word, binds = _BINARY[sign]
    if sign == "%":
        a, b = _at_least(left, WHOLE), _at_least(right, WHOLE)
        return f"{a} - {b} * round down({a} / {b}, 0)", SUM
    closer = binds + 1
    before = _at_least(left, closer if binds == COMPARED else binds)
    return f"{before} {word} {_at_least(right, closer)}", binds


def _at_least(piece: tuple[str, int], binds: int) -> str:
    text, bound = piece
    return text if bound >= binds else f"({text})"

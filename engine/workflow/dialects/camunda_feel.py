"""FEEL as Camunda 8 has it: its own functions in the words of the standard, or refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from engine.workflow.dialects.juel import UntranslatableError, checked
from engine.workflow.expressions import compiled, unknown_functions

_OWN: Final[dict[tuple[str, int], Callable[..., str]]] = {
    ("is defined", 1): lambda value: f"(({value}) != null)",
    ("get or else", 2): lambda value, other: f"(if ({value}) != null then ({value}) else ({other}))",
    ("is empty", 1): lambda value: f"(count({value}) = 0)",
    ("is blank", 1): lambda value: f'matches({value}, "^\\s*$")',
    ("trim", 1): lambda value: f'replace({value}, "^\\s+|\\s+$", "")',
}
_CALL: Final = re.compile(r"(?<![\w.])(" + "|".join(name.replace(" ", r"\s+") for name, _ in _OWN) + r")\s*\(")
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
MAX_CALLS: Final = 50


def camunda_feel(source: str) -> str:
    """The same value in our FEEL. Raises UntranslatableError with the function that the standard does not have."""
    for _ in range(MAX_CALLS):
        found = _first_call(source)
        if found is None:
            break
        begin, name, end = found
        arguments, after = _arguments(source, end)
        rewrite = _OWN.get((name, len(arguments)))
        if rewrite is None:
            raise UntranslatableError(name)
        source = source[:begin] + rewrite(*arguments) + source[after:]
    expression = compiled(checked(source), frozenset())
    for function in unknown_functions(source, expression.names):
        raise UntranslatableError(function)
    return source


def _first_call(source: str) -> tuple[int, str, int] | None:
    """Where the innermost, last call of one of those functions begins, its name, and where its arguments begin."""
    plain = _QUOTED.sub(lambda text: "_" * len(text[0]), source)
    calls = list(_CALL.finditer(plain))
    if not calls:
        return None
    last = calls[-1]
    return last.start(1), " ".join(last[1].split()), last.end()


def _arguments(source: str, at: int) -> tuple[list[str], int]:
    """The arguments from there on, and the place behind the bracket that closes them."""
    plain = _QUOTED.sub(lambda text: "_" * len(text[0]), source)
    depth, begin, found = 0, at, []
    for place in range(at, len(plain)):
        sign = plain[place]
        if sign in "([{":
            depth += 1
        elif sign == "," and not depth:
            found.append(source[begin:place].strip())
            begin = place + 1
        elif sign in ")]}":
            if not depth:
                return [*found, source[begin:place].strip()], place + 1
            depth -= 1
    raise UntranslatableError(source)

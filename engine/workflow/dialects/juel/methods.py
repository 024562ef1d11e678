"""What Java methods and functions of expressions say in FEEL, by name and number of arguments."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from engine.workflow.dialects.juel.tokens import UntranslatableError


def quoted(text: str) -> str:
    """A FEEL text."""
    return json.dumps(text, ensure_ascii=False)


def _entry(owner: str, given: list[str]) -> str:
    key = given[0]
    if key.isdigit():
        return f"({owner})[{int(key) + 1}]"
    if key.startswith('"'):
        return f"get value({owner}, {key})"
    raise UntranslatableError(f"get({key})")


def _property(owner: str, given: list[str]) -> str:
    return f"get value({owner}, {given[0]})"


def _itself(owner: str, given: list[str]) -> str:
    return owner


METHODS: Final[dict[tuple[str, int], Callable[[str, list[str]], str]]] = {
    ("equals", 1): lambda owner, given: f"({owner}) = ({given[0]})",
    ("equalsIgnoreCase", 1): lambda owner, given: f"lower case({owner}) = lower case({given[0]})",
    ("contains", 1): lambda owner, given: (
        f"if ({owner}) instance of string then contains({owner}, {given[0]}) else list contains({owner}, {given[0]})"
    ),
    ("size", 0): lambda owner, given: f"count({owner})",
    ("length", 0): lambda owner, given: f"string length({owner})",
    ("isEmpty", 0): lambda owner, given: f'list contains(["", []], {owner})',
    ("startsWith", 1): lambda owner, given: f"starts with({owner}, {given[0]})",
    ("endsWith", 1): lambda owner, given: f"ends with({owner}, {given[0]})",
    ("toLowerCase", 0): lambda owner, given: f"lower case({owner})",
    ("toUpperCase", 0): lambda owner, given: f"upper case({owner})",
    ("toString", 0): lambda owner, given: f"string({owner})",
    ("get", 1): _entry,
    ("prop", 1): _property,  # Camunda's Spin: a value of JSON
    ("hasProp", 1): lambda owner, given: f"get value({owner}, {given[0]}) != null",
    ("value", 0): _itself,
    ("stringValue", 0): _itself,
    ("numberValue", 0): _itself,
    ("boolValue", 0): _itself,
    ("elements", 0): _itself,
}


def _variable(given: list[str]) -> str:
    """The variable whose name is given as a text, or as a bare word."""
    name = json.loads(given[0]) if given[0].startswith('"') else given[0]
    if not name.isidentifier():
        raise UntranslatableError(name)
    return str(name)


def _compared(sign: str) -> Callable[[list[str]], str]:
    return lambda given: f"{_variable(given)} {sign} ({given[1]})"


FUNCTIONS: Final[dict[tuple[str, int], Callable[[list[str]], str]]] = {
    ("S", 1): lambda given: given[0],
    ("JSON", 1): lambda given: given[0],
    ("now", 0): lambda given: "now()",
}
_OF_VARIABLES: Final = {
    ("get", 1): _variable,
    ("exists", 1): lambda given: f"{_variable(given)} != null",
    ("isEmpty", 1): lambda given: f'list contains([null, "", []], {_variable(given)})',
    ("empty", 1): lambda given: f'list contains([null, "", []], {_variable(given)})',
    ("isNotEmpty", 1): lambda given: f'not(list contains([null, "", []], {_variable(given)}))',
    ("notEmpty", 1): lambda given: f'not(list contains([null, "", []], {_variable(given)}))',
    **{(word, 2): _compared("=") for word in ("eq", "equals")},
    **{(word, 2): _compared("!=") for word in ("ne", "notEquals")},
    **{(word, 2): _compared("<") for word in ("lt", "lowerThan", "lessThan")},
    **{(word, 2): _compared("<=") for word in ("lte", "lowerThanOrEquals", "lessThanOrEquals")},
    **{(word, 2): _compared(">") for word in ("gt", "greaterThan")},
    **{(word, 2): _compared(">=") for word in ("gte", "greaterThanOrEquals")},
}
# Flowable writes variables:get(x), vars:get(x) and var:get(x).
FUNCTIONS.update(
    {
        (f"{prefix}:{name}", count): function
        for prefix in ("variables", "vars", "var")
        for (name, count), function in _OF_VARIABLES.items()
    }
)

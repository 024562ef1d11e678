"""Expressions of other engines have the same value in FEEL, or are refused by name."""

from __future__ import annotations

import pytest

from engine.workflow.dialects.juel import UntranslatableError, bare_to_feel, is_juel, to_feel
from engine.workflow.expressions import Context, evaluate, to_json

FACTS = {
    "a": 1,
    "b": False,
    "n": -7,
    "t": "abc",
    "nothing": None,
    "blank": "",
    "none": [],
    "items": [5, 6, 7],
    "order": {"customer": {"name": "Hoa"}, "key one": 3},
    "numberOfInstances": 4,
    "numberOfCompletedInstances": 3,
    "loopCounter": 1,
}


def value(source: str) -> object:
    return to_json(evaluate(source, frozenset(), Context(FACTS)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("${a == 1 && !b}", True),
        ("#{a eq 1 and not b}", True),
        ("${a != 1 || b}", False),
        ("${b || a == 1 && t == 'abc'}", True),
        ("${(b || a == 1) && t == 'x'}", False),
        ("${!(a == 1)}", False),
        ("${a < 2 == !b}", True),
        ("${10 - 3 - 2}", 5),
        ("${10 - (3 - 2)}", 9),
        ("${2 * (3 + 4)}", 14),
        ("${- (a + 1)}", -2),
        ("${n % 3}", -1),  # the sign of the first number, unlike FEEL's modulo
        ("${7 mod 3}", 1),
        ("${7 div 2}", 3.5),
        ("${5L > 2.5d}", True),
        ("${b ? 1 : a == 1 ? 2 : 3}", 2),
        ("${(b ? 1 : 2) + 1}", 3),
        ("${empty nothing}", True),
        ("${empty blank}", True),
        ("${empty none}", True),
        ("${empty t || empty items}", False),
        ("${not empty t}", True),
        ("${order.customer.name == 'Hoa'}", True),
        ("${order['key one'] + 1}", 4),
        ("${items[0]}", 5),  # lists are counted from 0 there
        ("${items.get(2)}", 7),
        ("${items.size() == 3}", True),
        ("${items.contains(6) && t.contains('b')}", True),
        ("${t.startsWith('a') and t.endsWith('c')}", True),
        ("${!t.equals('x')}", True),
        ("${t.toUpperCase()}", "ABC"),
        ("${none.isEmpty()}", True),
        ("${nrOfCompletedInstances/nrOfInstances >= 0.5}", True),
        ("${loopCounter}", 0),  # repetitions too
        ("${loopCounter * 2}", 0),
        ("${execution.getVariable('a') == 1}", True),
        ("${execution.hasVariable('nothing')}", False),
        ("${vars:eq(a, 1) && variables:isNotEmpty(t)}", True),
        ("${var:lt(a, 0)}", False),
        ("${S(order).prop('customer').prop('name').stringValue() == \"Hoa\"}", True),
        ("PT${a}S", "PT1S"),
        ("${t}-${a}", "abc-1"),
        ("${'it\\'s } {'}", "it's } {"),
        ("${true}", True),
        ("${null == nothing}", True),
    ],
)
def test_the_value_is_the_same(text, wanted):
    assert is_juel(text)
    assert value(to_feel(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "${bean.decide(execution)}",
        "${execution}",
        "${execution.processInstanceId}",
        "${task.assignee}",
        "${task:get(taskId).assignee}",
        "${list[i]}",  # a place or a key: nobody can tell
        "${dateTime().plusDays(3).toDate()}",
        "${a = 1}",
        "${a -> 1}",
        "${a",
        "${}",
        "${a ? 1}",
        "${if == 1}",
        "${" + "(" * 200 + "a" + ")" * 200 + "}",
    ],
)
def test_what_feel_has_no_word_for_is_refused(text):
    with pytest.raises(UntranslatableError):
        to_feel(text)


def test_a_script_of_one_expression_reads_the_same():
    assert value(bare_to_feel("a === 1 && t != 'x';")) is True
    with pytest.raises(UntranslatableError):
        bare_to_feel("var x = 1; x + 1")

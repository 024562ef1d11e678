from __future__ import annotations

import pytest

from engine.domain.errors import WrongState
from engine.domain.vocabulary import (
    FIRST_STATES,
    RECEIPTED,
    SETTLED_PAYMENTS,
    ImpossiblePayment,
    PaymentState,
    next_state,
    state_words,
)

P = PaymentState
WAYS = {
    None: {P.PENDING, P.PAID, P.WAIVED},
    P.PENDING: {P.PAID, P.FAILED, P.VOIDED},
    P.FAILED: {P.PENDING, P.VOIDED},
    P.PAID: {P.REFUNDED, P.VOIDED},
    P.VOIDED: set(),
    P.REFUNDED: set(),
    P.WAIVED: set(),
}


@pytest.mark.parametrize("before", WAYS)
def test_only_these_ways_are_open(before: PaymentState | None):
    for wanted in PaymentState:
        if wanted in WAYS[before]:
            assert next_state(before, wanted) is wanted
        else:
            with pytest.raises(ImpossiblePayment):
                next_state(before, wanted)


def test_an_impossible_way_is_told_in_both_languages():
    with pytest.raises(WrongState) as refused:
        next_state(P.REFUNDED, P.PAID)
    assert "đã hoàn trả" in refused.value.message.vi
    assert '"refunded"' in refused.value.message.en
    with pytest.raises(WrongState) as refused:
        next_state(None, P.REFUNDED)
    assert refused.value.message.en == 'A payment cannot begin as "refunded".'


def test_every_state_has_words_and_every_group_its_place():
    assert len({state_words(state) for state in PaymentState}) == len(PaymentState)
    assert {P.PAID, P.WAIVED} == SETTLED_PAYMENTS
    assert {P.PAID, P.REFUNDED} == RECEIPTED
    assert WAYS[None] == FIRST_STATES

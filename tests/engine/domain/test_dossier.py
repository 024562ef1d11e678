import json
from pathlib import Path

import pytest

from engine.domain.dossier import (
    FINAL_STATES,
    FINAL_STATUSES,
    NATIONAL_STATUS,
    STATE_OF_STATUS,
    DossierState,
    can_move,
    plain_words,
    refusal_state,
    status_label,
)


def test_every_state_reports_a_status_and_speaks():
    for state in DossierState:
        assert 0 <= NATIONAL_STATUS[state] <= 10
        assert plain_words(state).vi.endswith((".", "?"))
        assert plain_words(state).en


def test_every_status_has_a_state_that_reports_it():
    assert {code: NATIONAL_STATUS[state] for code, state in STATE_OF_STATUS.items()} == {n: n for n in range(11)}


def test_final_states_have_final_statuses():
    assert {NATIONAL_STATUS[state] for state in FINAL_STATES} == FINAL_STATUSES


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (1, {2, 3, 5, 7}),
        (5, {1, 2, 4, 7, 8}),
        (2, {4, 7}),
        (4, {5, 6, 7, 8, 9}),
        (6, {4, 8}),
        (7, {8, 4}),
        (9, {10}),
        (3, set()),
        (8, set()),
        (10, set()),
    ],
)
def test_moves_are_those_of_the_national_table(start, ends):
    assert {end for end in range(11) if end != start and can_move(start, end)} == ends


def test_refusal_after_acceptance_is_a_stop():
    assert refusal_state(1) is DossierState.REFUSED
    assert refusal_state(4) is DossierState.STOPPED


@pytest.mark.shared
def test_labels_are_the_official_ones():
    shared = Path(__file__).parents[4] / "shared" / "domain" / "national_status_codes.json"
    for row in json.loads(shared.read_text(encoding="utf-8")):
        assert status_label(row["code"]).vi == row["vi"]

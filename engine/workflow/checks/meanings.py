"""Judges declared meanings: each must be known, stand in its place, and be clear about what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from engine.domain.forms import Form, FormField
from engine.domain.meanings import FIELD_PLACES, MEANINGS, PLACES, Meaning, Outcome, Place, formerly, meaning_of
from engine.workflow.bpmn import Node
from engine.workflow.findings import Finding, finding_of

_NEED_A_REASON: Final = (Outcome.SUPPLEMENT, Outcome.REFUSE)


def judge_form(form: Form, place: Place | None = None, *, by_name: str = "warning") -> Iterator[Finding]:
    """What is wrong with the meanings of a form; `place` None: it is not known where the form will be used.

    `by_name`: how severe it is that a field only has a name that used to do something.
    """
    places = (place,) if place else FIELD_PLACES
    for entry in form.fields:
        meaning = meaning_of(entry.meaning)
        if entry.meaning and meaning is None:
            yield finding_of("meaning_unknown", entry.key, entry.label.vi, ref=entry.meaning)
        elif meaning is not None and MEANINGS[meaning].place not in places:
            yield _elsewhere(entry.key, entry.label.vi, meaning)
        elif meaning is not None:
            yield from _carried(entry, meaning)
        elif old := formerly(entry.key, places):
            words = {"what": entry.key, "ref": old}
            yield finding_of("meaning_by_name", entry.key, entry.label.vi, severity=by_name, **words)
        yield from _outcomes(entry, meaning)
    yield from _twice(form)
    yield from _unreasoned(form)


def node_findings(node: Node) -> Iterator[Finding]:
    """What is wrong with the meanings of a message or of the outputs of a step."""
    declared: list[tuple[str, Place | None]] = [(node.event.meaning if node.event else "", Place.MESSAGE)]
    declared += [(word, Place.VARIABLE) for _, word in node.meanings]
    declared += [(node.extension.get("meaning", ""), None)]  # on the element itself nothing has a meaning
    for word, place in declared:
        meaning = meaning_of(word)
        if word and meaning is None:
            yield finding_of("meaning_unknown", node.id, node.name, ref=word)
        elif meaning is not None and MEANINGS[meaning].place != place:
            yield _elsewhere(node.id, node.name, meaning)


def _elsewhere(element: str, name: str, meaning: Meaning) -> Finding:
    place = PLACES[MEANINGS[meaning].place]
    return finding_of("meaning_elsewhere", element, name, ref=meaning, place_vi=place.vi, place_en=place.en)


def _carried(entry: FormField, meaning: Meaning) -> Iterator[Finding]:
    info = MEANINGS[meaning]
    if entry.type not in info.types:
        words = {"ref": meaning, "kind": entry.type, "known": ", ".join(info.types)}
        yield finding_of("meaning_type", entry.key, entry.label.vi, **words)


def _outcomes(entry: FormField, meaning: Meaning | None) -> Iterator[Finding]:
    info = MEANINGS[meaning] if meaning else None
    allowed = info.outcomes if info else ()
    words = {"ref": meaning or "", "known": ", ".join(allowed) or "–"}
    for option in entry.options:
        if option.outcome and option.outcome not in allowed:
            told = {**words, "ref": option.outcome, "what": option.value}
            yield finding_of("outcome_unknown", entry.key, entry.label.vi, **told)
        elif info and info.complete and not option.outcome:
            yield finding_of("outcome_missing", entry.key, entry.label.vi, **words, what=option.value)
    if info and info.complete:
        counts = Counter(option.outcome for option in entry.options if option.outcome)
        for outcome in (outcome for outcome, count in counts.items() if count > 1):
            yield finding_of("outcome_twice", entry.key, entry.label.vi, ref=outcome)


def _twice(form: Form) -> Iterator[Finding]:
    for meaning in Meaning:
        fields = form.fields_with(meaning)
        if len(fields) > 1 and not MEANINGS[meaning].many:
            what = ", ".join(entry.key for entry in fields)
            yield finding_of("meaning_twice", fields[1].key, fields[1].label.vi, ref=meaning, what=what)


def _unreasoned(form: Form) -> Iterator[Finding]:
    """An option that asks something of the applicant, or refuses, in a form that cannot say why."""
    if form.fields_with(Meaning.REASON):
        return
    for entry in form.fields_with(Meaning.DECISION):
        for outcome in _NEED_A_REASON:
            alone = outcome == Outcome.REFUSE and form.fields_with(Meaning.REFUSAL_REASON)
            if entry.value_for(outcome) and not alone:
                yield finding_of("reason_missing", entry.key, entry.label.vi, ref=outcome)

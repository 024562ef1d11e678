"""All names of a model, so that FEEL text with spaces and signs in names can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from rules.dmn.model import (
    BoxedIterator,
    Decision,
    DecisionService,
    Definitions,
    Element,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    OutputClause,
    Variable,
)
from rules.feel import BUILTIN_LEXICON, Lexicon

_NAMED = (Variable, InputData, Decision, KnowledgeModel, DecisionService, ItemDefinition, Import, OutputClause)


def _names(part: object) -> Iterator[str]:
    if isinstance(part, _NAMED):
        yield part.name
    elif isinstance(part, BoxedIterator):
        yield part.variable
    if isinstance(part, tuple):
        for each in part:
            yield from _names(each)
    elif is_dataclass(part) and not isinstance(part, (Element, type)):
        for each in fields(part):
            yield from _names(getattr(part, each.name))


def names_of(definitions: Definitions) -> frozenset[str]:
    """Every name the model declares anywhere."""
    return frozenset(name for name in _names(definitions) if name)


def lexicon_of(names: frozenset[str]) -> Lexicon:
    """The names as a lexicon on top of the built-in one."""
    return Lexicon(sorted(names), BUILTIN_LEXICON)

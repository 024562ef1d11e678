"""Compiles the texts of a model: expressions and cells, each with the place it stands at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rules.dmn.door import entered
from rules.dmn.item_types import TypeTable
from rules.errors import DmnEvaluationError, DmnLookupError, RulesError
from rules.feel import (
    ANY,
    UNKNOWN,
    FeelType,
    Lexicon,
    Scope,
    UnaryTests,
    coerce,
    compile_expression,
    compile_unary_tests,
    current_run,
    mentions_null,
    shown_value,
    uses_question,
)
from rules.text import Text

Closure = Callable[[Scope], object]


def problem(message_vi: str, message_en: str) -> None:
    """Note what went wrong in this evaluation; the value is null, the reason is kept."""
    current_run().problems.append(DmnEvaluationError(message_vi, message_en))


def converted(value: object, wanted: FeelType, type_ref: str) -> object:
    """The value as the type; null with a reason when it is not of that type."""
    found = coerce(value, wanted)
    if found is None and value is not None:
        met = shown_value(value)
        problem(f"Giá trị {met} không thuộc kiểu “{type_ref}”.", f"The value {met} is not of type “{type_ref}”.")
    return found


@dataclass(frozen=True)
class TextCompiler:
    """Compiles texts; one that cannot be read gives null and the reason at run time."""

    lexicon: Lexicon
    types: TypeTable
    unreadable: list[RulesError] = field(default_factory=list)
    cells: dict[str, UnaryTests | RulesError] = field(default_factory=dict)
    places: list[Text] = field(default_factory=list)

    def typed(self, closure: Closure, type_ref: str) -> Closure:
        """The closure with its value converted to a type; a value that cannot be is null, with a reason."""
        wanted = self.declared(type_ref)
        return closure if wanted is ANY else lambda scope: converted(closure(scope), wanted, type_ref)

    def declared(self, type_ref: str) -> FeelType:
        """The type of that name; one that nobody declared is told."""
        wanted = self.types.named(type_ref)
        if wanted is UNKNOWN:
            self.note(
                DmnLookupError(f"Kiểu “{type_ref}” chưa được khai báo.", f"The type “{type_ref}” is not declared.")
            )
        return wanted

    def feel(self, source: str) -> Closure:
        """FEEL text."""
        try:
            return compile_expression(source, names=self.lexicon, types=self.types.types, strict=True).run
        except RulesError as error:
            return self._broken(error)

    def column(self, source: str, type_ref: str) -> Closure:
        """What a column tests, of its declared type; text from outside is read as that type."""
        plain, name = self.feel(source), " ".join(source.split())
        if self.declared(type_ref) is ANY:
            return plain
        return lambda scope: entered(plain(scope), self.types, type_ref, name)

    def cell(self, source: str) -> Closure:
        """Unary tests; the same text in another cell is compiled once."""
        tests = self._tests(source)
        return self._broken(tests) if isinstance(tests, RulesError) else tests.run

    def knows_null(self, source: str) -> bool:
        """Does the cell itself say what holds for a value that is not known?"""
        tests = self._tests(source)
        return isinstance(tests, UnaryTests) and (mentions_null(tests.tree) or uses_question(tests.tree))

    def _tests(self, source: str) -> UnaryTests | RulesError:
        if source not in self.cells:
            try:
                self.cells[source] = compile_unary_tests(
                    source, names=self.lexicon, types=self.types.types, strict=True
                )
            except RulesError as error:
                self.cells[source] = error
        return self.cells[source]

    def _broken(self, error: RulesError) -> Closure:
        self.note(error)

        def run(scope: Scope) -> object:
            current_run().problems.append(error)
            return None

        return run

    def note(self, error: RulesError) -> None:
        """Keep what is wrong with the text at the place that is being compiled."""
        for place in reversed(self.places):
            error = error.at(place.vi, place.en)
        self.unreadable.append(error)

    @contextmanager
    def at(self, place: Text) -> Iterator[None]:
        """What is unreadable within is told with this place."""
        self.places.append(place)
        yield
        self.places.pop()

"""What can go wrong in the rules, each with a sentence for the person who reads it (Vietnamese first)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_LONGEST_TOLD: Final = 60
_MOST_TOLD: Final = 10


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a rule asks for: its documented name, its type and the question put to a person."""

    name: str
    kind: str
    question_vi: str
    question_en: str
    values: tuple[str, ...] = ()


class RulesError(Exception):
    """Base of every error of the rules floor; ``str(error)`` is the Vietnamese sentence."""

    code = "rules_error"

    def __init__(self, message_vi: str, message_en: str, *, code: str | None = None) -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.message_en = message_en
        if code is not None:
            self.code = code

    def at(self, vi: str, en: str) -> RulesError:
        """The same error with the place it happened at put before its sentences."""
        placed = type(self).__new__(type(self))
        placed.__dict__.update(self.__dict__)
        placed.message_vi, placed.message_en = f"{vi}: {self.message_vi}", f"{en}: {self.message_en}"
        placed.args = (placed.message_vi,)
        return placed


class FeelError(RulesError):
    """Base of the errors of a FEEL expression."""

    code = "feel_error"


class FeelSyntaxError(FeelError):
    """The expression cannot be read; ``line`` and ``column`` count from 1."""

    code = "feel_syntax"

    def __init__(self, message_vi: str, message_en: str, *, line: int = 1, column: int = 1) -> None:
        super().__init__(f"Dòng {line}, cột {column}: {message_vi}", f"Line {line}, column {column}: {message_en}")
        self.line = line
        self.column = column


class FeelNameError(FeelError):
    """The expression uses a name that nobody declared."""

    code = "feel_name"


class FeelValueError(FeelError):
    """A value of the wrong kind or no value at all stands where the expression needs one."""

    code = "feel_value"


class FeelLimitError(FeelError):
    """The expression is too long, too deep, or took more steps or time than allowed."""

    code = "feel_limit"


class DmnError(RulesError):
    """Base of the errors of a DMN model."""

    code = "dmn_error"


class DmnReadError(DmnError):
    """The file is not a DMN model that can be read safely."""

    code = "dmn_read"


class DmnLookupError(DmnError):
    """The model has no decision, service or import of that name."""

    code = "dmn_lookup"


class DmnAmbiguousError(DmnLookupError):
    """Several decisions bear the name, and it is not clear which one is asked."""

    code = "dmn_ambiguous"


class DmnEvaluationError(DmnError):
    """The decision has no lawful result for these inputs (for example two rows of a UNIQUE table hit)."""

    code = "dmn_evaluation"


def shown(found: object) -> str:
    """What was given, short enough to be repeated in a sentence."""
    text = str(found)
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"


def shown_names(names: tuple[str, ...]) -> str:
    """The first of these names, each cut where it is longer than anybody's fact."""
    return ", ".join(map(shown, names[:_MOST_TOLD])) + (", …" if len(names) > _MOST_TOLD else "")


class FactsError(RulesError):
    """Facts are unknown or missing; ``needed`` lists what the rules ask for."""

    code = "facts"

    def __init__(
        self, message_vi: str, message_en: str, *, needed: tuple[Fact, ...] = (), unknown: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message_vi, message_en)
        self.needed = needed
        self.unknown = unknown

    def to_dict(self) -> dict[str, object]:
        """JSON form: the sentence, the facts to give and the names nobody documented."""
        needed = [
            {"name": one.name, "kind": one.kind, "vi": one.question_vi, "en": one.question_en, "values": one.values}
            for one in self.needed
        ]
        return {
            "code": self.code,
            "vi": self.message_vi,
            "en": self.message_en,
            "needed": needed,
            "unknown": self.unknown,
        }


class NoTariffError(RulesError):
    """No tariff in force covers this situation on the legally relevant date."""

    code = "no_tariff"


class RulesDisagree(RulesError):  # noqa: N818 - the contract between the floors fixes this name
    """The two engines gave different rows: no amount may be asked of a citizen."""

    code = "rules_disagree"


class AuthorityError(RulesError):
    """A discount was decided by an authority that may not decide on this fee."""

    code = "authority"


class FeeFileError(RulesError):
    """A fee file cannot be used; `place` is the file and the place in it."""

    code = "fee_file"

    def __init__(self, place: str, message_vi: str, message_en: str) -> None:
        super().__init__(f"{place}: {message_vi}", f"{place}: {message_en}")
        self.place = place

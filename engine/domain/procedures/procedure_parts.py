"""The parts of a published procedure: papers, law, results, tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.domain.text import Text
from rules.feel import Expression, to_feel
from rules.legal import LegalBasis

# What the conditions of papers and checks may ask about the dossier, besides the answers of the declaration form.
DOSSIER_FACTS = frozenset(
    {
        "owner_is_applicant",
        "owner_known",
        "owner_is_minor",
        "identity_verified",
        "channel",
        "delivery_method",
        "applicant_kind",
        "applicant_name",
        "applicant_national_id",
        "applicant_birth_on",
    }
)


@dataclass(frozen=True)
class Component:
    """Thành phần hồ sơ (DossierItem): one paper, with its own upload slot.

    `required_when` and `shown_when` are FEEL over `DOSSIER_FACTS` and the declaration's answers. A condition
    whose answer is not known yet (null) does not ask for the paper.
    """

    code: str
    name: Text
    note: Text
    required_when: Expression
    shown_when: Expression
    accept: tuple[str, ...]
    max_mb: int
    template: str | None = None
    originals: int = 0
    copies: int = 0
    source_code: str | None = None

    def is_required(self, facts: Mapping[str, object]) -> bool:
        """True when this dossier cannot be sent without the paper."""
        return self.is_shown(facts) and self.required_when.evaluate(_context(facts)) is True

    def is_shown(self, facts: Mapping[str, object]) -> bool:
        """True when the paper can matter for this dossier at all."""
        return self.shown_when.evaluate(_context(facts)) is not False


@dataclass(frozen=True)
class DeclarationCheck:
    """What several answers have to be together; `valid_when` is FEEL over the same names as a component's conditions.

    Only a plain "no" is a fault, told at `field`: what is not known yet contradicts nothing.
    """

    field: str
    valid_when: Expression
    message: Text

    def broken_by(self, facts: Mapping[str, object]) -> bool:
        """Whether these answers contradict one another."""
        return self.valid_when.evaluate(_context(facts)) is False


@dataclass(frozen=True, slots=True)
class LegalReference(LegalBasis):
    """Căn cứ pháp lý with its title; `checked` False: the days of validity were not compared with the text."""

    title: Text = field(default=Text("", ""))
    checked: bool = True


@dataclass(frozen=True)
class Result:
    """What the citizen gets; `code` is the national result code."""

    code: str
    name: Text


@dataclass(frozen=True)
class TaskGuide:
    """What the pack adds to a user task of the diagram: words in both languages, its form and its hours.

    `hours`: step limit in working hours; None: no own limit. `hint` is read by whoever does the task.
    `ways`: at a gateway where an official picks the way on, what each outgoing flow is called.
    """

    element_id: str
    name: Text
    hint: Text
    form: str | None = None
    hours: int | None = None
    ways: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class GuideStep:
    """One step a citizen takes, for the procedure page and the guide article."""

    title: Text
    body: Text


def _context(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: to_feel(value) for name, value in facts.items()}

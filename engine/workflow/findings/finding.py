"""A finding: one thing wrong (or doubtful) in a diagram, said to the person who drew it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from engine.workflow.errors import WorkflowError


@dataclass(frozen=True)
class Finding:
    """One remark on a diagram: which element, what is wrong, and what to draw instead."""

    code: str
    severity: str  # error | warning
    element: str
    name: str
    message_vi: str
    message_en: str
    hint_vi: str = ""
    hint_en: str = ""

    def to_dict(self) -> dict[str, str]:
        """Give the JSON form that `motcua check --json` prints; `hint` is the way out in both languages."""
        return {**asdict(self), "hint": " / ".join(hint for hint in (self.hint_vi, self.hint_en) if hint)}


class ModelRefused(WorkflowError):  # noqa: N818 - the contract between the floors names it so
    """The diagram is not accepted for publication; `findings` say why, element by element."""

    code = "model_refused"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [finding for finding in self.findings if finding.severity == "error"]
        super().__init__(
            "Sơ đồ chưa dùng được: " + " ".join(finding.message_vi for finding in errors[:5]),
            "The diagram cannot be used: " + " ".join(finding.message_en for finding in errors[:5]),
        )


@dataclass(frozen=True)
class Sentence:
    """The words of one kind of finding; `{name}` and further fields are filled in at the place."""

    vi: str
    en: str
    hint_vi: str = ""
    hint_en: str = ""


def label(name: str, element: str) -> str:
    """Name an element the way its author sees it: its text, else its id."""
    text = " ".join(name.split()) or element
    return f"«{text[:80]}»"

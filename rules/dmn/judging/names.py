"""Names in a model: does something give each name that its expressions use?

By the standard a decision sees what its arrows bring. Camunda's Modeler draws no arrows: there a column simply names
a variable of the process. Such a plain column is followed, with a warning that says which arrow is missing; any other
name that nothing gives is an error, for by the letter of the standard it would be null without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rules.dmn.checks.problems import ModelProblem, defect
from rules.dmn.graph import GraphElement, Model
from rules.dmn.judging.used import Used, plain_name, used_names
from rules.dmn.model import Decision, DecisionTable, InputData, KnowledgeModel
from rules.feel import BUILTINS, did_you_mean, normal_name
from rules.text import Text

_DRAW: Final = Text(
    "Vẽ mũi tên yêu cầu (informationRequirement) từ “{name}” tới quyết định.",
    "Draw a requirement (informationRequirement) from “{name}” to the decision.",
)


def judge_model(model: Model) -> tuple[ModelProblem, ...]:
    """Everything wrong with a model, its names included."""
    return (*model.problems, *model.structure, *_Names(model).problems())


def given_names(model: Model, decision: str) -> frozenset[str]:
    """The names a decision needs to be given from outside: its inputs, and those its columns simply name."""
    names, found, seen = _Names(model), set[str](), set[str]()
    left = [model.decision(decision)]
    while left:
        element = left.pop()
        if element.name in seen:
            continue
        seen.add(element.name)
        asked = {one.name for one in names.used(element)}
        found |= {name for name in asked if name not in names.seen_by(element)}
        for owner, target, _ in names.required(element):
            if isinstance(target, InputData) and target.variable.name in asked:
                found.add(target.variable.name)
            elif isinstance(target, Decision) and owner is model:
                left.append(target)
    return frozenset(found)


@dataclass(frozen=True)
class _Names:
    """The names of one model."""

    model: Model

    def used(self, element: Decision | KnowledgeModel) -> list[Used]:
        """The names an element's logic needs, each once."""
        logic = element.expression if isinstance(element, Decision) else element.logic
        own = frozenset({element.variable.name}) if isinstance(element, KnowledgeModel) else frozenset()
        found: dict[str, Used] = {}
        for one in used_names(logic, self.model.lexicon, own):
            known = found.setdefault(one.name, one)
            if one.plain and not known.plain:
                found[one.name] = one
        return list(found.values())

    def required(self, element: Decision | KnowledgeModel) -> Iterator[tuple[Model, GraphElement, str]]:
        """What the arrows of an element lead to."""
        for requirement in element.requirements:
            found = self.model.resolve(requirement.href)
            if found is not None and requirement.tag != "authorityRequirement":
                yield found

    def seen_by(self, element: Decision | KnowledgeModel) -> frozenset[str]:
        """The names the arrows bring, with those Camunda uses for the answers of required decisions."""
        found = set(BUILTINS)
        for _, target, prefix in self.required(element):
            found.add(prefix or target.variable.name)
            if isinstance(target, Decision):
                found.add(normal_name(target.element.id))
                logic = target.expression
                found |= {clause.name for clause in logic.outputs} if isinstance(logic, DecisionTable) else set()
        return frozenset(found) | self.model.imports.keys()

    def problems(self) -> Iterator[ModelProblem]:
        """A problem for every name of every element that nothing brings."""
        columns = {one.name for element in self._elements() for one in self.used(element) if one.plain}
        for element in self._elements():
            seen = self.seen_by(element)
            used = self.used(element)
            idle = [
                target
                for _, target, _ in self.required(element)
                if isinstance(target, InputData) and target.variable.name not in {one.name for one in used}
            ]
            for one in used:
                if one.name not in seen:
                    yield self._problem(element.name, one, one.name in columns, seen, idle)

    def _elements(self) -> tuple[Decision | KnowledgeModel, ...]:
        return (*self.model.definitions.decisions, *self.model.definitions.knowledge_models)

    def _problem(
        self, element: str, used: Used, column: bool, seen: frozenset[str], idle: list[InputData]
    ) -> ModelProblem:
        name = used.name
        drawn = next((one for one in self._drawn() if one.variable.name == name), None)
        if drawn is not None:
            severity = "warning" if isinstance(drawn, InputData) else "error"
            return self._missing_arrow(element, used, severity)
        known = seen | {one.variable.name for one in self._drawn()} | columns_of(idle)
        near = did_you_mean(name, known - BUILTINS.keys() if column else known, "en")
        if column and not near and (not idle or any(_alike(name, one) for one in idle)):
            return self._missing_arrow(element, used, "warning")
        listed = ", ".join(f"“{one.variable.name}”" for one in idle)
        others = Text(f" Dữ liệu đã khai báo: {listed}.", f" The declared inputs: {listed}.") if idle else Text("", "")
        return defect(
            "dmn_name",
            element,
            Text(
                f"{used.place.vi}: không có gì mang tên “{name}”.{did_you_mean(name, known, 'vi')}{others.vi}",
                f"{used.place.en}: nothing has the name “{name}”.{did_you_mean(name, known, 'en')}{others.en}",
            ),
            Text(
                f'Sửa tên; nếu là chữ thì đặt trong ngoặc kép: "{name}".',
                f'Correct the name; if a text is meant, put it in quotes: "{name}".',
            ),
        )

    def _drawn(self) -> tuple[GraphElement, ...]:
        whole = self.model.definitions
        return (*whole.inputs, *whole.decisions, *whole.knowledge_models, *whole.services)

    def _missing_arrow(self, element: str, used: Used, severity: str) -> ModelProblem:
        told = Text(
            f"{used.place.vi}: dùng “{used.name}” mà không vẽ yêu cầu; khi chạy sẽ lấy dữ liệu cùng tên được đưa vào.",
            f"{used.place.en}: uses “{used.name}” without a requirement; at run the value given by that name is taken.",
        )
        hint = Text(_DRAW.vi.format(name=used.name), _DRAW.en.format(name=used.name))
        return defect("dmn_arrow_missing", element, told, hint, severity)


def columns_of(inputs: list[InputData]) -> frozenset[str]:
    """The variable names of inputs."""
    return frozenset(one.variable.name for one in inputs)


def _alike(name: str, data: InputData) -> bool:
    """Does an input, drawn under other words, clearly mean this variable: customerType and “Customer type”?"""
    plain = plain_name(name)
    words = [plain_name(word) for word in (data.name, data.variable.name, data.element.id, data.element.label)]
    return any(word and (plain in word or word in plain) for word in words)

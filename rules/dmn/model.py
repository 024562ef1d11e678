"""A DMN model as data: what stands in the XML, nothing evaluated. Unknown parts are carried along unread."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Element:
    """What every part may carry: id, label, description, and XML of other tools (kept as it was)."""

    id: str = ""
    label: str = ""
    description: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boxed:
    """Any expression of a model."""

    element: Element = Element()
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A name with its type: of a decision, an input, a parameter, a context entry."""

    name: str
    type_ref: str = ""
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class Text(Boxed):
    """A literal expression: FEEL text."""

    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """FEEL text with an id: a table cell, allowed values, a rule annotation."""

    text: str
    element: Element = Element()
    language: str = ""


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions."""

    expression: Text
    values: Cell | None = None
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results."""

    name: str = ""
    type_ref: str = ""
    values: Cell | None = None
    default: Text | None = None
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class Rule:
    """A row."""

    inputs: tuple[Cell, ...]
    outputs: tuple[Text, ...]
    annotations: tuple[str, ...] = ()
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class DecisionTable(Boxed):
    """A decision table."""

    inputs: tuple[InputClause, ...] = ()
    outputs: tuple[OutputClause, ...] = ()
    rules: tuple[Rule, ...] = ()
    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    annotations: tuple[str, ...] = ()
    output_label: str = ""
    orientation: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a boxed context; without a variable it is the result."""

    value: Boxed | None
    variable: Variable | None = None
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class BoxedContext(Boxed):
    """A boxed context."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """A parameter and what it is given."""

    parameter: Variable
    value: Boxed | None


@dataclass(frozen=True, slots=True)
class Invocation(Boxed):
    """A boxed invocation."""

    function: Boxed | None = None
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Boxed):
    """A boxed function; ``kind`` is FEEL, Java or PMML."""

    parameters: tuple[Variable, ...] = ()
    body: Boxed | None = None
    kind: str = "FEEL"


@dataclass(frozen=True, slots=True)
class BoxedList(Boxed):
    """A boxed list."""

    elements: tuple[Boxed, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation(Boxed):
    """Rows with named columns."""

    columns: tuple[Variable, ...] = ()
    rows: tuple[BoxedList, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A named place in a boxed if, filter or iterator: the tag around an expression."""

    value: Boxed | None
    type_ref: str = ""
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class BoxedIf(Boxed):
    """A boxed conditional."""

    condition: Part = Part(None)
    then: Part = Part(None)
    otherwise: Part = Part(None)


@dataclass(frozen=True, slots=True)
class BoxedFilter(Boxed):
    """A boxed filter."""

    source: Part = Part(None)
    match: Part = Part(None)


@dataclass(frozen=True, slots=True)
class BoxedIterator(Boxed):
    """A boxed for, some or every (``kind``)."""

    kind: str = "for"
    variable: str = ""
    source: Part = Part(None)
    result: Part = Part(None)


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type of the model."""

    name: str
    type_ref: str = ""
    allowed: Cell | None = None
    constraint: Cell | None = None
    components: tuple[ItemDefinition, ...] = ()
    is_collection: bool = False
    function: FunctionItem | None = None
    element: Element = Element()
    language: str = ""


@dataclass(frozen=True, slots=True)
class FunctionItem:
    """A function type."""

    parameters: tuple[Variable, ...] = ()
    result: str = ""
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class Import:
    """Another model (or a PMML file) under a name."""

    name: str
    namespace: str
    location: str = ""
    kind: str = ""
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class InputData:
    """What must be known from outside."""

    name: str
    variable: Variable
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class Requirement:
    """An arrow of the graph; ``kind`` is the tag inside, such as requiredDecision."""

    tag: str
    kind: str
    href: str
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with its logic and what it requires."""

    name: str
    variable: Variable
    requirements: tuple[Requirement, ...] = ()
    expression: Boxed | None = None
    question: str = ""
    answers: str = ""
    element: Element = Element()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A business knowledge model: a function of the graph."""

    name: str
    variable: Variable
    logic: FunctionDefinition | None = None
    requirements: tuple[Requirement, ...] = ()
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class DecisionService:
    """Decisions offered together, with declared inputs."""

    name: str
    variable: Variable
    outputs: tuple[str, ...] = ()
    encapsulated: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    element: Element = Element()


@dataclass(frozen=True, slots=True)
class Definitions:
    """A whole model. ``others`` are knowledge sources, annotations, the drawing: kept as XML."""

    name: str
    namespace: str
    dmn_namespace: str
    items: tuple[ItemDefinition, ...] = ()
    imports: tuple[Import, ...] = ()
    inputs: tuple[InputData, ...] = ()
    decisions: tuple[Decision, ...] = ()
    knowledge_models: tuple[KnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()
    others: tuple[str, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    element: Element = field(default_factory=Element)

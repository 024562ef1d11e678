"""FEEL, the expression language of DMN: the only door. Compile once, evaluate often, from any thread."""

from rules.feel.evaluation.expression import Expression, UnaryTests, compile_expression, compile_unary_tests
from rules.feel.limits import DEFAULT, Limits
from rules.feel.operations.interop import from_feel, to_feel
from rules.feel.operations.types import FeelType
from rules.feel.values.temporal import FarDate, FeelDateTime, FeelTime, to_datetime
from rules.feel.values.values import DaysTimeDuration, Function, Range, YearsMonthsDuration

__all__ = [
    "DEFAULT",
    "DaysTimeDuration",
    "Expression",
    "FarDate",
    "FeelDateTime",
    "FeelTime",
    "FeelType",
    "Function",
    "Limits",
    "Range",
    "UnaryTests",
    "YearsMonthsDuration",
    "compile_expression",
    "compile_unary_tests",
    "from_feel",
    "to_datetime",
    "to_feel",
]

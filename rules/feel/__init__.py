"""FEEL, the expression language of DMN: the only door. Compile once, evaluate often, from any thread."""

from rules.feel.builtins import BUILTINS
from rules.feel.commands import feel_command, read_context
from rules.feel.evaluation.compiler import make_function
from rules.feel.evaluation.expression import Expression, UnaryTests, compile_expression, compile_unary_tests
from rules.feel.evaluation.external import find_external
from rules.feel.evaluation.loops import compile_for, compile_quantified, filter_list
from rules.feel.evaluation.strict import did_you_mean, nearest, shown_value, unknown_name
from rules.feel.limits import DEFAULT, Limits
from rules.feel.operations.compare import equal, kind_of, matches, order_key
from rules.feel.operations.interop import from_feel, to_feel
from rules.feel.operations.scope import NOT_GIVEN, Run, Scope, current_run, running
from rules.feel.operations.types import ANY, UNKNOWN, FeelType, coerce, simple_type
from rules.feel.syntax import ast
from rules.feel.syntax.lexer import normal_name
from rules.feel.syntax.lexicon import Lexicon
from rules.feel.syntax.names import BUILTIN_LEXICON
from rules.feel.syntax.walk import free_names, mentions_null, uses_question
from rules.feel.values.temporal import FarDate, FeelDateTime, FeelTime, from_datetime, to_datetime
from rules.feel.values.temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from rules.feel.values.values import DaysTimeDuration, Function, Range, YearsMonthsDuration, to_number

__all__ = [
    "ANY",
    "BUILTINS",
    "BUILTIN_LEXICON",
    "DEFAULT",
    "NOT_GIVEN",
    "UNKNOWN",
    "DaysTimeDuration",
    "Expression",
    "FarDate",
    "FeelDateTime",
    "FeelTime",
    "FeelType",
    "Function",
    "Lexicon",
    "Limits",
    "Range",
    "Run",
    "Scope",
    "UnaryTests",
    "YearsMonthsDuration",
    "ast",
    "coerce",
    "compile_expression",
    "compile_for",
    "compile_quantified",
    "compile_unary_tests",
    "current_run",
    "did_you_mean",
    "equal",
    "feel_command",
    "filter_list",
    "find_external",
    "free_names",
    "from_datetime",
    "from_feel",
    "kind_of",
    "make_function",
    "matches",
    "mentions_null",
    "nearest",
    "normal_name",
    "order_key",
    "parse_date",
    "parse_date_time",
    "parse_duration",
    "parse_time",
    "read_context",
    "running",
    "shown_value",
    "simple_type",
    "to_datetime",
    "to_feel",
    "to_number",
    "unknown_name",
    "uses_question",
]

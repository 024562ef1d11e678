"""The names FEEL itself gives: built-in functions and properties that are written with spaces."""

from __future__ import annotations

from rules.feel.syntax.lexicon import Lexicon

BUILTIN_LEXICON = Lexicon(
    (
        "date and time",
        "years and months duration",
        "string length",
        "upper case",
        "lower case",
        "substring before",
        "substring after",
        "starts with",
        "ends with",
        "string join",
        "list contains",
        "insert before",
        "index of",
        "distinct values",
        "list replace",
        "get value",
        "get entries",
        "context put",
        "context merge",
        "round up",
        "round down",
        "round half up",
        "round half down",
        "day of year",
        "day of week",
        "month of year",
        "week of year",
        "met by",
        "overlaps before",
        "overlaps after",
        "finished by",
        "started by",
        "time offset",
        "start included",
        "end included",
    )
)
"""Shared by all threads and never changed after import; each expression has its own child."""

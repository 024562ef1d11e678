"""The built-in functions of FEEL, by family; importing this package declares them all."""

from rules.feel.builtins import contexts, conversion, dates, lists, numbers, ranges, statistics, strings
from rules.feel.builtins.registry import BUILTINS

FAMILIES = (contexts, conversion, dates, lists, numbers, ranges, statistics, strings)
"""The modules that declared them."""

__all__ = ["BUILTINS", "FAMILIES"]

"""Money in whole đồng: exact arithmetic, Vietnamese notation, and amounts in words for receipts.

Between a percentage and the rounding step an amount may hold a fraction of a đồng; there it is a
`Decimal`. What a citizen is asked to pay is always `Money`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from rules.money_texts import english_words, vietnamese_words

# Sixty digits: no tariff × quantity × stacked percentages can ever need rounding inside a calculation.
EXACT = Context(prec=60)

ROUNDING_MODES = {"half_up": ROUND_HALF_UP, "floor": ROUND_FLOOR, "ceil": ROUND_CEILING}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in đồng. Only whole đồng exist; a float or a Decimal is refused."""

    dong: int

    def __post_init__(self) -> None:
        if type(self.dong) is not int:
            raise TypeError(f"Money holds whole đồng as int, not {type(self.dong).__name__}")

    def __add__(self, other: Money) -> Money:
        return Money(self.dong + other.dong)

    def __sub__(self, other: Money) -> Money:
        return Money(self.dong - other.dong)

    def __neg__(self) -> Money:
        return Money(-self.dong)

    def __mul__(self, quantity: int) -> Money:
        if type(quantity) is not int:
            raise TypeError("Money is multiplied by whole quantities only")
        return Money(self.dong * quantity)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return self.dong != 0

    def __str__(self) -> str:
        return self.format()

    def format(self, lang: str = "vi") -> str:
        """`1.660.000 đồng`; in English `1,660,000 VND`."""
        return format_dong(Decimal(self.dong), lang)

    def in_words(self, lang: str = "vi") -> str:
        """The amount as a receipt writes it: "Một triệu sáu trăm sáu mươi nghìn đồng"."""
        if lang == "en":
            return f"{_capital(english_words(self.dong))} Vietnamese dong"
        return f"{_capital(vietnamese_words(self.dong))} đồng"

    @classmethod
    def sum(cls, amounts: Iterable[Money]) -> Money:
        """Total of `amounts`; nothing adds up to zero đồng."""
        return cls(sum(amount.dong for amount in amounts))


ZERO = Money(0)


def format_dong(amount: Decimal, lang: str = "vi") -> str:
    """An amount that may still hold a fraction: `10.888,5 đồng` / `10,888.5 VND`."""
    plain = f"{amount:,f}"
    whole, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    if lang == "en":
        return f"{whole}{'.' + fraction if fraction else ''} VND"
    return f"{whole.replace(',', '.')}{',' + fraction if fraction else ''} đồng"


def percent_off(amount: Decimal, basis_points: int) -> Decimal:
    """`amount` less `basis_points` hundredths of a per cent, exactly (3000 = 30 %)."""
    return EXACT.divide(EXACT.multiply(amount, Decimal(10_000 - basis_points)), Decimal(10_000))


def round_dong(amount: Decimal, mode: str, to: int) -> Money:
    """Round to a multiple of `to` đồng; `mode` is "half_up", "floor" or "ceil"."""
    steps = EXACT.divide(amount, Decimal(to)).to_integral_value(ROUNDING_MODES[mode], EXACT)
    return Money(int(steps) * to)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]

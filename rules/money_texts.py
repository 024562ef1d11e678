"""Whole numbers in words, Vietnamese (mốt, tư, lăm, linh) and English."""

from __future__ import annotations

_VI_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VI_LAST_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_VI_GROUPS = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))
_BILLION = 1_000_000_000

_EN_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_GROUPS = ((_BILLION, "billion"), (1_000_000, "million"), (1_000, "thousand"), (1, ""))


def vietnamese_words(number: int) -> str:
    """`1005` → "một nghìn không trăm linh năm"; negative numbers begin with "âm"."""
    if number < 0:
        return "âm " + vietnamese_words(-number)
    if number == 0:
        return _VI_DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    words = [vietnamese_words(billions), "tỷ"] if billions else []
    for size, name in _VI_GROUPS:
        group, rest = divmod(rest, size)
        if group:
            words.append(_vietnamese_group(group, full=bool(words)))
            words.append(name)
    return " ".join(word for word in words if word)


def _vietnamese_group(group: int, *, full: bool) -> str:
    """Three digits; `full` says the leading hundreds must be spoken even when they are zero."""
    hundreds, rest = divmod(group, 100)
    words = [_VI_DIGITS[hundreds], "trăm"] if hundreds or full else []
    tens, units = divmod(rest, 10)
    if tens == 0:
        return " ".join([*words, *_vietnamese_units_alone(units, spoken=bool(words))])
    words += ["mười"] if tens == 1 else [_VI_DIGITS[tens], "mươi"]
    if tens == 1 and units:
        words.append("lăm" if units == 5 else _VI_DIGITS[units])
    elif units:
        words.append(_VI_LAST_AFTER_TENS.get(units, _VI_DIGITS[units]))
    return " ".join(words)


def _vietnamese_units_alone(units: int, *, spoken: bool) -> list[str]:
    if not units:
        return []
    return ["linh", _VI_DIGITS[units]] if spoken else [_VI_DIGITS[units]]


def english_words(number: int) -> str:
    """`1660000` → "one million six hundred and sixty thousand"; negative: "minus …"."""
    if number < 0:
        return "minus " + english_words(-number)
    if number < 20:
        return _EN_SMALL[number]
    if number < 1000:
        return _english_group(number)
    words: list[str] = []
    rest = number
    for size, name in _EN_GROUPS:
        group, rest = divmod(rest, size)
        if group:
            joined = "and " if words and size == 1 and group < 100 else ""
            words.append(f"{joined}{english_words(group)} {name}".strip())
    return " ".join(words)


def _english_group(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_EN_SMALL[hundreds]} hundred"] if hundreds else []
    if rest and words:
        words.append("and")
    if rest >= 20:
        tens, units = divmod(rest, 10)
        words.append(_EN_TENS[tens] + (f"-{_EN_SMALL[units]}" if units else ""))
    elif rest:
        words.append(_EN_SMALL[rest])
    return " ".join(words)

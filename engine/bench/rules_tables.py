"""Tables and dossiers for measuring: a partition of ages, areas and channels, as a fee table has."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from rules.legal import LegalBasis, Window
from rules.tables import Among, Cell, Column, DecisionTable, Interval, Output, Row, Within
from rules.text import Text

_BASIS = (LegalBasis("281/2016/TT-BTC", "4", None, None, date(2017, 1, 1)),)
CHANNELS = ("online", "counter", "post", "assisted_online")
AREAS = tuple(f"area_{number}" for number in range(10))
ON = date(2024, 3, 1)


def bench_table(rows: int, *, amount: int = 1_000) -> DecisionTable:
    """A UNIQUE table of four columns without gaps or overlaps; `rows` is rounded to a multiple of 40."""
    bands = max(rows // (len(CHANNELS) * len(AREAS)), 1)
    width = 100 // bands + 1
    made = []
    for number in range(bands * len(CHANNELS) * len(AREAS)):
        channel, rest = CHANNELS[number % len(CHANNELS)], number // len(CHANNELS)
        area, band = AREAS[rest % len(AREAS)], rest // len(AREAS)
        high = None if band == bands - 1 else (band + 1) * width
        cells: dict[str, Cell] = {
            "channel": Among(frozenset([channel])),
            "area": Among(frozenset([area])),
            "age": Within((Interval(band * width, high, high_open=high is not None),)),
        }
        label = Text(f"Dòng {number}", f"Row {number}")
        outputs = {"amount_vnd": amount + number}
        made.append(Row(f"r{number}", cells, outputs, Window(date(2017, 1, 1)), _BASIS, label))
    return DecisionTable(
        code="bench",
        name=Text("Bảng đo", "Bench table"),
        columns=(
            Column("channel", "choice", Text("Kênh", "Channel"), CHANNELS),
            Column("area", "choice", Text("Địa bàn", "Area"), AREAS),
            Column("age", "integer", Text("Tuổi", "Age"), minimum=0, maximum=150),
            Column("urgent", "boolean", Text("Khẩn", "Urgent")),
        ),
        outputs=(Output("amount_vnd", "number"),),
        rows=tuple(made),
        hit_policy="UNIQUE",
    )


def bench_dossiers(count: int) -> Iterator[dict[str, object]]:
    """Random situations of the bench table, the same every time."""
    pick = random.Random(2024)  # noqa: S311 - repeatable dossiers, no secret
    for _ in range(count):
        yield {
            "channel": pick.choice(CHANNELS),
            "area": pick.choice(AREAS),
            "age": pick.randint(0, 110),
            "urgent": pick.random() < 0.5,
        }

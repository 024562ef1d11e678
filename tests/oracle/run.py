"""Many random models against the oracle: `python tests/oracle/run.py --models 5000 --seed 1`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from match import Match  # noqa: E402 - the folder above is put on the path first
from redrawing import MovingMatch  # noqa: E402 - as above


def run(models: int, seed: int, size: int, *, moving: bool = False) -> dict[str, object]:
    count: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    wrong: list[dict[str, object]] = []
    began = time.monotonic()
    for number in range(seed, seed + models):
        match = MovingMatch(number, size) if moving else Match(number, size)
        outcome = match.play()
        shapes.update(shape.kind for shape in match.drawing.shapes.values())
        count["models"] += 1
        count["steps"] += outcome.steps
        count["ended"] += outcome.ended
        if isinstance(match, MovingMatch):
            count["moves"] += match.moves
            count["refused"] += len(match.refusals)
            count["not_reversible"] += match.not_reversible
        if outcome.difference:
            wrong.append({"seed": number, "difference": outcome.difference, "trail": outcome.trail})
    seconds = round(time.monotonic() - began, 1)
    return {**count, "mismatches": len(wrong), "seconds": seconds, "shapes": dict(shapes), "wrong": wrong[:3]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=12)
    parser.add_argument("--moving", action="store_true", help="change the diagram under way and move the instance")
    given = parser.parse_args()
    result = run(given.models, given.seed, given.size, moving=given.moving)
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 1 if result["mismatches"] else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Models go through the modelling tool and come back the same: only the order of attributes may move."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rules.dmn import read_dmn, read_dmn_file, write_dmn_13
from rules.errors import DmnReadError

ROOT = Path(__file__).resolve().parents[3]
CLIENT = ROOT / "admin_ui" / "client"
SCRIPT = Path(__file__).with_name("modeller.mjs")
NODE = Path(sys.executable).with_name("node")


def through_the_modeller(models: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """What dmn-js's own reader and writer make of each model."""
    assert (CLIENT / "node_modules" / "dmn-moddle").is_dir(), "the front end's packages are not here: ./motcua prepare"
    given, kept = folder / "given", folder / "kept"
    for place in (given, kept):
        place.mkdir()
    for name, model in models.items():
        (given / name).write_bytes(model)
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-", str(given), str(kept)],
        input=SCRIPT.read_bytes(),
        capture_output=True,
        cwd=CLIENT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert done.stdout.decode() == "", "the modeller did not understand everything"
    return {name: (kept / name).read_bytes() for name in models}


def meaning(model: bytes) -> object:
    """The model without its drawing and the order of the root's attributes."""
    found = read_dmn(model)
    named = replace(found.element, attributes=tuple(sorted(found.element.attributes)))
    others = tuple(one for one in found.others if "DMNDI" not in str(one))
    return replace(found, prefixes=(), others=others, element=named)


@pytest.mark.shared
def test_every_model_of_the_kit_comes_back(kit, tmp_path):
    given, refused = {}, []
    for number, path in enumerate(sorted(kit.rglob("*.dmn"))):
        try:
            given[f"{number:03}-{path.name}"] = write_dmn_13(read_dmn_file(path))
        except DmnReadError:
            refused.append(path.name)
    assert len(given) > 80
    assert len(refused) <= 3, refused  # boxed iterators of DMN 1.4, which the modeller would throw away
    kept = through_the_modeller(given, tmp_path)
    assert [name for name in given if meaning(kept[name]) != meaning(given[name])] == []


def test_a_lost_rule_would_be_seen(model, tmp_path):
    text = '<decision id="fee" name="phí"><variable id="v" name="phí"/><literalExpression id="l"><text>{}</text>'
    models = [model(text.format(amount) + "</literalExpression></decision>") for amount in (8000, 9000)]
    first, second = (write_dmn_13(read_dmn(one)) for one in models)
    kept = through_the_modeller({"one.dmn": first}, tmp_path)
    assert meaning(kept["one.dmn"]) == meaning(first)
    assert meaning(kept["one.dmn"]) != meaning(second)

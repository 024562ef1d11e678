from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def kit():
    """The DMN TCK beside the project."""
    return ROOT.parent / "shared" / "tck"


@pytest.fixture
def model():
    """A function that wraps DMN tags into a model."""

    def wrap(body, namespace="https://motcua.vn/test", version="https://www.omg.org/spec/DMN/20230324/MODEL/"):
        attributes = f'xmlns="{version}" name="thử" id="d" namespace="{namespace}"'
        return f"<definitions {attributes}>{body}</definitions>".encode()

    return wrap


@pytest.fixture
def table(model):
    """A function that makes a model of one table: inputs "phí", outputs as given."""

    def make(policy, rows, outputs='<output id="o1" name="mức"/>', aggregation=""):
        rules = "".join(
            f'<rule id="r{number}"><inputEntry id="i{number}"><text>{condition}</text></inputEntry>'
            + "".join(f"<outputEntry><text>{value}</text></outputEntry>" for value in values)
            + "</rule>"
            for number, (condition, *values) in enumerate(rows, 1)
        )
        aggregation = f'aggregation="{aggregation}"' if aggregation else ""
        return model(f"""
            <inputData id="in" name="số tờ"><variable name="số tờ" typeRef="number"/></inputData>
            <decision id="dec" name="Mức thu"><variable name="Mức thu"/>
              <informationRequirement id="req"><requiredInput href="#in"/></informationRequirement>
              <decisionTable id="t" hitPolicy="{policy}" {aggregation}>
                <input id="c"><inputExpression id="e" typeRef="number"><text>số tờ</text></inputExpression></input>
                {outputs}{rules}
              </decisionTable></decision>""")

    return make

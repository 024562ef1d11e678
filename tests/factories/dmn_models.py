"""Small decision models, and how procedures ask them: strictly."""

from rules.dmn import decide


def ask(model, decision="Mức thu", **inputs):
    return decide(model, decision, {name.replace("_", " "): value for name, value in inputs.items()}, strict=True)


def one_decision(logic, inputs="", requirements=""):
    return f"""{inputs}<decision id="d" name="d"><variable name="d"/>{requirements}{logic}</decision>"""


def literal(text):
    return f"<literalExpression><text>{text}</text></literalExpression>"


def plain_table(column, rows, type_ref="", policy="FIRST"):
    lines = "".join(
        f"<rule><inputEntry><text>{when}</text></inputEntry><outputEntry><text>{then}</text></outputEntry></rule>"
        for when, then in rows
    )
    typed = f'typeRef="{type_ref}"' if type_ref else ""
    return f"""<decisionTable hitPolicy="{policy}"><input><inputExpression {typed}><text>{column}</text>
      </inputExpression></input><output name="r"/>{lines}</decisionTable>"""

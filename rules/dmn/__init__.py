"""DMN models: read, evaluate, write. The only door."""

from rules.dmn.checks.problems import ModelProblem, defect
from rules.dmn.commands import dmn_run, dmn_tck
from rules.dmn.evaluate import Result, call_service, decide, decide_all
from rules.dmn.graph import Model
from rules.dmn.judging.names import given_names, judge_model
from rules.dmn.load import compile_dmn, load_dmn, load_packed, packed_decision
from rules.dmn.model import DecisionTable, Definitions
from rules.dmn.read import read_dmn, read_dmn_file
from rules.dmn.write import write_dmn, write_dmn_13

__all__ = [
    "DecisionTable",
    "Definitions",
    "Model",
    "ModelProblem",
    "Result",
    "call_service",
    "compile_dmn",
    "decide",
    "decide_all",
    "defect",
    "dmn_run",
    "dmn_tck",
    "given_names",
    "judge_model",
    "load_dmn",
    "load_packed",
    "packed_decision",
    "read_dmn",
    "read_dmn_file",
    "write_dmn",
    "write_dmn_13",
]

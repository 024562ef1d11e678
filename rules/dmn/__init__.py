"""DMN models: read, evaluate, write. The only door."""

from rules.dmn.commands import dmn_run, dmn_tck
from rules.dmn.evaluate import Result, call_service, decide, decide_all
from rules.dmn.graph import Model, ModelProblem
from rules.dmn.load import compile_dmn, load_dmn
from rules.dmn.model import Definitions
from rules.dmn.read import read_dmn, read_dmn_file
from rules.dmn.write import write_dmn, write_dmn_13

__all__ = [
    "Definitions",
    "Model",
    "ModelProblem",
    "Result",
    "call_service",
    "compile_dmn",
    "decide",
    "decide_all",
    "dmn_run",
    "dmn_tck",
    "load_dmn",
    "read_dmn",
    "read_dmn_file",
    "write_dmn",
    "write_dmn_13",
]

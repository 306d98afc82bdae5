"""Monte Carlo risk simulation of IP-pledge risk compensation funds 知识产权质押融资风险补偿基金风险模拟.

    import fundsim
    result = fundsim.run("scenarios/three-models")
    result.summary          # pandas: every figure with its error and its 95 % interval
    result.trials           # numpy: a row a trial and fund, read from the file without a copy

Amounts are in yuan, probabilities 0 … 1, months counted from 0.
"""

from fundsim.commands import calibrate, check, compare, replay, run, size
from fundsim.examples import example, examples
from fundsim.problems import (
    FundsimError, InputError, Interrupted, OutputError, Problem, ProgramFailed, ProgramMissing,
    Unfinished, UsageError)
from fundsim.process import Progress
from fundsim.program import engine, program
from fundsim.results import (
    CalibrateResult, CheckResult, CompareResult, ReplayResult, Result, RunResult, SizeResult, load)

__version__ = "0.1.0"

__all__ = [
    "CalibrateResult", "CheckResult", "CompareResult", "FundsimError", "InputError", "Interrupted",
    "OutputError", "Problem", "ProgramFailed", "ProgramMissing", "Progress", "ReplayResult", "Result",
    "RunResult", "SizeResult", "Unfinished", "UsageError", "calibrate", "check", "compare", "engine",
    "example", "examples", "load", "program", "replay", "run", "size",
]

"""The commands as functions: each takes a path or a dict, and gives a typed result."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from fundsim import faces
from fundsim.inputs import Document, Inputs, Scratch, Table, listed, percent, word
from fundsim.problems import FundsimError, Interrupted, problem_of
from fundsim.process import Outcome, execute, raise_for
from fundsim.results import (
    CalibrateResult, CheckResult, CompareResult, ReplayResult, Result, RunResult, SizeResult)

Folder = str | os.PathLike[str] | None
Several = str | float | Sequence[str | float] | None
Kind = TypeVar("Kind", bound=Result)


def run(
    scenario: Document, *, trials: int | None = None, seed: int | None = None,
    threads: int | None = None, portfolio: Table | None = None, start_from: Folder = None,
    require: str | Sequence[str] = (), floor: str | None = None, year_trials: int | None = None,
    time_limit: str | None = None, keep_trials: bool = True, page: bool = False, out: Folder = None,
    base: Folder = None, progress: faces.Wish = None, options: Sequence[str] = ()
) -> RunResult:
    """Simulates a scenario: its file or folder, or its contents as a dict.

    `portfolio` (a path or a table) stands in place of the scenario's loans; `start_from` goes on from the
    state of a replay. `require` asks for figures ('survival>=95%'): the result's `met` and `missed` say
    whether they are reached. `keep_trials=False` keeps no row a trial. `out` names the folder of the files;
    `base` is where relative paths in a dict start. `options` are further options of `fundsim run`.

    Raises InputError with all problems of the input, UsageError for an argument, Interrupted at Ctrl-C with
    the result of the trials that were done.
    """
    call = Call(base, out)
    arguments = ["run", call.inputs.document(scenario, "scenario")]
    arguments += option("trials", trials) + option("seed", seed) + option("threads", threads)
    arguments += call.table("portfolio", portfolio) + option("from", start_from)
    arguments += [f"--require={text}" for text in listed(require)]
    arguments += option("floor", floor) + option("year-trials", year_trials)
    arguments += option("time-limit", time_limit)
    arguments += ["--trials-format", "npy"] if keep_trials else []
    outcome = call.execute([*arguments, *page_option(page), *further(options)], progress, RunResult)
    missed = tuple(outcome.errors.strip().splitlines()) if outcome.status == 1 else ()
    return RunResult(call.folder, call.scratch, missed)


def size(
    scenario: Document, *, survive: Several = None, through: Several = None, fund: str | None = None,
    lending: bool = False, confirm: bool = False, settings: Mapping[str, Any] | None = None,
    trials: int | None = None, seed: int | None = None, threads: int | None = None,
    portfolio: Table | None = None, start_from: Folder = None, page: bool = False, out: Folder = None,
    base: Folder = None, progress: faces.Wish = None, options: Sequence[str] = ()
) -> SizeResult:
    """Finds the smallest fund that lasts.

    `survive` holds probabilities (0.95 or '95%', one or several), `through` the months. `lending` also
    searches the lending that the fund carries. `settings` sets keys of the scenario by their paths.
    """
    call = Call(base, out)
    arguments = ["size", call.inputs.document(scenario, "scenario")]
    arguments += option("survive", joined(percent(value) for value in listed(survive)))
    arguments += option("through", joined(map(word, listed(through)))) + option("fund", fund)
    arguments += (["--lending"] if lending else []) + (["--confirm"] if confirm else [])
    arguments += set_options(settings) + option("trials", trials) + option("seed", seed)
    arguments += option("threads", threads) + call.table("portfolio", portfolio)
    arguments += option("from", start_from)
    call.execute([*arguments, *page_option(page), *further(options)], progress, SizeResult)
    return SizeResult(call.folder, call.scratch)


def compare(
    *scenarios: Document | Sequence[Document], fund: Several = None, programme: Several = None, model: Several = None,
    only: str | None = None, against: str | None = None, settings: Mapping[str, Any] | None = None,
    trials: int | None = None, seed: int | None = None, threads: int | None = None,
    portfolio: Table | None = None, page: bool = False, out: Folder = None, base: Folder = None,
    progress: faces.Wish = None, options: Sequence[str] = ()
) -> CompareResult:
    """Compares scenarios, or one scenario with values changed, trial by trial on the same draws.

    Scenarios are given one after the other, or as a list.
    `fund` holds initial amounts ('800万'), `programme` and `model` what the fund stands under; a value of
    `settings` may be a list of values to compare.
    """
    call = Call(base, out)
    arguments = ["compare"]
    every = [item for given in scenarios for item in (given if isinstance(given, list | tuple) else [given])]
    for index, scenario in enumerate(every, 1):
        arguments.append(call.inputs.document(scenario, f"scenario-{index}"))
    arguments += option("fund", joined(map(word, listed(fund))))
    arguments += option("programme", joined(map(word, listed(programme))))
    arguments += option("model", joined(map(word, listed(model))))
    arguments += option("only", only) + option("against", against) + set_options(settings)
    arguments += option("trials", trials) + option("seed", seed) + option("threads", threads)
    arguments += call.table("portfolio", portfolio)
    call.execute([*arguments, *page_option(page), *further(options)], progress, CompareResult)
    return CompareResult(call.folder, call.scratch)


def calibrate(
    history: Table, *, terms: Document | None = None, seed: int | None = None,
    draws: int | None = None, page: bool = False, out: Folder = None, base: Folder = None,
    progress: faces.Wish = None, options: Sequence[str] = ()
) -> CalibrateResult:
    """Estimates PD and correlation from a history of defaults, and says what stays unknown.

    The history is a table `year`, `atRisk`, `defaults` (and `grade`), as a path, a dict of columns or a
    pandas table; or a register of loans, whose columns `terms` names.
    """
    call = Call(base, out)
    arguments = ["calibrate", call.inputs.table(history, "history")]
    arguments += call.document("terms", terms) + option("seed", seed) + option("draws", draws)
    call.execute([*arguments, *page_option(page), *further(options)], progress, CalibrateResult)
    return CalibrateResult(call.folder, call.scratch)


def replay(
    register: Table, *, terms: Document | None = None, programme: str | None = None,
    model: str | None = None, fund: str | None = None, start: str | None = None,
    facts: str | None = None, until: str | None = None, recoveries: Table | None = None,
    holidays: Table | None = None, state: bool = False, page: bool = False, out: Folder = None,
    base: Folder = None, progress: faces.Wish = None, options: Sequence[str] = ()
) -> ReplayResult:
    """Sends a register of real loans and claims through a programme's rules, day by day.

    `terms` (a path or a dict) names columns, opening and funds; or `programme`, `model`, `fund` (the initial
    amount) and `start` do. With `until` and `state=True` the result's `state` can be gone on from.
    """
    call = Call(base, out)
    arguments = ["replay", call.inputs.table(register, "register")]
    arguments += call.document("terms", terms) + option("programme", programme)
    arguments += option("model", model) + option("fund", fund) + option("start", start)
    arguments += option("facts", facts) + option("until", until)
    arguments += call.table("recoveries", recoveries) + call.table("holidays", holidays)
    if state:
        arguments += ["--state", str(call.folder / "state.json")]
    call.execute([*arguments, *page_option(page), *further(options)], progress, ReplayResult)
    return ReplayResult(call.folder, call.scratch)


def check(
    scenario: Document, *, trials: int | None = None, seed: int | None = None,
    portfolio: Table | None = None, start_from: Folder = None, base: Folder = None
) -> CheckResult:
    """Checks a scenario and everything that it names, without simulating.

    Problems are in the result, and are raised by its `raise_for_problems()`.
    """
    call = Call(base, None)
    arguments = ["check", call.inputs.document(scenario, "scenario"), "--json"]
    arguments += option("trials", trials) + option("seed", seed)
    arguments += call.table("portfolio", portfolio) + option("from", start_from)
    outcome = execute(arguments)
    if outcome.interrupted:
        raise Interrupted
    if outcome.status == 65 and outcome.output:
        problems = json.loads(outcome.output)["problems"]
        return CheckResult(tuple(call.inputs.told(problem_of(problem)) for problem in problems))
    raise_for(outcome, outcome.problems)
    found = json.loads(outcome.output)
    return CheckResult((), tuple(found["notices"]), found["scenario"])


class Call:
    """One call of the program: its inputs, and the folder of its results."""

    def __init__(self, base: Folder, out: Folder):
        self.scratch = Scratch()
        folder = self.scratch.path / "inputs"
        folder.mkdir()
        self.inputs = Inputs(folder, base)
        self.folder = Path(out) if out is not None else self.scratch.path / "results"

    def table(self, name: str, value: Table | None) -> list[str]:
        return [] if value is None else [f"--{name}", self.inputs.table(value, name)]

    def document(self, name: str, value: Document | None) -> list[str]:
        return [] if value is None else [f"--{name}", self.inputs.document(value, name)]

    def execute(
        self, arguments: Sequence[str], progress: faces.Wish, kind: Callable[..., Result]
    ) -> Outcome:
        """Runs the command; what it refuses is raised in the caller's words."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with faces.shown(progress) as tell:
            outcome = execute([*arguments, "--quiet", "--out", str(self.folder)], tell)
        if outcome.interrupted:
            raise Interrupted(self.partial(kind))
        raise_for(outcome, [self.inputs.told(problem) for problem in outcome.problems])
        return outcome

    def partial(self, kind: Callable[..., Result]) -> Result | None:
        """What a command that was stopped had come to; None if it wrote nothing."""
        try:
            return kind(self.folder, self.scratch)
        except FundsimError:
            return None


def option(name: str, value: object) -> list[str]:
    """An option with its value; nothing where there is none."""
    return [] if value is None or isinstance(value, str) and value == "" else [f"--{name}={word(value)}"]


def further(options: Sequence[str]) -> list[str]:
    """Options that are handed on: a list, since one text could be one option or several."""
    if isinstance(options, str | bytes) or not isinstance(options, Sequence):
        raise TypeError(f"options: a list of texts is wanted, such as ['--figure', 'es99'], not {options!r}")
    return [word(item) for item in options]


def joined(values: Any) -> str:
    return ",".join(values)


def page_option(page: bool) -> list[str]:
    return ["--report"] if page else []


def set_options(settings: Mapping[str, Any] | None) -> list[str]:
    """`--set path=value`; of a list, values separated by commas."""
    return [
        f"--set={path}={joined(word(item) for item in listed(value))}"
        for path, value in (settings or {}).items()
    ]

"""What commands give back: their report, and their tables read when they are asked for."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from fundsim.inputs import Scratch
from fundsim.problems import FundsimError, InputError, Problem
from fundsim.tables import estimate, figures, read_csv, rows


class Result:
    """The files of a command's result and the report in them.

    They lie in `folder`. One that the caller did not name is deleted with the result; `save` keeps it.
    """

    command = ""
    report_name = ""

    def __init__(self, folder: str | os.PathLike[str], scratch: Scratch | None = None):
        self.folder = Path(folder)
        self._scratch: Scratch | None = scratch
        self.files = checked_files(self.folder, self.command)

    @cached_property
    def report(self) -> dict[str, Any]:
        """The whole report: the object that `--json` prints, as its schema tells."""
        text = (self.folder / self.report_name).read_text(encoding="utf-8")
        report: dict[str, Any] = json.loads(text)
        return report

    @property
    def provenance(self) -> dict[str, Any]:
        """Where the result came from: version, engine, seed, trials, digest of the inputs."""
        provenance: dict[str, Any] = self.report["provenance"]
        return provenance

    @property
    def page(self) -> Path:
        """The report as a page, where `page=True` asked for it."""
        if "report.html" not in self.files:
            raise FundsimError("there is no report.html: ask for it with page=True")
        return self.folder / "report.html"

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Copies the files into a folder, which is made if need be, and gives its path."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in [*sorted(self.files), "manifest.json"]:
            shutil.copy2(self.folder / name, target / name)
        return target

    def _table(self, name: str) -> pd.DataFrame:
        if name not in self.files:
            raise FundsimError(f"this result has no {name}; it has: {', '.join(sorted(self.files))}")
        return read_csv(self.folder / name)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.folder}>"


def checked_files(folder: Path, command: str) -> set[str]:
    """The names of a result's files, which are those that its manifest lists: one result, and whole.

    Raises FundsimError if they are not.
    """
    again = f"run fundsim once more with the folder {folder}"
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FundsimError(
            f"{folder}: no manifest.json says which files belong together; {again}") from None
    results = [result for result in manifest["results"] if result["command"] == command]
    if not results:
        raise FundsimError(f"{folder}: the manifest lists no result of '{command}'; {again}")
    if not results[0]["complete"]:
        raise FundsimError(f"{folder}: the result is incomplete, its writer was stopped; {again}")
    for file in results[0]["files"]:
        check_digest(folder / file["name"], file["sha256"], again)
    return {file["name"] for file in results[0]["files"]}


def check_digest(path: Path, expected: str, again: str) -> None:
    digest = hashlib.sha256()
    try:
        with open(path, "rb") as stream:
            while piece := stream.read(1 << 20):
                digest.update(piece)
    except FileNotFoundError:
        raise FundsimError(f"{path}: the manifest lists it, and it is gone; {again}") from None
    if digest.hexdigest() != expected:
        raise FundsimError(f"{path}: not the file of this result; {again}")


class RunResult(Result):
    """The result of `run`: each fund's survival, money, capital and who bears the loss."""

    command = "run"
    report_name = "summary.json"

    def __init__(
        self, folder: str | os.PathLike[str], scratch: Scratch | None = None, missed: tuple[str, ...] = ()
    ):
        super().__init__(folder, scratch)
        self.missed = missed
        """What `require` asked for and the estimates do not reach, in the program's words."""

    @property
    def met(self) -> bool:
        """Whether all that `require` asked for is reached."""
        return not self.missed

    @property
    def is_complete(self) -> bool:
        """Whether all trials were run: no time limit and no Ctrl-C came before."""
        return bool(self.provenance["trials"] == self.provenance["plannedTrials"])

    @cached_property
    def funds(self) -> list[str]:
        """The funds' names, in the order of the scenario."""
        return [fund["name"] for fund in self.report["funds"]]

    def fund(self, name: str) -> dict[str, Any]:
        """What the report says of a fund, by its name or a part of it.

        Raises KeyError with the names that there are, if none or several have it.
        """
        funds = self.report["funds"]
        found = [fund for fund in funds if fund["name"] == name] or [
            fund for fund in funds if name in fund["name"]]
        if len(found) != 1:
            raise KeyError(f"'{name}' names {len(found)} funds; use one of: {', '.join(self.funds)}")
        return dict(found[0])

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Every figure of every fund: index (fund, figure); value, standardError, low and high of the
        95 % interval, reliable, trialsNeeded. Amounts in yuan, probabilities 0 … 1."""
        return figures(self.report["funds"])

    @cached_property
    def timeline(self) -> pd.DataFrame:
        """A row a fund and month: survival with its interval, quantiles of the balance."""
        return self._table("timeline.csv")

    @cached_property
    def money(self) -> pd.DataFrame:
        """A row a fund, year and amount: mean, error, quantiles (see notebooks-out/README.md)."""
        return self._table("money.csv")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """A row a fund, year and ratio, with the odds of passing its limit."""
        return self._table("indicators.csv")

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Who uses the funds up: a row a fund, group and figure."""
        return self._table("contributions.csv")

    @cached_property
    def cost(self) -> pd.DataFrame:
        """What each fund costs, and whom."""
        return self._table("cost.csv")

    @cached_property
    def trials(self) -> npt.NDArray[np.void]:
        """A row a trial and fund, as a structured array that reads the file where it lies.

        `trials["compensation"]` is a column without a copy; `trials["fund"]` counts in `funds` from 0.
        """
        if "trials.npy" not in self.files:
            raise FundsimError("the trials were not kept: ask for them with keep_trials=True")
        array: npt.NDArray[np.void] = np.load(self.folder / "trials.npy", mmap_mode="r")
        return array

    def trials_frame(self) -> pd.DataFrame:
        """The trials as a pandas table, with the funds' names; a copy. Of the scenario's own reading
        alone. Reads trials.csv where there is no trials.npy."""
        if "trials.npy" in self.files:
            records = self.trials
            names = records.dtype.names or ()
            frame = pd.DataFrame({name: np.array(records[name]) for name in names})
            codes = np.array(records["fund"], dtype=np.int64)
            frame["fund"] = pd.Categorical.from_codes(codes, categories=pd.Index(self.funds))
        else:
            frame = self._table("trials.csv")
            frame["fund"] = pd.Categorical(frame["fund"], categories=self.funds)
        return frame[frame["reading"] == "own"] if "reading" in frame else frame

    @property
    def headline(self) -> pd.DataFrame:
        """The first answers: a row a fund with survival, mean compensation, its worst 1 %, the capital for
        95 % survival."""
        values = self.summary["value"].unstack("figure")
        names = ["survival", "compensation.mean", "compensation.es99", "capital95"]
        return values.reindex(index=self.funds, columns=[name for name in names if name in values])

    def _repr_html_(self) -> str:
        html: str = self.headline.to_html()
        return html


class SizeResult(Result):
    """The result of `size`: how large a fund must be."""

    command = "size"
    report_name = "size.json"

    @cached_property
    def sizes(self) -> pd.DataFrame:
        """A row a wanted survival and month: the smallest initial amount, yuan, with its interval."""
        return rows(self.report["requirements"])

    @cached_property
    def curve(self) -> pd.DataFrame:
        """Survival by initial amount: a row an amount and month."""
        months = self.report["months"]
        return pd.DataFrame([
            {"size": point["size"], "months": month, **estimate(value)}
            for point in self.report["curve"]
            for month, value in zip(months, point["survival"], strict=False)])

    @property
    def summary(self) -> pd.DataFrame:
        """The same as `sizes`."""
        return self.sizes

    @property
    def lending(self) -> dict[str, Any] | None:
        """The lending that the fund carries, where `lending=True` asked for it."""
        lending: dict[str, Any] | None = self.report["lending"]
        return lending


class CompareResult(Result):
    """The result of `compare`: variants on the same draws, and what their differences are worth."""

    command = "compare"
    report_name = "compare.json"

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Every figure of every row: index (name, figure)."""
        return pd.DataFrame([
            {"name": row["name"], **figure}
            for row in self.report["rows"] for figure in row["figures"]
        ]).set_index(["name", "figure"])

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Every row against its reference: index (name, figure); the difference with its error and
        whether it can be told from zero (`verdict`)."""
        names = [row["name"] for row in self.report["rows"]]
        return pd.DataFrame([
            {"name": names[difference["row"]], "reference": names[difference["reference"]], **figure}
            for difference in self.report["differences"] for figure in difference["figures"]
        ]).set_index(["name", "figure"])


class CalibrateResult(Result):
    """The result of `calibrate`: what a history says of PD and correlation, and leaves open."""

    command = "calibrate"
    report_name = "calibrate.json"

    @property
    def best(self) -> dict[str, Any]:
        """The best estimate."""
        best: dict[str, Any] = self.report["bestEstimate"]
        return best

    @cached_property
    def summary(self) -> pd.DataFrame:
        """What is possible of each parameter: mean, median, 95 % interval."""
        return rows(self.report["posterior"]).set_index("parameter")

    @cached_property
    def years(self) -> pd.DataFrame:
        """The years of the history, with the default rates that they allow."""
        return rows(self.report["years"])

    @cached_property
    def draws(self) -> pd.DataFrame:
        """Draws of the parameters, a row each; a scenario's `uncertainty: draws:` takes the file."""
        return self._table("posterior.csv")

    @property
    def scenario_text(self) -> str:
        """The lines for a scenario's `defaults`, with comments."""
        return (self.folder / "calibrated.yaml").read_text(encoding="utf-8")


class ReplayResult(Result):
    """The result of `replay`: what the rules did with a register of real loans, day by day."""

    command = "replay"
    report_name = "replay.json"

    @property
    def funds(self) -> list[dict[str, Any]]:
        """What the report says of each fund."""
        funds: list[dict[str, Any]] = self.report["funds"]
        return funds

    @cached_property
    def summary(self) -> pd.DataFrame:
        """The money of the whole time: a row a fund and amount, yuan."""
        money = self.money
        return money[money["year"] == "run"].drop(columns="year").set_index(["fund", "figure"])

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """Every payment with its article and the balance after it."""
        return self._table("ledger.csv")

    @cached_property
    def banks(self) -> pd.DataFrame:
        """A row a fund and bank."""
        return self._table("banks.csv")

    @cached_property
    def years(self) -> pd.DataFrame:
        """A row a fund, year and bank."""
        return self._table("years.csv")

    @cached_property
    def money(self) -> pd.DataFrame:
        """A row a fund, year and amount."""
        return self._table("money.csv")

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Who used the funds up."""
        return self._table("contributions.csv")

    @property
    def state(self) -> Path:
        """Where the funds stand, for `run(start_from=…)`; where `until` and `state=True` asked for it."""
        path = self.folder / "state.json"
        if not path.exists():
            raise FundsimError("no state was kept: ask for it with until='2025-06-30', state=True")
        return path


@dataclass(frozen=True)
class CheckResult:
    """The result of `check`: what is wrong with a scenario, or what it describes."""

    problems: tuple[Problem, ...]
    notices: tuple[str, ...] = ()
    scenario: Mapping[str, Any] | None = field(default=None, repr=False)
    """What the scenario describes: title, programmes, portfolio, funds."""

    @property
    def valid(self) -> bool:
        """Whether there are no problems."""
        return not self.problems

    def __bool__(self) -> bool:
        return self.valid

    def raise_for_problems(self) -> None:
        """Raises InputError if there are problems."""
        if self.problems:
            raise InputError(self.problems)

    @property
    def summary(self) -> pd.DataFrame:
        """A row a problem, or a row a fund where there are none."""
        if self.problems:
            return pd.DataFrame([vars(problem) for problem in self.problems])
        return rows(self.scenario["funds"] if self.scenario else [])


def load(folder: str | os.PathLike[str]) -> RunResult:
    """The result that `fundsim run` wrote into a folder, checked against its manifest."""
    return RunResult(folder)

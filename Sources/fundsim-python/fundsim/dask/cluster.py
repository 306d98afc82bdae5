"""Submits the shards of a study to a cluster, and merges what comes back."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Client, KilledWorker, as_completed

from fundsim.dask.shard import ShardFailed, ShardRefused, failure, run_shard
from fundsim.problems import FundsimError
from fundsim.program import engine, program

FIRST_LOOK = 4096
"""After how many trials `--precision` is looked at first, as in `fundsim run`."""


@dataclass
class Study:
    """A run that is cut into shards. Workers see the same files under the same paths."""

    scenario: str
    shards: int
    out: Path
    fundsim: str | None = None
    """The program, here and on the workers; each one's own if left out."""
    options: list[str] = field(default_factory=list)
    """What else stands behind `fundsim run`: --trials, --seed, --threads, …"""
    precision: list[str] = field(default_factory=list)
    """What has to be known how closely, as behind `fundsim run --precision`; then further shards are run only while it is not."""
    engine: str = ""
    """The engine that every worker must be; that of the program here, once it was asked."""

    @property
    def parts(self) -> Path:
        """The folder of the parts. Another number of shards has another one."""
        return self.out / f"parts-of-{self.shards}"

    def part(self, index: int) -> Path:
        return self.parts / f"{index:0{len(str(self.shards - 1))}}.part"

    def holding(self, trials: int, planned: int) -> int:
        """How many of the first shards hold so many trials of those that are planned; at most all of them."""
        return max(1, min(self.shards, -(-trials * self.shards // planned)))

    def arguments(self, index: int) -> list[str]:
        """What the program is asked to write a part, unless it is there and whole."""
        return [
            "run", self.scenario, *self.options, "--quiet",
            "--shard", f"{index}/{self.shards}", "--out", str(self.part(index)),
        ]


class SchedulerLost(RuntimeError):
    """The scheduler went away; what was written stays."""


@dataclass
class Look:
    """What the first shards come to, once they are merged."""

    reached: bool
    trials: int
    planned: int
    wanted: int
    """How many trials seem to be enough."""


def run_study(
    study: Study, client: Client, retries: int = 3, report: Callable[[str], None] | None = None
) -> bool:
    """Runs all shards, tries lost ones again, and merges the parts into `study.out`.

    With `study.precision` the first shards alone are run, as many as hold 4,096 trials; as long as that is not enough, at least
    as many again, and not more than there are. How many are run depends on the scenario alone, not on the workers.

    Gives whether the precision is reached (true where none is wanted).

    Raises ShardRefused as soon as one shard is refused, and ShardFailed if one was lost or failed
    more often than `retries`. Parts that were written stay, and another call goes on from them. A
    worker whose fundsim computes differently from the one here refuses its shards. Raises SchedulerLost
    if the scheduler goes away.
    """
    try:
        study.engine = study.engine or engine(study.fundsim)
    except FundsimError as missing:
        raise ShardRefused(str(missing), missing.status) from missing
    report = report or (lambda line: print(line, file=sys.stderr, flush=True))
    study.parts.mkdir(parents=True, exist_ok=True)
    if not study.precision:
        run_shards(study, client, range(study.shards), retries, report)
        merge(study, [str(study.parts)])
        return True
    done, wanted = 0, study.holding(FIRST_LOOK, planned_trials(study))
    while True:
        run_shards(study, client, range(done, wanted), retries, report)
        done = wanted
        look = look_at(study, done)
        if look.reached or done == study.shards:
            return look.reached
        wanted = study.holding(max(2 * look.trials, look.wanted), look.planned)
        report(
            f"{look.trials} trials are not enough, about {look.wanted} are wanted: shards {done} to {wanted - 1} "
            "are run, too")


def run_shards(
    study: Study, client: Client, shards: range, retries: int, report: Callable[[str], None]
) -> None:
    """Runs some of the shards, and tries lost ones again."""
    begin = time.monotonic()
    tries = [0] * study.shards

    def submit(index: int) -> Any:
        tries[index] += 1
        # Not pure: the same call is a new task, and not the failed one's result.
        return client.submit(
            run_shard, study.arguments(index), str(study.part(index)), study.engine, study.fundsim,
            pure=False,
            key=f"shard-{index}-of-{study.shards}-try-{tries[index]}-{begin}")

    indices = {submit(index): index for index in shards}
    running = as_completed(list(indices))
    done = 0
    try:
        for future in running:
            index = indices.pop(future)
            error = future.exception() if future.status == "error" else None
            if future.status == "finished":
                done += 1
                report(progress(done, len(shards), time.monotonic() - begin))
            elif isinstance(error, ShardRefused):
                raise error
            elif client.status != "running":
                raise SchedulerLost
            elif tries[index] <= retries:
                report(f"shard {index}/{study.shards} was lost, once more: {reason(error)}")
                again = submit(index)
                indices[again] = index
                running.add(again)
            else:
                raise ShardFailed(
                    f"shard {index}/{study.shards} failed {tries[index]} times: {reason(error)}")
    finally:
        if client.status == "running":
            client.cancel(list(indices))


def command(study: Study, *arguments: str, passing: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
    """Runs the program here; raises what a status that is none of `passing` comes to."""
    words = [study.fundsim or program(), *arguments]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode not in passing:
        raise failure(f"{' '.join(words[:4])} …\n{done.stderr.strip()}", done.returncode)
    return done


def merge(study: Study, parts: list[str], *options: str) -> int:
    """Puts parts together; fundsim checks that they are all there and whole. Gives the status, 0 or 1."""
    return command(
        study, "merge", *parts, "--quiet", "--out", str(study.out), *options, passing=(0, 1)).returncode


def planned_trials(study: Study) -> int:
    """How many trials the whole run has: what the options say, or the scenario."""
    given = [name for name in ("--trials", "--portfolio") if name in study.options]
    options = [word for name in given for word in (name, study.options[study.options.index(name) + 1])]
    found = command(study, "check", study.scenario, *options, "--json", passing=(0, 64, 65))
    if found.returncode != 0:
        # The same words as those of a shard.
        raise failure(told(found), found.returncode)
    return int(json.loads(found.stdout)["scenario"]["trials"])


def told(found: subprocess.CompletedProcess[str]) -> str:
    """What `check` has against a scenario."""
    if found.stderr.strip():
        return found.stderr.strip()
    problems = json.loads(found.stdout)["problems"]
    return "\n".join(
        f"{item['file']}:{item['line']}:{item['column']}: error[{item['code']}]: {item['message']}" for item in problems)


def look_at(study: Study, done: int) -> Look:
    """Merges the first shards, and tells whether they are enough."""
    options = [word for target in study.precision for word in ("--precision", target)]
    status = merge(study, [str(study.part(index)) for index in range(done)], *options)
    summary = json.loads((study.out / "summary.json").read_text(encoding="utf-8"))
    source, precision = summary["provenance"], summary["precision"]
    return Look(status == 0, source["trials"], source["plannedTrials"], precision["trialsNeeded"] or 0)


def progress(done: int, count: int, seconds: float) -> str:
    left = seconds / done * (count - done)
    return f"{done} of {count} shards, {seconds:.0f} s, about {left:.0f} s left"


def reason(error: BaseException | None) -> str:
    if isinstance(error, KilledWorker):
        return "its workers died"
    return str(error) if error else "it was cancelled"

"""Submits the shards of a study to a cluster, and merges what comes back."""

from __future__ import annotations

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
    engine: str = ""
    """The engine that every worker must be; that of the program here, once it was asked."""

    @property
    def parts(self) -> Path:
        """The folder of the parts. Another number of shards has another one."""
        return self.out / f"parts-of-{self.shards}"

    def part(self, index: int) -> Path:
        return self.parts / f"{index:0{len(str(self.shards - 1))}}.part"

    def arguments(self, index: int) -> list[str]:
        """What the program is asked to write a part, unless it is there and whole."""
        return [
            "run", self.scenario, *self.options, "--quiet",
            "--shard", f"{index}/{self.shards}", "--out", str(self.part(index)),
        ]


class SchedulerLost(RuntimeError):
    """The scheduler went away; what was written stays."""


def run_study(
    study: Study, client: Client, retries: int = 3, report: Callable[[str], None] | None = None
) -> None:
    """Runs all shards, tries lost ones again, and merges the parts into `study.out`.

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
    begin = time.monotonic()
    tries = [0] * study.shards

    def submit(index: int) -> Any:
        tries[index] += 1
        # Not pure: the same call is a new task, and not the failed one's result.
        return client.submit(
            run_shard, study.arguments(index), str(study.part(index)), study.engine, study.fundsim,
            pure=False,
            key=f"shard-{index}-of-{study.shards}-try-{tries[index]}-{begin}")

    indices = {submit(index): index for index in range(study.shards)}
    running = as_completed(list(indices))
    done = 0
    try:
        for future in running:
            index = indices.pop(future)
            error = future.exception() if future.status == "error" else None
            if future.status == "finished":
                done += 1
                report(progress(done, study.shards, time.monotonic() - begin))
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
    merge(study)


def merge(study: Study) -> None:
    """Puts the parts together; fundsim checks that they are all there and whole."""
    command = [study.fundsim or program(), "merge", str(study.parts), "--quiet", "--out", str(study.out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise failure(f"{' '.join(command)}\n{done.stderr.strip()}", done.returncode)


def progress(done: int, count: int, seconds: float) -> str:
    left = seconds / done * (count - done)
    return f"{done} of {count} shards, {seconds:.0f} s, about {left:.0f} s left"


def reason(error: BaseException | None) -> str:
    if isinstance(error, KilledWorker):
        return "its workers died"
    return str(error) if error else "it was cancelled"

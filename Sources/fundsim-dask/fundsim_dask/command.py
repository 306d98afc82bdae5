"""The command line: `fundsim-dask run SCENARIO --shards 64 --scheduler tcp://… --out DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from distributed import Client

from fundsim_dask.cluster import Study, run_study
from fundsim_dask.shard import ShardFailed, ShardRefused


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fundsim-dask", description=__doc__)
    run = parser.add_subparsers(required=True).add_parser(
        "run", help="run a scenario in shards on a Dask cluster, and merge the parts")
    run.add_argument("scenario", help="the scenario, under the path where the workers see it")
    run.add_argument("--shards", type=int, required=True, help="how many pieces")
    run.add_argument("--out", type=Path, required=True, help="a folder that all workers see")
    run.add_argument("--scheduler", help="its address; a cluster of this machine if left out")
    run.add_argument("--fundsim", default="fundsim", help="the fundsim command on the workers")
    run.add_argument("--threads", type=int, default=1, help="threads of each shard")
    run.add_argument("--trials", type=int, help="in place of the scenario's")
    run.add_argument("--seed", type=int, help="in place of the scenario's")
    run.add_argument("--portfolio", help="the loan tape, in place of the scenario's")
    run.add_argument("--retries", type=int, default=3, help="how often a lost shard is tried again")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and gives the exit status, which has the meaning of fundsim's."""
    given = parsed(arguments)
    options = ["--threads", str(given.threads)]
    for name in ("trials", "seed", "portfolio"):
        if (value := getattr(given, name)) is not None:
            options += [f"--{name}", str(value)]
    study = Study(
        scenario=str(Path(given.scenario).resolve()), shards=given.shards,
        out=given.out.resolve(), fundsim=given.fundsim, options=options)
    try:
        with Client(given.scheduler) as client:
            run_study(study, client, retries=given.retries)
    except ShardRefused as error:
        print(error, file=sys.stderr)
        return 65
    except (ShardFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 74
    print(f"Written: {study.out}/summary.json, timeline.csv")
    return 0


if __name__ == "__main__":
    sys.exit(main())

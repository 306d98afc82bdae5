"""The command line: `fundsim-dask run SCENARIO --shards 64 --scheduler tcp://… --out DIR`."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
from concurrent.futures import CancelledError
from pathlib import Path

try:
    from distributed import Client
    from distributed.comm.core import CommClosedError
except ModuleNotFoundError as missing:
    raise SystemExit(
        f"fundsim-dask: Dask is not installed ({missing})\n  help: pip install 'fundsim[dask]'"
    ) from None

from fundsim.dask.cluster import SchedulerLost, Study, run_study
from fundsim.dask.shard import ShardFailed, ShardRefused


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fundsim-dask", description=__doc__)
    run = parser.add_subparsers(required=True).add_parser(
        "run", help="run a scenario in shards on a Dask cluster, and merge the parts")
    run.add_argument("scenario", help="the scenario, under the path where the workers see it")
    run.add_argument("--shards", type=int, required=True, help="how many pieces")
    run.add_argument("--out", type=Path, required=True, help="a folder that all workers see")
    run.add_argument("--scheduler", help="its address; a cluster of this machine if left out")
    run.add_argument(
        "--fundsim", help="another fundsim program, here and on the workers, than each one's own")
    run.add_argument("--threads", type=int, default=1, help="threads of each shard")
    run.add_argument("--trials", type=int, help="in place of the scenario's")
    run.add_argument("--seed", type=int, help="in place of the scenario's")
    run.add_argument("--portfolio", help="the loan tape, in place of the scenario's")
    run.add_argument(
        "--precision", action="append", default=[], metavar="[FIGURE=]PART",
        help="run further shards only until this is known so well, as in fundsim run: 2%%, exhaustion=0.5%%; repeatable")
    run.add_argument("--retries", type=int, default=3, help="how often a lost shard is tried again")
    run.add_argument(
        "--timeout", type=float, default=30, help="seconds to wait for the scheduler")
    return parser.parse_args(arguments)


def lost(
    given: argparse.Namespace, study: Study, client: Client | None, error: BaseException
) -> str:
    """What is said where the scheduler cannot be reached, or went away, and the way to go on."""
    name = given.scheduler or "the cluster of this machine"
    if isinstance(error, FileNotFoundError):
        return f"{error.filename}: there is no such command\n  help: name it with --fundsim"
    if client is None:
        return (
            f"{name}: the scheduler cannot be reached\n"
            "  help: start it (dask scheduler --host 127.0.0.1), or check the address")
    done = len(list(study.parts.glob("[0-9]*.part")))
    return (
        f"{name}: the scheduler was lost; {done} of {study.shards} shards are done\n"
        "  help: start the scheduler and its workers, and type the same command again: it goes on from "
        f"the parts in {study.parts}")


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and gives the exit status, which has the meaning of fundsim's."""
    given = parsed(arguments)
    options = ["--threads", str(given.threads)]
    for name in ("trials", "seed", "portfolio"):
        if (value := getattr(given, name)) is not None:
            options += [f"--{name}", str(value)]
    study = Study(
        scenario=str(Path(given.scenario).resolve()), shards=given.shards,
        out=given.out.resolve(), fundsim=given.fundsim, options=options,
        precision=given.precision)
    # What Dask says of its own connections would stand above what the analyst is told.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    client = None
    try:
        client = Client(given.scheduler, timeout=given.timeout)
        reached = run_study(study, client, retries=given.retries)
    except ShardRefused as error:
        print(error, file=sys.stderr)
        return error.status
    except ShardFailed as error:
        print(error, file=sys.stderr)
        return 74
    except (SchedulerLost, CommClosedError, CancelledError, TimeoutError, OSError) as error:
        print(lost(given, study, client, error), file=sys.stderr)
        return 74
    finally:
        if client is not None:
            with contextlib.suppress(Exception):
                client.close(timeout=2)
    print(f"Written: {study.out}/summary.json, timeline.csv")
    if reached:
        return 0
    print(
        f"{' '.join(study.precision)} is not reached with all {study.shards} shards; summary.json says how many trials are wanted\n"
        "  help: run more trials (--trials), or ask for less", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

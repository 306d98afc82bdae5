"""One shard, run on a worker. The worker needs this package and the files, no Python data."""

from __future__ import annotations

import socket
import subprocess

from fundsim.problems import FundsimError
from fundsim.program import engine, program

# What fundsim ends with when trying again cannot help: a wrong command line, a wrong input.
PERMANENT = {64, 65}


class ShardFailed(RuntimeError):
    """The command ended badly; another try may succeed."""


class ShardRefused(RuntimeError):
    """The command refuses its input, or the worker is another engine; every other try would end the same.

    `status` is the command's: 64 for a wrong command line, 65 for a wrong input or another engine.
    """

    def __init__(self, text: str, status: int = 65):
        super().__init__(text, status)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0])


def run_shard(arguments: list[str], part: str, wanted: str, fundsim: str | None = None) -> str:
    """Runs the command that writes a part, and gives the part's path.

    The program is this worker's own, the one that its package carries, unless `fundsim` names another.
    One that is not the engine `wanted` is refused before it works, by the worker's name.

    fundsim writes a part under a temporary name and renames it when it is whole, and leaves one that
    is there already as it is. So a task that is run twice, or of which an orphan goes on after its
    worker was killed, does no harm.
    """
    try:
        path = fundsim or program()
        own = engine(path)
    except FundsimError as error:
        raise ShardFailed(f"worker {worker_name()}: {error}") from error
    if own != wanted:
        raise ShardRefused(
            f"worker {worker_name()}: error[other-engine]: its fundsim is {own}, and this run is of {wanted}\n"
            f"  help: install the same version there as here, or leave that worker out ({path})")
    command = [path, *arguments, "--engine", wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return part
    text = (
        f"worker {worker_name()}: {' '.join(command)}\n"
        f"ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    raise failure(text, done.returncode)


def worker_name() -> str:
    """The name and the address by which the cluster knows this worker, and its machine."""
    machine = socket.gethostname()
    try:
        from distributed import get_worker

        worker = get_worker()
    except (ImportError, ValueError):
        return machine
    named = f"'{worker.name}' at " if str(worker.name) != worker.address else ""
    return f"{named}{worker.address} ({machine})"


def failure(text: str, status: int) -> ShardRefused | ShardFailed:
    """What a command that ended with a status comes to."""
    return ShardRefused(text, status) if status in PERMANENT else ShardFailed(text)

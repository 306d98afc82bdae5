"""One shard, run on a worker. The worker needs the fundsim command and the files, no Python data."""

import subprocess

# What fundsim ends with when trying again cannot help: a wrong command line, a wrong input.
PERMANENT = {64, 65}


class ShardFailed(RuntimeError):
    """The command ended badly; another try may succeed."""


class ShardRefused(RuntimeError):
    """The command refuses its input; every other try would end the same."""


def run_shard(command: list[str], part: str) -> str:
    """Runs the command that writes a part, and gives the part's path.

    fundsim writes a part under a temporary name and renames it when it is whole, and leaves one that
    is there already as it is. So a task that is run twice, or of which an orphan goes on after its
    worker was killed, does no harm.
    """
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return part
    text = f"{' '.join(command)}\nended with {done.returncode}: {done.stderr.strip()[-2000:]}"
    raise (ShardRefused if done.returncode in PERMANENT else ShardFailed)(text)

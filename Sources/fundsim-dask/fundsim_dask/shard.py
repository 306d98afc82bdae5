"""One shard, run on a worker. The worker needs the fundsim command and the files, no Python data."""

import subprocess

# What fundsim ends with when trying again cannot help: a wrong command line, a wrong input.
PERMANENT = {64, 65}


class ShardFailed(RuntimeError):
    """The command ended badly; another try may succeed."""


class ShardRefused(RuntimeError):
    """The command refuses its input; every other try would end the same.

    `status` is the command's: 64 for a wrong command line, 65 for a wrong input.
    """

    def __init__(self, text: str, status: int = 65):
        super().__init__(text, status)
        self.status = status

    def __str__(self) -> str:
        return self.args[0]


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
    raise failure(text, done.returncode)


def failure(text: str, status: int) -> ShardRefused | ShardFailed:
    """What a command that ended with a status comes to."""
    return ShardRefused(text, status) if status in PERMANENT else ShardFailed(text)

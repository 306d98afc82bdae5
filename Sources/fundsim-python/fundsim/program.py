"""Where the program is, and which engine it is."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

from fundsim.problems import ProgramFailed, ProgramMissing

CARRIED = Path(__file__).parent / "bin" / "fundsim"


def program() -> str:
    """The path of the program: what $FUNDSIM names, else the wheel's own, else the first on the PATH.

    Raises ProgramMissing if there is none.
    """
    if named := os.environ.get("FUNDSIM"):
        if found := shutil.which(named):
            return str(Path(found).resolve())
        raise ProgramMissing(f"FUNDSIM names '{named}', which is no program")
    if CARRIED.exists():
        return str(CARRIED)
    for folder in os.get_exec_path():
        found = shutil.which("fundsim", path=folder)
        if found and not is_own_script(Path(found)):
            return found
    raise ProgramMissing(
        "this installation carries no fundsim program, and there is none on the PATH\n"
        "  help: install a wheel for this machine, or name the program: FUNDSIM=/path/to/fundsim")


def is_own_script(path: Path) -> bool:
    """Whether a command is the one that pip made of this package, which would only come back here."""
    with open(path, "rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"fundsim.command_line" in start


def engine(path: str | None = None) -> str:
    """What the program computes, in one word: two programs of one engine give the same bits.

    Raises ProgramMissing if it cannot be started, ProgramFailed if it does not say.
    """
    return engine_of(path or program())


@functools.cache
def engine_of(path: str) -> str:
    try:
        done = subprocess.run([path, "engine"], capture_output=True, text=True, check=False)
    except OSError as error:
        raise ProgramMissing(f"{path}: {error.strerror}") from error
    if done.returncode != 0:
        raise ProgramFailed(f"{path} engine: {done.stderr.strip()}", done.returncode)
    return done.stdout.strip()

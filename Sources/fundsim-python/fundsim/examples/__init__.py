"""The scenarios that come with the program."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parents[1] / "scenarios"


def folder() -> Path:
    """Where the scenarios lie: in the wheel, or in the repository that the package is used from."""
    if HERE.is_dir():
        return HERE
    return Path(__file__).resolve().parents[4] / "scenarios"


def examples() -> list[str]:
    """The names of the scenarios that come with the program."""
    return sorted(path.parent.name for path in folder().glob("*/scenario.yaml"))


def example(name: str) -> Path:
    """The folder of a scenario that comes with the program, to run and to read; copy it to change it.

    Raises KeyError with the names that there are.
    """
    if name not in examples():
        raise KeyError(f"no scenario is called '{name}'; use one of: {', '.join(examples())}")
    return folder() / name


def main() -> int:
    """`python3 -m fundsim.examples FOLDER`: copies all scenarios into a new folder."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print("usage: python3 -m fundsim.examples FOLDER", file=sys.stderr)
        return 64
    target = Path(sys.argv[1])
    if target.exists():
        print(f"{target}: is there already\n  help: name a new folder", file=sys.stderr)
        return 74
    shutil.copytree(folder(), target)
    print(f"{target}: {', '.join(examples())}")
    return 0


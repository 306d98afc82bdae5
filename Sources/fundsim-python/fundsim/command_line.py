"""The command `fundsim`: the program that the wheel carries, in this process's place."""

from __future__ import annotations

import os
import sys

from fundsim.problems import ProgramMissing
from fundsim.program import program


def main() -> int:
    """Becomes the program, with the same arguments; signals and exit status are its own."""
    try:
        path = program()
        os.execv(path, [path, *sys.argv[1:]])
    except ProgramMissing as error:
        print(error, file=sys.stderr)
        return error.status
    except OSError as error:
        print(f"{path}: {error.strerror}", file=sys.stderr)
        return 71


if __name__ == "__main__":
    sys.exit(main())

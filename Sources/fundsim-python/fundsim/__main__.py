"""`python3 -m fundsim`: the program."""

import sys

from fundsim.command_line import main

sys.exit(main())

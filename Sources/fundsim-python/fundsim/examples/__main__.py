"""`python3 -m fundsim.examples FOLDER`."""

import sys

from fundsim.examples import main

sys.exit(main())

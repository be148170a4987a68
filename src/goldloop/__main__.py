"""`python -m goldloop`: the command line."""

import sys

from goldloop.cli import main

sys.exit(main())

"""`python -m engine.cli`: the command, where its script is not at hand."""

import sys

from engine.cli.program import main

sys.exit(main())

"""`python -m fenqi.cli`."""

import sys

from fenqi.cli.main import main

sys.exit(main(sys.argv[1:]))

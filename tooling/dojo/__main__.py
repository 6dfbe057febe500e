"""`python -m dojo VERB`."""

import sys

from dojo.cli import main, parser

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], parser))

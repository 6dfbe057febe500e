"""`python -m bench BENCHMARK`: measure how long the tool takes."""

import sys

from dojo.cli import main

from bench.bench import parser

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], parser))

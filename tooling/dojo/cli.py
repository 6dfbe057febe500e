"""The verbs."""

import sys
from pathlib import Path
from dojo import catalog
from dojo.errors import UsageError

def main(argv):
    from rich.console import Console
    from dojo.authoring.verify import verify
    root = catalog.find_root(Path.cwd())
    return 0 if verify([catalog.find(root, w) for w in argv[1:]] or catalog.katas(root), Console()) else 1

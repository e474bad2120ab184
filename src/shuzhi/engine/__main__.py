"""`python -m shuzhi.engine score …`: the engine without the rest of the product."""

import sys

from shuzhi.engine.cli import main

if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main(arguments[1:] if arguments[:1] == ["score"] else arguments))

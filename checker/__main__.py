"""``python -m checker``."""

import gc
import sys


def main() -> None:
    """Run the command line."""
    from checker.cli import run

    code = run(sys.argv[1:])
    gc.freeze()  # the process ends: looking for cycles in all that it made would take a tenth of a short run
    sys.exit(code)


if __name__ == "__main__":
    main()

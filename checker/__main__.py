"""``python -m checker``."""

import sys


def main() -> None:
    """Run the command line."""
    from checker.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

"""`python -m simulator` is `mbdr`."""

import os
import sys


def main() -> None:
    """Runs the command line; an interrupt before it is loaded ends like one later."""
    try:
        from simulator.cli import main as command_line

        command_line()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        os._exit(130)


if __name__ == "__main__":
    main()

"""`python -m simulator` is `mbdr`."""

from simulator.cli import main

if __name__ == "__main__":
    main()

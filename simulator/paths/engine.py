"""Which engine does the work: numpy, always there, or the compiled one of the extra `fast`."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from simulator.notation.wording import shown
from simulator.refusal import Refused

EXACT = "exact"
"""In place of an engine: no paths where there is an exact distribution; what has none is simulated."""

ENGINES = ("auto", "numpy", "fast", EXACT)

WORTHWHILE = 1_000_000
"""From so much work of a process on the compiled engine pays for its start. [paths x policies x years]

Starting takes it about 0.4 s; of each path of each policy it saves 1.2 us where a comparison makes its
prices, and 0.15 us in a sweep or a batch, which share them. (Its very first start compiles, some seconds.)
"""

ADDRESSES = 4 << 30
"""What a limit on the memory of a process must leave the compiled engine. [bytes]"""

COMPILED = "simulator.paths.compiled.threads"


_so_far = [0]
"""What `auto` was asked for in this process: a batch and a sweep ask for little, but often."""


class NoEngine(Refused):
    """The engine that was asked for is not installed: one line for the user."""

    argument = "engine"


def demand_engine(choice: str) -> None:
    """Raises `NoEngine` where there is no such engine."""
    if not (isinstance(choice, str) and choice in ENGINES):
        known = ", ".join(ENGINES)
        raise NoEngine(f"there is no engine {shown(choice)}; choose one of {known}")


def engine(choice: str, work: int) -> ModuleType | None:
    """The compiled engine, or None where numpy does the work.

    Args:
        choice: One of `ENGINES`.
        work: How much there is to do, 0 for the ledger. [paths x policies x years]

    Raises:
        NoEngine: The compiled engine was asked for and is not installed.
    """
    demand_engine(choice)
    if choice == "fast" and not _installed():
        raise NoEngine("the engine fast needs the extra fast: pip install 'mbdr-simulator[fast]'")
    if choice == "fast" and not _roomy():
        raise NoEngine(
            f"the engine fast reserves much memory; let `ulimit -v` leave {ADDRESSES >> 30} GiB"
        )
    choice = "auto" if choice == EXACT else choice
    if choice == "auto":
        _so_far[0] += work
    worthwhile = _so_far[0] >= WORTHWHILE or COMPILED in sys.modules  # once started, it is there
    if not work or choice == "numpy" or (choice == "auto" and not worthwhile):
        return None
    return _started() if _installed() and _roomy() else None


def counted_anew() -> None:
    """What comes is a question of its own, whose asker waits: what came before it starts no engine."""
    _so_far[0] = 0


def _installed() -> bool:
    return find_spec("numba") is not None


@cache
def _roomy() -> bool:
    """Whether there are addresses enough for what it loads, which hangs or aborts where they run out."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit
    except ImportError:  # this system has no such limit
        return True
    most, _ = getrlimit(RLIMIT_AS)
    return most == RLIM_INFINITY or most >= ADDRESSES


@cache
def _started() -> ModuleType | None:
    """The compiled engine, unless it cannot start; that is said once.

    So it is where there is no place to keep what it compiles, or where numba does not go with this numpy.
    """
    try:
        return import_module(COMPILED)
    except (ImportError, RuntimeError, OSError) as error:
        reason = str(error).partition("\n")[0]
        hint = "; set NUMBA_CACHE_DIR to a folder to write to" if "cache" in reason else ""
        sys.stderr.write(f"numpy does the work: {reason}{hint}\n")
        return None

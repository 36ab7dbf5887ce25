"""A worker: a process that is sent tasks and sends back what they come to."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from contextlib import suppress

from simulator.batches.tasks import done


def serve() -> None:
    """What a process does: tasks come on its standard input, outcomes go to its standard output."""
    outcomes = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no outcome
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, BrokenPipeError):
        while True:
            pickle.dump(done(pickle.load(sys.stdin.buffer)), outcomes)
            outcomes.flush()


def _watch(parent: int) -> None:
    """Ends this process when its parent is gone, whatever it works on."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)

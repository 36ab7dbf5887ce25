"""The mega backdoor Roth, simulated: how often to convert, and what waiting costs.

scenario file --load--> Scenario --paychecks--> contributions --policy--> timeline
    timeline + prices of one path  --> ledger  (exact, every posting kept)
    timeline + prices of all paths --> kernel  (arrays, the same cents)
--> Comparison --> report: tables, files, pictures

`load` reads a scenario file, `compare` answers it, `sweep` varies one thing, `best` finds the dates on which
to convert, `elect` what to enter on the plan's website, `audit` whether a Form 1099-R is right (`letter`
writes to the plan), `moved` what of an answer is not as it was, `batch` answers many, `read` shows how an
export is understood; `paychecks`, `ledger` and `limits` are data frames, `plot` shows, `page` (or `report`)
is to send, `pages` makes those of many clients, `workbook` is for a spreadsheet. Amounts are dollars here,
shares fractions; inside the program amounts are whole cents.
`simulator.simulation` is the file to read first.
"""

from typing import TYPE_CHECKING, Any

from simulator.version import __version__

__all__ = [
    "Comparison",
    "Mistakes",
    "Refused",
    "Scenario",
    "__version__",
    "audit",
    "batch",
    "best",
    "compare",
    "elect",
    "ledger",
    "letter",
    "limits",
    "load",
    "moved",
    "page",
    "pages",
    "paychecks",
    "plot",
    "read",
    "report",
    "sweep",
    "workbook",
]

if TYPE_CHECKING:
    from simulator.answer.comparison import Comparison
    from simulator.batches.file_read import read
    from simulator.batches.run import batch
    from simulator.clients.pages import pages
    from simulator.decisions.audit import audit
    from simulator.decisions.best import best
    from simulator.decisions.elect import elect
    from simulator.decisions.moved import moved
    from simulator.notation.mistakes import Mistakes
    from simulator.presentation import ledger, limits, page, paychecks, plot
    from simulator.presentation import page as report
    from simulator.refusal import Refused
    from simulator.report.audit_words import letter
    from simulator.report.sheets import workbook
    from simulator.scenario.loading import load
    from simulator.scenario.scenario import Scenario
    from simulator.simulation import compare
    from simulator.sweeps import sweep

_ROOMS = {
    "Comparison": "simulator.answer.comparison",
    "Mistakes": "simulator.notation.mistakes",
    "Refused": "simulator.refusal",
    "Scenario": "simulator.scenario.scenario",
    "audit": "simulator.decisions.audit",
    "batch": "simulator.batches.run",
    "best": "simulator.decisions.best",
    "compare": "simulator.simulation",
    "elect": "simulator.decisions.elect",
    "letter": "simulator.report.audit_words",
    "load": "simulator.scenario.loading",
    "ledger": "simulator.presentation",
    "limits": "simulator.presentation",
    "moved": "simulator.decisions.moved",
    "page": "simulator.presentation",
    "pages": "simulator.clients.pages",
    "paychecks": "simulator.presentation",
    "plot": "simulator.presentation",
    "read": "simulator.batches.file_read",
    "sweep": "simulator.sweeps",
    "workbook": "simulator.report.sheets",
}


def __getattr__(name: str) -> Any:
    """Imports a name of the front door when it is first asked for: a command loads what it needs."""
    from importlib import import_module

    if name == "report":  # a room that can be called: as often as not it is imported already
        return import_module("simulator.report")
    if name not in _ROOMS:
        raise AttributeError(f"module 'simulator' has no attribute '{name}'")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The names of the front door, whether imported by now or not."""
    return sorted(__all__)

"""An answer presented: what is shown beside it is worked out here, and handed to whatever shows it."""

from simulator.presentation.drawing import KINDS, UnknownKind, plot, recommended
from simulator.presentation.frames import UnknownYear, ledger, limits, paychecks
from simulator.presentation.telling import checklist, delays_of, page, reminders, set_asides

__all__ = [
    "KINDS",
    "UnknownKind",
    "UnknownYear",
    "checklist",
    "delays_of",
    "ledger",
    "limits",
    "page",
]
__all__ += ["paychecks", "plot", "recommended", "reminders", "set_asides"]

"""How the answer is told: tables and sentences, files, pictures.

Called, `simulator.report(scenario)`, it is the page: see `simulator.page`.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A room that has the name of a call."""

    def __call__(self, *args: Any, **options: Any) -> str:
        page: Any = sys.modules["simulator"].page  # the front door is loaded before its rooms
        return str(page(*args, **options))


sys.modules[__name__].__class__ = _Room

"""Pydantic without plugins: what looks for them loads what reads packages, zip files and mail.

That is a twentieth of a start, and `PYDANTIC_DISABLE_PLUGINS` alone does not spare it.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

LOOK_UP = "pydantic.plugin._loader"


class NoPlugins(ModuleType):
    """In place of pydantic's look-up of plugins; asked for anything else, it makes way for it."""

    get_plugins = staticmethod(tuple)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(LOOK_UP) is self:
            del sys.modules[LOOK_UP]
        return getattr(import_module(LOOK_UP), name)


def without_plugins() -> None:
    """Spares the look-up where this process has none of them, before pydantic checks its first value."""
    if os.environ.get("PYDANTIC_DISABLE_PLUGINS") == "1":
        sys.modules.setdefault(LOOK_UP, NoPlugins(LOOK_UP))

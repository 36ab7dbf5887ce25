"""Pydantic's look-up of plugins, where there are none: what stands in its place."""

import sys
from importlib import import_module

import pytest

from simulator.notation.plugins import LOOK_UP, NoPlugins, without_plugins


def test_where_there_are_none_the_look_up_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """And where somebody may have some, it is left alone."""
    monkeypatch.delitem(sys.modules, LOOK_UP, raising=False)
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "some-plugin")
    without_plugins()
    assert LOOK_UP not in sys.modules
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "1")
    without_plugins()
    assert list(import_module(LOOK_UP).get_plugins()) == []
    assert isinstance(sys.modules[LOOK_UP], NoPlugins)


def test_asked_for_anything_else_it_makes_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another release of pydantic may ask it for is asked of the real one."""
    placeholder = NoPlugins(LOOK_UP)
    monkeypatch.setitem(sys.modules, LOOK_UP, placeholder)
    assert placeholder.PYDANTIC_ENTRY_POINT_GROUP == "pydantic"
    assert not isinstance(sys.modules[LOOK_UP], NoPlugins)
    with pytest.raises(AttributeError, match="__path__"):
        _ = placeholder.__path__

"""How functions of this engine are compiled."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit, types
from numba.extending import intrinsic

Function = TypeVar("Function", bound=Callable[..., Any])

STRICT: dict[str, Any] = {
    "fastmath": False,
    "error_model": "numpy",
    "nogil": True,
    "_nrt": False,
}
"""IEEE arithmetic as it is written: no reordering, no fused multiply-add.

And no counting of who holds an array, which would take as long as the arithmetic on it: none is made here.
"""


def compiled(function: Function) -> Function:
    """A function that compiled code calls: it becomes part of its caller."""
    return cast(Function, njit(**STRICT)(function))


def inlined(function: Function) -> Function:
    """A function that gives a column, written out where it is called: without counts none returns one."""
    return cast(Function, njit(inline="always", **STRICT)(function))


def _widest(_typing: Any) -> tuple[Any, Callable[..., Any]]:
    def generate(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')  # llvmlite knows it not
        return context.get_dummy_value()

    return types.void(), generate


in_widest_vectors = cast(Callable[[], None], intrinsic(_widest))
"""Said in a function whose loops are all arithmetic: the widest vectors that the processor has.

The compiler takes half as wide ones by itself, for the sake of what stands between such loops. Each element's
arithmetic is the same in any width.
"""

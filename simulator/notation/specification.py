"""What every class of a scenario file is: frozen, shown as a file has it, changed through the door alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from simulator.refusal import Refused

NUMBERS = "numbers"
"""The context in which values are dumped as a Python caller has them: dollars, and shares as fractions."""

Kind = TypeVar("Kind", bound=BaseModel)

_PYDANTIC = frozenset(dir(BaseModel)) - frozenset(dir(object))
"""Names that no user needs: they are not completed."""


class Unchecked(Refused):
    """A part of a scenario was to be changed past the checks: which call does it with them."""

    def __init__(self, names: Iterable[str]):
        fields = ", ".join(f"{name}=..." for name in names)
        super().__init__(
            f"model_copy takes {fields or 'values'} unchecked, and in cents; write "
            "scenario.varied(pay__salary=180_000), with dollars, and shares as fractions"
        )


class Fixed(Refused):
    """A field was to be set: which call makes another scenario."""

    def __init__(self, name: str):
        super().__init__(
            f"{name} = ... would change a scenario that others may hold; write "
            "scenario.varied(pay__salary=180_000), which makes another, and checks it"
        )


class Specification(BaseModel):
    """A part of a scenario: it carries its bounds, and the one method that does its work."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy; with other values it is refused, since nothing would check them: see `Scenario.varied`.

        Raises:
            Unchecked: There are other values.
        """
        if update:
            raise Unchecked(update)
        return super().model_copy(deep=deep)

    def __deepcopy__(self, _: dict[int, Any] | None = None) -> Self:
        """Itself: it cannot change."""
        return self

    def copy(self, **changes: Any) -> Self:
        """The older name of `model_copy`."""
        return self.model_copy(**changes)

    if not TYPE_CHECKING:  # which knows that a frozen field is not set, and would forget all others

        def __setattr__(self, name: str, value: object) -> None:
            if name in type(self).model_fields:
                raise Fixed(name)
            super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            if name in type(self).model_fields:
                raise Fixed(name)
            super().__delattr__(name)

    def __dir__(self) -> Iterable[str]:
        names = super().__dir__()
        return [name for name in names if name not in _PYDANTIC and "pydantic" not in name]

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """What was given, as a file has it: `salary='$200000'`."""
        yield from self.model_dump(mode="json", exclude_unset=True).items()


def replaced(specification: Kind, **fields: Any) -> Kind:
    """The same with other fields, for the program itself: nothing is checked, amounts are whole cents.

    Args:
        specification: A part of a scenario, or all of it.
        fields: Values of its fields as they are inside.
    """
    return BaseModel.model_copy(specification, update=fields)

"""Every model of returns: of the fund outside, and with it of the one that money is parked in."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from simulator.returns.bootstrap import Bootstrap
from simulator.returns.constant import Constant
from simulator.returns.garch import Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal


def _model(value: Any) -> Any:
    return (
        value.get("model", "constant")
        if isinstance(value, dict)
        else getattr(value, "model", "constant")
    )


Returns = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Bootstrap, Tag("bootstrap")]
    | Annotated[Garch, Tag("garch")]
    | Annotated[History, Tag("history")],
    Discriminator(_model),
]

EVERY_MODEL = (Constant, Lognormal, Bootstrap, Garch, History)

for _each in EVERY_MODEL:  # a fund's model holds that of another fund, of any of these classes
    _each.model_rebuild(_types_namespace={"Returns": Returns})

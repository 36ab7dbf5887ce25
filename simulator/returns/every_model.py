"""Every model of returns: of the fund outside, and with it of the one that money is parked in."""

import json
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from simulator.returns.bootstrap import Bootstrap
from simulator.returns.constant import Constant
from simulator.returns.garch import Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import AnyModel


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

OF_OUTSIDE, OF_PARKED = ("after_tax", "paths", "seed", "sampling"), ("correlation",)
"""What a file says of the fund outside alone, and of parked money alone: a rule explains it elsewhere."""

EVERY_MODEL = (Constant, Lognormal, Bootstrap, Garch, History)

AnyModel.union = Returns  # a fund's model holds that of another fund, of any of these classes


def schemas_apart(schemas: dict[str, Any]) -> None:
    """Gives the models of parked money schemas of their own, with what may be said of them alone.

    Args:
        schemas: The JSON Schemas of a file's classes, by name.
    """
    names = [model.__name__ for model in EVERY_MODEL]
    parked = json.dumps(schemas["Constant"]["properties"]["after_tax"])
    for name in names:
        parked = parked.replace(f'/{name}"', f'/Parked{name}"')
    for name in names:
        whole = schemas[name]
        said = {field: one for field, one in whole["properties"].items() if field not in OF_OUTSIDE}
        schemas[f"Parked{name}"] = {**whole, "properties": said, "title": f"Parked{name}"}
        outside = {
            field: one for field, one in whole["properties"].items() if field not in OF_PARKED
        }
        schemas[name] = {**whole, "properties": outside | {"after_tax": json.loads(parked)}}

"""Pictures of an answer: taxable earnings by policy or delay, one policy's balances, what goes in, wealth.

Each has a title that states its finding; the same sentence begins its text for those who do not see it.
"""

from simulator.report.pictures.balance import balance
from simulator.report.pictures.cadence import cadence
from simulator.report.pictures.contributions import contributions
from simulator.report.pictures.delay import TooManyRows, delay_picture, demand_rows
from simulator.report.pictures.form import form_picture
from simulator.report.pictures.heat import demand_squares, grid_picture
from simulator.report.pictures.image import UnknownImage, image, save
from simulator.report.pictures.look import WIDE, Look, look
from simulator.report.pictures.people import people_picture
from simulator.report.pictures.verdict import verdict_picture
from simulator.report.pictures.wealth import NoWealth, wealth

__all__ = ["TooManyRows", "UnknownImage", "balance", "cadence", "contributions", "delay_picture"]
__all__ += ["NoWealth", "form_picture", "grid_picture", "image", "people_picture", "save", "wealth"]
__all__ += ["WIDE", "Look", "look", "verdict_picture"]
__all__ += ["demand_room"]


def demand_room(down: int, across: int | None = None) -> None:
    """Raises `TooManyRows` or `TooManySquares` where there is no picture of a sweep with so many values.

    Args:
        down: Values of its field.
        across: Values of its second field, where it has one.
    """
    if across is None:
        demand_rows(down)
    else:
        demand_squares(down, across)

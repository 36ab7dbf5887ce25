"""Pictures of an answer: taxable earnings by policy or delay, one policy's balances, what goes in.

Each has a title that states its finding; the same sentence begins its text for those who do not see it.
"""

from simulator.report.pictures.balance import balance
from simulator.report.pictures.cadence import cadence
from simulator.report.pictures.contributions import contributions
from simulator.report.pictures.delay import TooManyRows, delay_picture
from simulator.report.pictures.form import form_picture
from simulator.report.pictures.heat import grid_picture
from simulator.report.pictures.image import UnknownImage, image, save
from simulator.report.pictures.people import people_picture

__all__ = ["TooManyRows", "UnknownImage", "balance", "cadence", "contributions", "delay_picture"]
__all__ += ["form_picture", "grid_picture", "image", "people_picture", "save"]

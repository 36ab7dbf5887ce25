"""Pictures of an answer: taxable earnings by policy or delay, one policy's balances, what goes in.

Each has a title that states its finding; the same sentence begins its text for those who do not see it.
"""

from simulator.report.pictures.delay import TooManyRows, delay_alt_text, delay_picture
from simulator.report.pictures.form import form_picture
from simulator.report.pictures.image import UnknownImage, image, save
from simulator.report.pictures.kinds import KINDS, UnknownKind, alt_text, picture, plot
from simulator.report.pictures.people import people_picture

__all__ = ["KINDS", "TooManyRows", "UnknownImage", "UnknownKind", "alt_text", "delay_alt_text"]
__all__ += ["delay_picture", "form_picture", "image", "people_picture", "picture", "plot", "save"]

"""Pictures of an answer: taxable earnings by policy or delay, one policy's balances, what goes in.

Each has a title that states its finding; the same sentence begins its text for those who do not see it.
"""

from simulator.report.pictures.delay import delay_alt_text, delay_picture
from simulator.report.pictures.image import UnknownImage, save
from simulator.report.pictures.kinds import KINDS, UnknownKind, alt_text, picture

__all__ = ["KINDS", "UnknownImage", "UnknownKind", "alt_text", "delay_alt_text", "delay_picture"]
__all__ += ["picture", "save"]

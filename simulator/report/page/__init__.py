"""The page that an adviser can send: one HTML file with everything in it, and its PDF."""

from simulator.report.page.page import page
from simulator.report.page.paper import NoPaper, paper

__all__ = ["NoPaper", "page", "paper"]

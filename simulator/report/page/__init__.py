"""The page that an adviser can send: one HTML file with everything in it, and its PDF."""

from simulator.report.page.page import Told, page
from simulator.report.page.paper import NoPaper, demand_paper, paper

__all__ = ["NoPaper", "Told", "demand_paper", "page", "paper"]

"""What `elect` must not say against the years."""

from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule


@rule("years", "elect.from")
def elected_in_first_year(scenario: Question) -> Broken:
    """What is to be elected begins in the first year."""
    begins, first = scenario.elect.from_, scenario.years.first
    if begins is not None and begins.year != first:
        yield ("elect", "from"), f"{begins} is not in the first year, {first}"

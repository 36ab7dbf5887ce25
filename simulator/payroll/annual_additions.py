"""Annual additions: what exceeds the 415(c) limit is cut, employer money before deferrals."""

from simulator.payroll.contribution import ANNUAL_ADDITIONS, Contribution, ContributionYear


def fit_annual_additions(year: ContributionYear, excess_rule: str) -> None:
    """Cuts what exceeds 415(c): employer money, latest first; where none is left, the latest deferrals.

    After-tax contributions never exceed it by themselves; under `room: year-to-date` they may have
    taken the room of what came later. By the other rule the latest of them are paid back, before anything
    is cut. Catch-up is outside the limit and stays. Law: IRC 415(c); Rev. Proc. 2021-30, section 6.06(2).
    """
    excess = year.annual_additions - year.annual_additions_limit
    latest_first = year.contributions[::-1] if excess > 0 else ()
    for paid in latest_first if excess_rule == "after-tax" else ():
        paid.returned = max(0, min(paid.after_tax, excess))
        excess -= paid.returned
    for paid in latest_first:
        excess -= _cut_employer_money(paid, excess)
    for paid in latest_first:
        excess -= _cut_deferrals(paid, excess, year.roth_catch_up)


def _cut_employer_money(paid: Contribution, excess: int) -> int:
    """Takes at most the excess off employer money, nonelective first; returns what was taken. [cents]"""
    asked = paid.employer
    granted = paid.pour(asked, {ANNUAL_ADDITIONS: asked - excess})
    paid.match = min(paid.match, granted)
    paid.nonelective = granted - paid.match
    paid.employer_cut += asked - granted
    return asked - granted


def _cut_deferrals(paid: Contribution, excess: int, roth_catch_up: bool) -> int:
    """Takes at most the excess off deferrals, Roth first; returns what was taken. [cents]

    Catch-up is not counted, so as much as it stays; in the Roth column, where it must be Roth.
    """
    asked = paid.deferrals - paid.catch_up
    granted = paid.pour(asked, {ANNUAL_ADDITIONS: asked - excess})
    taken = asked - granted
    from_roth = min(taken, paid.roth - (paid.catch_up if roth_catch_up else 0))
    paid.roth -= from_roth
    paid.pre_tax -= taken - from_roth
    return taken

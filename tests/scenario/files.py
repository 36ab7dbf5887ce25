"""The shortest scenario file and one with every field, read, or refused with all its mistakes."""

from pathlib import Path

from simulator.notation.mistakes import Mistakes
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario

SHORTEST = """\
name: Emily
years: 2025
birth_year: 1997
pay:
  salary: 200_000
  frequency: monthly
"""
"""Everything that is required, and nothing else."""

EXAMPLE = """\
name: Emily, 28, converts after every paycheck   # required
notes: Where the figures come from               # optional
years: 2025                                      # required: 2025, or 2025-2054
birth_year: 1997                                 # required: catch-up goes by the age at the year's end

pay:
  salary: 200_000            # $ a year; or a list of {from: 2025-01-01, salary: 200_000}
  raise: 0%                  # each January 1 from the second year on
  frequency: biweekly        # weekly | biweekly | semimonthly | monthly
  first_pay_date: 2025-01-03 # weekly, biweekly: required (the cycle's anchor); others: no pay before it
  last_pay_date: none        # employment ends: no paycheck after it
  pay_days: [15, last]       # semimonthly: two, monthly: one
  extra_period: pay          # pay | spread
  rounding: paycheck         # paycheck | year-to-date
  bonuses:
    - {date: 2025-03-14, amount: 30_000, elections: true, matched: true}
  prior_year_wages: 185_000  # FICA wages of the year before; default the first year's salary; 0 = new hire

elections:                   # each: a share of gross ("12%"), dollars per paycheck (500), or max
  pre_tax: 12%
  roth: 0%
  after_tax: 10%
  changes:                   # from a date on
    - {from: 2025-07-01, after_tax: 15%}
  already_deferred: 0        # to another employer's plan in the first year (402(g) is per person)

plan:
  type: 401k                 # 401k | 403b | solo-401k
  after_tax: {allowed: true, cap: none}       # cap: share of gross, dollars a year, or none
  room: reserve              # reserve | year-to-date
  spillover: false
  match:                     # tiers; one without up_to matches every deferral
    - {rate: 100%, up_to: 3%}
  match_cap: none            # dollars a year
  match_catch_up: true
  true_up: false
  nonelective: 3%            # a share of pay, or {amount: 6_000, date: 2025-12-31}
  deposit_lag: 0             # bank days
  eligibility_days: 0        # calendar days
  conversion:
    allowed: true
    to: roth-401k            # roth-401k | roth-ira | split
    fee: 0                   # dollars each
    max_per_year: none
    min_days_between: 0
  basis_after_loss: carry-forward             # carry-forward | carry-within-year | forfeit
  opening: {after_tax: 0, basis: 0, roth: 0}  # before the first year

limits:
  inflation: 2.5%            # projects beyond the table
  overrides: {2025: {annual_additions: 70_000}}

returns:
  model: constant            # constant | lognormal | bootstrap | garch | history
  annual_return: 7%
  volatility: 16%
  paths: 10_000
  seed: 2025

policies:                    # names, or maps; `label` optional, unique
  - per-paycheck
  - {cadence: per-paycheck, delay: 3, label: I need three days}
  - monthly
  - {cadence: dates, dates: [2025-06-30, 2025-12-15]}
  - {cadence: year-end, cutoff: 2}
  - never

taxes:                       # marginal rates on the taxable earnings
  federal: 32%
  state: 9.3%
"""
"""The file that documents every field."""

NOT_DOLLARS = "is not an amount of dollars; write it like 650, 1_500.50 or $650"


def mistakes(content: str | bytes, *assignments: str, folder: Path = Path()) -> list[str]:
    """Every mistake in a file named emily.yaml, as its line is printed; none where it is right."""
    written = content.encode() if isinstance(content, str) else content
    try:
        loads(written, "emily.yaml", folder, assignments)
    except Mistakes as found:
        return list(map(str, found.mistakes))
    return []


def scenario(*more: str) -> Scenario:
    """The shortest scenario with lines added at its end."""
    return loads((SHORTEST + "".join(f"{line}\n" for line in more)).encode(), "emily.yaml")

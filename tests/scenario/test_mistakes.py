"""Each mistake with its line, its column and what to write."""

from pathlib import Path

import pytest

from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.yaml_reader import LARGEST
from simulator.scenario.loading import load
from tests.scenario.files import NOT_DOLLARS, SHORTEST, mistakes, scenario

CADENCES = (
    "(per-paycheck, daily, automatic, weekly, monthly, quarterly, semiannual, year-end, dates, "
    "best, never)"
)
FREQUENCIES = "(weekly, biweekly, semimonthly, monthly)"
TOP_KEYS = (
    "(name, notes, client, years, birth_year, so_far, until, pay, elections, elect, deposits, conversions, "
    "plan, limits, returns, policies, taxes, wealth, events, acp)"
)
OVERRIDES = (
    "elective_deferral, catch_up, enhanced_catch_up, annual_additions, compensation, "
    "roth_catch_up_wages, "
    "social_security_wage_base"
)
IN_PLACE = [
    # required fields
    ("name: Emily\n", "", "1:1: name: is missing; write for example name: Emily, 28"),
    ("years: 2025\n", "", "1:1: years: is missing; write for example years: 2025"),
    ("birth_year: 1997\n", "", "1:1: birth_year: is missing; write for example birth_year: 1997"),
    ("Emily", '""', "1:7: name: is empty; write a text"),
    # years
    ("2025", "20x5", "2:8: years: '20x5' is neither a year nor a range; write 2025 or 2025-2054"),
    ("2025", "true", "2:8: years: 'true' is neither a year nor a range; write 2025 or 2025-2054"),
    ("2025", ".nan", "2:8: years: '.nan' is neither a year nor a range; write 2025 or 2025-2054"),
    ("2025", "2026-2025", "2:8: years: '2026-2025' runs backwards; did you mean 2025-2026?"),
    ("2025", "1989", "2:8: years: '1989' is out of range; 1999 to 2080"),
    ("2025", "2081", "2:8: years: '2081' is out of range; 1999 to 2080"),
    (
        "2025",
        "2025-2027",
        "1:1: limits: 2027 has no published limits (2013 to 2026); write limits.inflation (for example "
        "2.5%), or limits.overrides for 2027: elective_deferral, catch_up, annual_additions, "
        "compensation, enhanced_catch_up, roth_catch_up_wages",
    ),
    (
        "2025",
        "2012",
        "1:1: limits: 2012 has no published limits (2013 to 2026); write limits.overrides for 2012: "
        "elective_deferral, catch_up, annual_additions, compensation",
    ),
    # a policy takes no amount of dollars
    (
        "frequency: monthly\n",
        "frequency: monthly\npolicies: [{cadence: weekly, amount: 5_000}]\n",
        "7:30: policies.0.amount: unknown key 'amount' (cadence, day, delay, cutoff, zero_out, dates, "
        "label); a policy takes all that is there; dollars that were really converted are rows of "
        "conversions: FILE.csv, with columns date,amount",
    ),
    # birth year
    ("1997", "2025", "3:13: birth_year: 2025 is not before the simulated years, 2025"),
    ("1997", "1899", "3:13: birth_year: '1899' is out of range; write 1900 to 2100"),
    ("1997", "28 years", "3:13: birth_year: '28 years' is not a whole number"),
    ("1997", "1997.5", "3:13: birth_year: '1997.5' is not a whole number"),
    ("1997", "true", "3:13: birth_year: 'true' is not a whole number"),
    # money
    ("200_000", "two hundred", f"5:11: pay.salary: 'two hundred' {NOT_DOLLARS}"),
    ("200_000", "true", f"5:11: pay.salary: 'true' {NOT_DOLLARS}"),
    ("200_000", ".nan", f"5:11: pay.salary: '.nan' {NOT_DOLLARS}"),
    ("200_000", "NaN", f"5:11: pay.salary: 'NaN' {NOT_DOLLARS}"),
    ("200_000", ".inf", f"5:11: pay.salary: '.inf' {NOT_DOLLARS}"),
    ("200_000", "-.inf", f"5:11: pay.salary: '-.inf' {NOT_DOLLARS}"),
    ("200_000", "Infinity", f"5:11: pay.salary: 'Infinity' {NOT_DOLLARS}"),
    ("200_000", "1e5", f"5:11: pay.salary: '1e5' {NOT_DOLLARS}"),
    ("200_000", "0x10", f"5:11: pay.salary: '0x10' {NOT_DOLLARS}"),
    ("200_000", "50%", f"5:11: pay.salary: '50%' {NOT_DOLLARS}"),
    ("200_000", "€200", f"5:11: pay.salary: '€200' {NOT_DOLLARS}"),
    ("200_000", "-1", "5:11: pay.salary: '-1' is negative; write an amount of 0 or more"),
    ("200_000", "$-1", "5:11: pay.salary: '$-1' is negative; write an amount of 0 or more"),
    (
        "200_000",
        "1.005",
        "5:11: pay.salary: '1.005' has more than two decimals; write dollars and cents",
    ),
    (
        "200_000",
        "200.000",
        "5:11: pay.salary: '200.000' may mean two amounts; write 200 or 200_000",
    ),
    (
        "200_000",
        "1_000_000_001",
        "5:11: pay.salary: '1_000_000_001' is too large; at most $1,000,000,000",
    ),
    (
        "200_000",
        "{from: 2025-01-01, salary: 1}",
        f"5:11: pay.salary: '{{from: 2025-01-01, salary: 1}}' {NOT_DOLLARS}",
    ),
    (
        "200_000",
        "[]",
        "5:11: pay.salary: has no steps; write for example {from: 2025-01-01, salary: 200_000}",
    ),
    (
        "200_000",
        "[{from: 2025-02-01, salary: 200_000}]",
        "5:11: pay.salary: no salary is in force on the pay date 2025-01-31; "
        "let the first step begin by then",
    ),
    (
        "200_000",
        "[{from: 2025-01-01, salary: 1}, {from: 2025-01-01, salary: 2}]",
        "5:50: pay.salary.1.from: a step from 2025-01-01 is there already; write one salary a date",
    ),
    (
        "200_000",
        "[{from: 2025-01-01, salary: 200_000}]\n  raise: 3%",
        "6:10: pay.raise: goes with a single salary; write the raises as steps of salary",
    ),
    ("200_000", "200_000\n  raise: 3", "6:10: pay.raise: '3' is not a share; did you mean 3%?"),
    (
        "200_000",
        "200_000\n  raise: 101%",
        "6:10: pay.raise: '101%' is out of range; write a share from -50% to 100%",
    ),
    # pay cycles
    (
        "monthly",
        "biweekley",
        "6:14: pay.frequency: 'biweekley' is not a pay frequency; did you mean 'biweekly'? "
        "(weekly, biweekly, semimonthly, monthly)",
    ),
    ("monthly", "12", f"6:14: pay.frequency: '12' is not a pay frequency {FREQUENCIES}"),
    (
        "monthly",
        "weekly",
        "5:3: pay.first_pay_date: is required with weekly pay; write the first pay date, like 2025-01-03",
    ),
]
ADDED = [
    # pay: what is added below it, its first line is line 7
    (
        "  first_pay_date: 2025-02-29",
        "7:19: pay.first_pay_date: '2025-02-29' does not exist; February 2025 has 28 days",
    ),
    (
        "  first_pay_date: 2025-13-01",
        "7:19: pay.first_pay_date: '2025-13-01' is not a date; months go from 01 to 12, years from 0001",
    ),
    (
        "  first_pay_date: 01/03/2025",
        "7:19: pay.first_pay_date: '01/03/2025' is not a date; write it like 2025-01-03",
    ),
    (
        "  first_pay_date: 2025-01-03 12:00:00",
        "7:19: pay.first_pay_date: '2025-01-03 12:00:00' is not a date; write it like 2025-01-03",
    ),
    (
        "  first_pay_date: 2025-06-01\n  last_pay_date: 2025-05-31",
        "8:18: pay.last_pay_date: 2025-05-31 is before the first pay date, 2025-06-30",
    ),
    (
        # By hand: paid at the month's end, so no paycheck before June 30.
        "  first_pay_date: 2025-06-01\n  last_pay_date: 2025-06-29",
        "8:18: pay.last_pay_date: 2025-06-29 is before the first pay date, 2025-06-30",
    ),
    (
        "  first_pay_date: 2026-01-31",
        "7:19: pay.first_pay_date: 2026-01-31 is after the years 2025: nothing is paid in them",
    ),
    (
        "  first_pay_date: 9999-12-31",
        "7:19: pay.first_pay_date: 9999-12-31 is after the years 2025: nothing is paid in them",
    ),
    (
        "  pay_days: [15, last]",
        "7:13: pay.pay_days: monthly pay has one day of the month; write [last]",
    ),
    ("  pay_days: [32]", "7:14: pay.pay_days.0: '32' is out of range; write 1 to 31"),
    (
        "  pay_days: last",
        "7:13: pay.pay_days: 'last' is not a list; write [...] or lines that begin with -",
    ),
    (
        "  extra_period: both",
        "7:17: pay.extra_period: 'both' is not a rule for the extra period (pay, spread)",
    ),
    ("  rounding: cents", "7:13: pay.rounding: 'cents' is not a rounding (paycheck, year-to-date)"),
    (
        "  bonuses: [{date: 2026-03-14, amount: 1}]",
        "7:20: pay.bonuses.0.date: 2026-03-14 (paid on 2026-03-13, the bank day before)"
        " is outside the years 2025",  # paid on the Friday before
    ),
    (
        "  bonuses: [{date: 2025-03-14, amount: -1}]",
        "7:40: pay.bonuses.0.amount: '-1' is negative; write an amount of 0 or more",
    ),
    (
        '  bonuses: [{date: 2025-03-14, amount: 1, matched: "yes"}]',
        "7:52: pay.bonuses.0.matched: 'yes' is neither true nor false; write true or false",
    ),
    (
        "  last_pay_date: 2025-06-30\n  bonuses: [{date: 2025-08-01, amount: 1}]",
        "8:20: pay.bonuses.0.date: 2025-08-01 is after last_pay_date, 2025-06-30",
    ),
    # elections
    (
        "elections: {pre_tax: 12}",
        "7:22: elections.pre_tax: '12' is neither a share nor dollars; "
        "did you mean 12%? For dollars write $12",
    ),
    (
        "elections: {roth: 0.12}",
        "7:19: elections.roth: '0.12' is neither a share nor dollars; "
        "did you mean 12%? For dollars write $0.12",
    ),
    (
        "elections: {after_tax: 100}",
        "7:24: elections.after_tax: '100' is neither a share nor dollars; "
        "did you mean 100%? For dollars write $100",
    ),
    (
        "elections: {pre_tax: 101%}",
        "7:22: elections.pre_tax: '101%' is out of range; write a share from 0% to 100%",
    ),
    (
        "elections: {pre_tax: -5%}",
        "7:22: elections.pre_tax: '-5%' is out of range; write a share from 0% to 100%",
    ),
    (
        "elections: {pre_tax: -500}",
        "7:22: elections.pre_tax: '-500' is negative; write an amount of 0 or more",
    ),
    ("elections: {pre_tax: true}", f"7:22: elections.pre_tax: 'true' {NOT_DOLLARS}"),
    (
        "elections: {pre_tax: .inf}",
        "7:22: elections.pre_tax: '.inf' is no election; "
        "write a share like 12%, dollars like 500, or max",
    ),
    (
        "elections: {after_tax: MAX}",
        "7:24: elections.after_tax: 'MAX' is no election; "
        "write a share like 12%, dollars like 500, or max",
    ),
    (
        "elections: {pre_tax: 60%, after_tax: 41%}",
        "7:12: elections: the elections together ask for 101% of pay; at most 100%",
    ),
    (
        "elections: {pre_tax: 60%, changes: [{from: 2025-02-01, after_tax: 40.5%}]}",
        "7:37: elections.changes.0: the elections together ask for 100.5% of pay; at most 100%",
    ),
    (
        "elections: {changes: [{after_tax: 41%}]}",
        "7:23: elections.changes.0.from: is missing; write for example from: 2025-07-01",
    ),
    (
        "elections: 12%",
        "7:12: elections: '12%' is no group of fields; "
        "below it may stand: pre_tax, roth, after_tax, bonuses, changes, already_deferred",
    ),
    # plan
    (
        "plan: {type: 403}",
        "7:14: plan.type: '403' is not a plan type; did you mean '403b'? (401k, 403b, solo-401k)",
    ),
    (
        "plan: {after_tax: {allowed: yes}}",
        "7:29: plan.after_tax.allowed: 'yes' is neither true nor false; write true or false",
    ),
    (
        "plan: {after_tax: {cap: 10}}",
        "7:25: plan.after_tax.cap: '10' is neither a share nor dollars; "
        "did you mean 10%? For dollars write $10",
    ),
    (
        "plan: {room: reserved}",
        "7:14: plan.room: 'reserved' is not a rule for the room; "
        "did you mean 'reserve'? (reserve, year-to-date)",
    ),
    (
        "plan: {spillover: 1}",
        "7:19: plan.spillover: '1' is neither true nor false; write true or false",
    ),
    (
        "plan: {match: [{rate: 100, up_to: 3%}]}",
        "7:23: plan.match.0.rate: '100' is not a share; did you mean 100%?",
    ),
    (
        "plan: {match: [{rate: 100%, up_to: 3}]}",
        "7:36: plan.match.0.up_to: '3' is not a share; did you mean 3%?",
    ),
    (
        "plan: {match: [{rate: 100%, up_to: 5%}, {rate: 50%, up_to: 3%}]}",
        "7:60: plan.match.1.up_to: 3% must be above the tier before it, 5%; order the tiers",
    ),
    (
        "plan: {match: [{rate: 100%, up_to: 3%}, {rate: 50%, up_to: 3%}]}",
        "7:60: plan.match.1.up_to: 3% must be above the tier before it, 3%; order the tiers",
    ),
    (
        "plan: {match: [{rate: 100%}, {rate: 50%, up_to: 3%}]}",
        "7:30: plan.match.1: the tier before it matches every deferral; give that one an up_to",
    ),
    (
        "plan: {match: 3%}",
        "7:15: plan.match: '3%' is not a list; write [...] or lines that begin with -",
    ),
    (
        "plan: {match: {rate: null, up_to: [true]}}",
        "7:15: plan.match: '{rate: null, up_to: [true]}' is not a list; "
        "write [...] or lines that begin with -",
    ),
    (
        "plan: {nonelective: [null]}",
        "7:22: plan.nonelective.0: has no value; write one, or leave the line out",
    ),
    (
        "plan: {nonelective: [3%, 6000]}",
        "7:26: plan.nonelective.1: '6000' is not a share of pay; write it like 3%, "
        "or dollars with their date: {amount: 6000, date: 2025-12-31}",
    ),
    (
        "plan: {nonelective: {share: 5%, date: 13-10}}",
        "7:39: plan.nonelective.date: '13-10' is not a date; write it like 2025-01-03, "
        "or 03-10 for each March 10",
    ),
    (
        "plan: {nonelective: {share: 5%, date: 03-10, counts_for: last}}",
        "7:58: plan.nonelective.counts_for: 'last' is not a year that it counts for "
        "(same, previous)",
    ),
    (
        "plan: {nonelective: [{amount: 5_000, date: 2027-03-10, counts_for: previous}]}",
        "7:44: plan.nonelective.0.date: 2027-03-10 is outside the years 2025",
    ),
    (
        "plan: {after_tax: {cap: $5000, cap_on: regular}}",
        "7:40: plan.after_tax.cap_on: goes with a cap that is a share of pay, like cap: 10%; "
        "a cap in dollars is of the year",
    ),
    (
        "plan: {match_after_tax: true}",
        "7:25: plan.match_after_tax: there is no match; write plan.match, "
        "like [{rate: 50%, up_to: 6%}]",
    ),
    (
        "plan: {match_after_tax: true, match: [{rate: 50%}]}\n"
        "elections: {bonuses: {after_tax: max}}",
        "7:25: plan.match_after_tax: beside elections.after_tax: max the room and the match would "
        "chase each other; write after_tax as a share or in dollars",
    ),
    (
        "elections: {pre_tax: 60%, bonuses: {after_tax: 41%}}",
        "7:12: elections: the elections together ask for 101% of bonuses; at most 100%",
    ),
    (
        "plan: {fifteen_years: {service: 20}}",
        "7:23: plan.fifteen_years: only for 403b, from 15 years of service",
    ),
    (
        "plan: {type: 403b, fifteen_years: {service: 14}}",
        "7:35: plan.fifteen_years: only for 403b, from 15 years of service",
    ),
    (
        "plan: {type: 457b}",
        "7:14: plan.type: '457b': 457(b) plans have no after-tax contributions and no 415(c) room "
        "(457(e)(15) is the whole limit); the article errs here",
    ),
    (
        "plan: {paycheck_cap: 75}",
        "7:22: plan.paycheck_cap: '75' is not a share; did you mean 75%?",
    ),
    (
        "plan: {nonelective: 6000}",
        "7:21: plan.nonelective: '6000' is not a share of pay; write it like 3%, "
        "or dollars with their date: {amount: 6000, date: 2025-12-31}",
    ),
    (
        "plan: {nonelective: {amount: 6_000, date: 2026-01-31}}",
        "7:43: plan.nonelective.date: 2026-01-31 is outside the years 2025; "
        "if it is paid for 2025, add counts_for: previous",
    ),
    (
        "plan: {nonelective: {amount: -6_000, date: 2025-01-31}}",
        "7:30: plan.nonelective.amount: '-6_000' is negative; write an amount of 0 or more",
    ),
    (
        "plan: {match_cap: -1}",
        "7:19: plan.match_cap: '-1' is negative; write an amount of 0 or more",
    ),
    ("plan: {deposit_lag: -1}", "7:21: plan.deposit_lag: '-1' is out of range; write 0 to 60"),
    ("plan: {eligibility_days: 1.5}", "7:26: plan.eligibility_days: '1.5' is not a whole number"),
    (
        "plan: {conversion: {to: roth}}",
        "7:25: plan.conversion.to: 'roth' is not a destination; "
        "did you mean 'roth-ira'? (roth-401k, roth-ira, split)",
    ),
    ("plan: {conversion: {fee: free}}", f"7:26: plan.conversion.fee: 'free' {NOT_DOLLARS}"),
    (
        "plan: {conversion: {max_per_year: 0}}",
        "7:35: plan.conversion.max_per_year: '0' is out of range; write 1 to 366",
    ),
    (
        "plan: {basis_after_loss: carry}",
        "7:26: plan.basis_after_loss: 'carry' is not a rule for the basis; "
        "did you mean 'carry-forward'? (carry-forward, carry-within-year, forfeit)",
    ),
    (
        "plan: {opening: {basis: -1}}",
        "7:25: plan.opening.basis: '-1' is negative; write an amount of 0 or more",
    ),
    # limits
    (
        "limits: {inflation: 2.5}",
        "7:21: limits.inflation: '2.5' is not a share; did you mean 2.5%?",
    ),
    (
        "limits: {inflation: -1%}",
        "7:21: limits.inflation: '-1%' is out of range; write a share from 0% to 50%",
    ),
    (
        "limits: {overrides: {2025: {annual: 70_000}}}",
        "7:29: limits.overrides.2025.annual: unknown key 'annual'; "
        f"did you mean 'annual_additions'? ({OVERRIDES})",
    ),
    (
        "limits: {overrides: {2025: {annual_additions: -1}}}",
        "7:47: limits.overrides.2025.annual_additions: '-1' is negative; write an amount of 0 or more",
    ),
    (
        "limits: {overrides: {2025: 70_000}}",
        f"7:28: limits.overrides.2025: '70_000' is no group of fields; below it may stand: {OVERRIDES}",
    ),
    # returns
    (
        "returns: {annual_return: 7}",
        "7:26: returns.annual_return: '7' is not a share; did you mean 7%?",
    ),
    (
        "returns: {annual_return: .nan}",
        "7:26: returns.annual_return: '.nan' is not a share; write it like 12%",
    ),
    (
        "returns: {volatility: -1%}",
        "7:23: returns.volatility: '-1%' is out of range; write a share from 0% to 500%",
    ),
    (
        "returns: {paths: 100_000_001}",
        "7:18: returns.paths: '100_000_001' is out of range; write 1 to 100,000,000",
    ),
    ("returns: {paths: 0}", "7:18: returns.paths: '0' is out of range; write 1 to 100,000,000"),
    ("returns: {paths: many}", "7:18: returns.paths: 'many' is not a whole number"),
    ("returns: {seed: 1.5}", "7:17: returns.seed: '1.5' is not a whole number"),
    # policies
    (
        "policies: [montly]",
        f"7:12: policies.0: 'montly' is not a cadence; did you mean 'monthly'? {CADENCES}",
    ),
    ("policies: [3]", f"7:12: policies.0: '3' is not a cadence {CADENCES}"),
    (
        "policies: []",
        "7:11: policies: is empty; write for example [per-paycheck, monthly, year-end]",
    ),
    (
        "policies: monthly",
        "7:11: policies: 'monthly' is not a list; write [...] or lines that begin with -",
    ),
    (
        "policies: [{delay: 3}]",
        "7:12: policies.0.cadence: is missing; write for example cadence: monthly",
    ),
    (
        "policies:\n  - {cadence: monthly, label: A}\n  - {cadence: never, label: A}",
        "9:29: policies.1.label: a policy is already called 'A'; give this one another label",
    ),
    (
        "policies: [monthly, monthly]",
        "7:21: policies.1: a policy is already called 'monthly'; give this one another label",
    ),
    (
        "policies: [{cadence: monthly, label: never}, never]",
        "7:46: policies.1: a policy is already called 'never'; give this one another label",
    ),
    (
        "policies: [{cadence: monthly, delay: -1}]",
        "7:38: policies.0.delay: '-1' is out of range; write 0 to 3,650",
    ),
    (
        "policies: [{cadence: monthly, delay: 3 days}]",
        "7:38: policies.0.delay: '3 days' is not a whole number",
    ),
    (
        "policies: [{cadence: dates}]",
        "7:12: policies.0: cadence: dates needs its dates; write for example dates: [2025-06-30]",
    ),
    (
        "policies: [{cadence: monthly, dates: [2025-06-30]}]",
        "7:38: policies.0.dates: go with cadence: dates, not with monthly; leave them out",
    ),
    (
        "policies: [{cadence: dates, dates: [2024-12-31]}]",
        "7:37: policies.0.dates.0: 2024-12-31 must lie from 2025-01-01 to 2026-12-31",
    ),
    (
        "policies: [{cadence: dates, dates: [2025-06-30, 2027-01-01]}]",
        "7:49: policies.0.dates.1: 2027-01-01 must lie from 2025-01-01 to 2026-12-31",
    ),
    (
        "policies: [{cadence: dates, dates: [2025-06-31]}]",
        "7:37: policies.0.dates.0: '2025-06-31' does not exist; June 2025 has 30 days",
    ),
    # wealth
    (
        "wealth: {outside_return: 4%}",
        "7:9: wealth: needs taxes; write for example taxes: {federal: 24%, state: 5%}",
    ),
    (
        "taxes: {federal: 24%}\nwealth: {hold: 30}",
        "8:9: wealth.outside_return: required; say what money outside the plan earns after tax, for instance "
        "4%",
    ),
    (
        "taxes: {federal: 24%}\nwealth: {outside_return: 4}",
        "8:26: wealth.outside_return: '4' is not a share; did you mean 4%?",
    ),
    (
        "taxes: {federal: 24%}\nwealth: {outside_return: 4%, hold: 200}",
        "8:36: wealth.hold: '200' is out of range; write 0 to 100",
    ),
    (
        "taxes: {federal: 24%}\nwealth: {outside_return: 4%, dividends: 0%, dividend_rate: 20%}",
        "8:60: wealth.dividend_rate: does nothing with dividends: 0%; leave it out",
    ),
    # taxes
    ("taxes: {federal: 32}", "7:18: taxes.federal: '32' is not a share; did you mean 32%?"),
    (
        "taxes: {federal: 101%}",
        "7:18: taxes.federal: '101%' is out of range; write a share from 0% to 100%",
    ),
    (
        "taxes: {federal: 32%, local: 1%}",
        "7:23: taxes.local: unknown key 'local' (federal, state, status, wages, adjustments, "
        "other_income, investment_income, qualified_income, deductions, spouse_birth_year, growth)",
    ),
    (
        "taxes: {status: single, federal: 0%}",
        "7:8: taxes: status and federal: give one; status computes the federal tax, federal is a rate",
    ),
    (
        "taxes: {status: maried-joint}",
        "7:17: taxes.status: 'maried-joint' is not a filing status; did you mean 'married-joint'? "
        "(single, married-joint, married-separate, head-of-household, surviving-spouse)",
    ),
    ("taxes: {status: }", "7:9: taxes.status: has no value; write one, or leave the line out"),
    ("taxes: {federal: 24%, state: XX}", "7:30: taxes.state: 'XX' is no state; did you mean TX?"),
    (
        "taxes: {status: single, state: Californa}",
        "7:32: taxes.state: 'Californa' is no state; did you mean CA?",
    ),
    (
        "taxes: {status: single, state: New York}",
        "7:32: taxes.state: 'New York' is no state; did you mean NY?",
    ),
    ("taxes: {federal: 24%, state: 5}", "7:30: taxes.state: '5' is not a share; did you mean 5%?"),
    (
        "taxes: {federal: 24%, state: PA}",
        "7:30: taxes.state: 'PA': whether Pennsylvania taxes a conversion depends on your age and plan; "
        "give 3.07% or 0%",
    ),
    (
        "taxes: {status: single, state: VA}",
        "7:32: taxes.state: 'VA': its tax is not held (AK, AZ, CA, CO, FL, GA, IA, ID, IL, IN, LA, MA, MI, "
        "NC, NH, NJ, NV, NY, OH, SD, TN, TX, UT, WA, WY); give the marginal rate, as state: 5.75%",
    ),
    (
        "taxes: {federal: 24%, state: CA}",
        "7:30: taxes.state: 'CA' has brackets, which need status: single (or another); or give the "
        "marginal rate, as state: 5.75%",
    ),
    (
        "taxes: {status: single, other_income: 5_000, investment_income: 9_000}",
        "7:65: taxes.investment_income: $9,000 is more than other_income $5,000",
    ),
    (
        "taxes: {status: single, spouse_birth_year: 1960}",
        "7:44: taxes.spouse_birth_year: only with married-joint",
    ),
    (
        "taxes: {federal: 24%, wages: 90_000}",
        "7:30: taxes.wages: does nothing without a status; write status: single, or leave this out",
    ),
    (
        "taxes: {status: single, deductions: some}",
        f"7:37: taxes.deductions: 'some' {NOT_DOLLARS}",
    ),
    (
        "taxes: {status: single, growth: 200%}",
        "7:33: taxes.growth: '200%' is out of range; write a share from -50% to 100%",
    ),
    # keys and values of no kind that is taken
    ("tax: {federal: 32%}", f"7:1: tax: unknown key 'tax'; did you mean 'taxes'? {TOP_KEYS}"),
    (
        "  bonus: []",
        "7:3: pay.bonus: unknown key 'bonus'; did you mean 'bonuses'? (salary, self_employment, raise, "
        "frequency, first_pay_date, last_pay_date, pay_days, extra_period, rounding, bonuses, "
        "prior_year_wages)",
    ),
    ("notes: true", "7:8: notes: 'true' is not a text; write it in quotes"),
    ("name: Emma", "7:1: name: the key stands twice; first in line 1"),
    ("  salary: 1", "7:3: pay.salary: the key stands twice; first in line 5"),
    (
        "notes: !!python/object/apply:os.system ls",
        "7:8: notes: tags like tag:yaml.org,2002:python/object/apply:os.system are not read here; "
        "leave it out",
    ),
    (
        "notes: !!str x",
        "7:8: notes: tags like tag:yaml.org,2002:str are not read here; leave it out",
    ),
    ("? [a]\n: b", "7:3: a key must be a plain word"),
    ("<<: {notes: x}", f"7:1: <<: unknown key '<<' {TOP_KEYS}"),
    # not YAML
    ('notes: "a', "8:1: not YAML: the text ends too early; a quotation mark is not closed"),
    (" notes: a", "7:2: not YAML: expected <block end>, but found '<block mapping start>'"),
    ("\tnotes: a", "7:1: not YAML: found character '\\t' that cannot start any token"),
    ("notes: @a", "7:8: not YAML: found character '@' that cannot start any token"),
    ("---\nname: b", "7:1: a second document begins here; write one scenario a file"),
]


@pytest.mark.parametrize(("before", "after", "line"), IN_PLACE)
def test_a_mistake_in_place_of_a_line_is_answered_with_where_what_and_how(
    before: str, after: str, line: str
) -> None:
    assert mistakes(SHORTEST.replace(before, after, 1)) == [f"emily.yaml:{line}"]


@pytest.mark.parametrize(("added", "line"), ADDED)
def test_a_mistake_in_an_added_line_is_answered_with_where_what_and_how(
    added: str, line: str
) -> None:
    assert mistakes(f"{SHORTEST}{added}\n") == [f"emily.yaml:{line}"]


def test_a_semimonthly_pay_has_two_different_days() -> None:
    for days in ("[15]", "[15, 15]", "[1, 15, last]"):
        text = SHORTEST.replace("monthly", f"semimonthly\n  pay_days: {days}")
        wrong = "semimonthly pay has two different days of the month; write [15, last]"
        assert mistakes(text) == [f"emily.yaml:7:13: pay.pay_days: {wrong}"]


def test_a_file_without_pay_or_deposits_is_told_so() -> None:
    text = "name: Emily\nyears: 2025\nbirth_year: 1997\n"
    wrong = "is missing; write pay with salary and frequency, or deposits: FILE.csv"
    assert mistakes(text) == [f"emily.yaml:1:1: pay: {wrong}"]


def test_an_unknown_returns_model_is_answered_with_the_nearest() -> None:
    (line,) = mistakes(SHORTEST + "returns: {model: konstant}\n")
    hint = "'konstant' is not a returns model; did you mean 'constant'? ("
    assert line.startswith(f"emily.yaml:7:18: returns.model: {hint}")


def test_returns_must_be_a_group_of_fields() -> None:
    (line,) = mistakes(SHORTEST + "returns: constant\n")
    assert line.startswith("emily.yaml:7:10: returns: 'constant' is no group of fields; ")


def test_an_empty_value_is_not_called_none() -> None:
    """Nobody wrote None: the line has to make sense to the person who left the value out."""
    (line,) = mistakes(SHORTEST.replace(" 200_000", ""))
    assert line.startswith("emily.yaml:")
    assert ": pay.salary: " in line
    assert "None" not in line


def test_all_mistakes_of_a_file_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = """\
name: Emily
name: Emma
years: 2025
birth_year: 28 years
pay:
  salary: -5
  frequency: biweekley
elections:
  pre_tax: 12
plan:
  match:
    - {rate: 100%, up_to: 5%}
    - {rate: 50%, up_to: 3%}
  nonelective: {amount: 6_000, date: 2026-01-31}
policies: [monthly, monthly, {cadence: dates, dates: [2030-01-01]}]
tax: {federal: 32%}
"""
    assert mistakes(text) == [
        "emily.yaml:2:1: name: the key stands twice; first in line 1",
        "emily.yaml:4:13: birth_year: '28 years' is not a whole number",
        "emily.yaml:6:11: pay.salary: '-5' is negative; write an amount of 0 or more",
        "emily.yaml:7:14: pay.frequency: 'biweekley' is not a pay frequency; did you mean 'biweekly'? "
        + FREQUENCIES,
        "emily.yaml:9:12: elections.pre_tax: '12' is neither a share nor dollars; "
        "did you mean 12%? For dollars write $12",
        "emily.yaml:13:26: plan.match.1.up_to: 3% must be above the tier before it, 5%; order the tiers",
        "emily.yaml:14:38: plan.nonelective.date: 2026-01-31 is outside the years 2025; "
        "if it is paid for 2025, add counts_for: previous",
        "emily.yaml:15:21: policies.1: a policy is already called 'monthly'; "
        "give this one another label",
        "emily.yaml:15:55: policies.2.dates.0: 2030-01-01 must lie from 2025-01-01 to 2026-12-31",
        f"emily.yaml:16:1: tax: unknown key 'tax'; did you mean 'taxes'? {TOP_KEYS}",
    ]


def test_what_is_missing_is_listed_in_the_order_of_the_reference() -> None:
    assert [line.split(": ")[1] for line in mistakes("notes: x\n")] == [
        "name", "years", "birth_year", "pay",
    ]  # fmt: skip


def test_mistakes_at_one_place_keep_their_order_in_every_run() -> None:
    found = [Mistake(Place("emily.yaml", 1, 1), (), f"mistake {number}") for number in range(30)]
    assert Mistakes(found).mistakes == found


def test_a_mistake_that_is_found_twice_is_told_once() -> None:
    found = Mistake(Place("emily.yaml", 1, 1), ("pay",), "is missing")
    assert str(Mistakes([found, found])) == "emily.yaml:1:1: pay: is missing"


BEGINS = "it begins like name: Emily, 28 (`mbdr new FILE` writes one)"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", f":1:1: the file is empty; {BEGINS}"),
        (b"# x\n", f":1:1: the file is empty; {BEGINS}"),
        (b"hello", f":1:1: this is not a scenario; {BEGINS}"),
        (b"- a", f":1:1: this is not a scenario; {BEGINS}"),
        ("name: É\n".encode("latin-1"), ":1:1: byte 7 is not UTF-8; save the file as UTF-8"),
        (SHORTEST.encode("utf-16"), ":1:1: byte 1 is not UTF-8; save the file as UTF-8"),
        (b"name: Emily\nnotes: a\0b\n", ":2:1: a NUL byte; this is not a text file"),
        (b"name: \x07", ": not YAML: unacceptable character #x0007: special characters are not allowed"),
        (b"#" * (LARGEST + 1), ": the file is too large: 1,048,577 bytes; a scenario has at most 1,048,576"),
        (b"notes: " + b"[" * 60 + b"]" * 60, ":1:58: nested over 50 levels"),
        (b"{a: " * 5_000, ":1:205: nested over 50 levels"),
    ],
    ids=["empty", "only a comment", "a word", "a list", "Latin-1", "UTF-16", "NUL", "control character",
         "over 1 MiB", "60 lists deep", "5,000 maps deep"],
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_refused_with_a_line(content: bytes, line: str) -> None:
    assert mistakes(content) == [f"emily.yaml{line}"]


def test_forty_levels_are_not_too_deep_to_be_read() -> None:
    (line,) = mistakes(SHORTEST + "notes: " + "[" * 40 + "]" * 40)
    assert "is not a text" in line


def test_an_alias_is_refused_once() -> None:
    line = "emily.yaml:7:38: plan.match: aliases are not read here; write the value out"
    assert mistakes(SHORTEST + "plan: {opening: &a {roth: 0}, match: *a}\n") == [line]


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    lines = mistakes(bomb)
    assert "emily.yaml:2:8: b.0: aliases are not read here; write the value out" in lines
    assert sum("aliases are not read here" in line for line in lines) == 80


def test_a_number_of_very_many_digits_is_refused_at_once() -> None:
    (line,) = mistakes(SHORTEST.replace("1997", "9" * 250_000))
    assert line.startswith("emily.yaml:3:13: birth_year: '9999")
    assert len(line) < 200


@pytest.mark.parametrize(("place", "written"), [("1:7: name", "Emily"), ("2:8: years", "2025")])
def test_half_a_letter_in_an_escape_is_a_mistake_like_any_other(place: str, written: str) -> None:
    r"""YAML can write \ud83d, which is no letter by itself and cannot be printed."""
    (line,) = mistakes(SHORTEST.replace(written, r'"\ud83d"'))
    assert line.startswith(f"emily.yaml:{place}: ")
    assert line.encode()


def test_a_file_that_is_not_there_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "emily.yaml").write_text(SHORTEST)
    with pytest.raises(Mistakes) as caught:
        load(tmp_path / "emly.yaml")
    there = tmp_path / "emily.yaml"
    wrong = f"No such file or directory; did you mean {there}?"
    assert str(caught.value) == f"{tmp_path / 'emly.yaml'}: {wrong}"
    with pytest.raises(Mistakes) as caught:
        load(tmp_path / "far" / "away.yaml")
    assert str(caught.value).endswith(
        "No such file or directory; `mbdr new FILE` writes one to start from"
    )


def test_a_file_is_known_by_its_name_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "emily.yaml").write_bytes(b"\xef\xbb\xbf" + SHORTEST.encode())
    read = load(tmp_path / "emily.yaml", ["name=Emma"])
    assert (read.name, read.source) == ("Emma", str(tmp_path / "emily.yaml"))
    assert len(read.sha256) == 64
    assert read.sha256 != scenario().sha256, "the mark at the beginning is part of the bytes"
    assert read.sha256 == load(tmp_path / "emily.yaml").sha256, "assignments are not"


def test_a_misspelt_model_does_not_hide_what_else_is_wrong_with_the_returns() -> None:
    returns = "returns: {model: lognorm, paths: 0, seed: -1, volatility: 9}"
    told = mistakes(f"{SHORTEST}{returns}\n")
    assert [line.split(": ")[1] for line in told] == [
        "returns.model",
        "returns.paths",
        "returns.seed",
        "returns.volatility",
    ]


def test_one_wrong_election_does_not_hide_that_the_others_exceed_the_paycheck() -> None:
    told = mistakes(f"{SHORTEST}elections: {{pre_tax: 80%, roth: 30%, foo: 1}}\n")
    assert len(told) == 2
    assert "elections together ask for 110% of pay" in "".join(told)


def test_tiers_are_checked_although_a_rate_is_wrong() -> None:
    tiers = "plan: {match: [{rate: 50, up_to: 6%}, {rate: 50%, up_to: 3%}]}"
    told = mistakes(f"{SHORTEST}{tiers}\n")
    assert any("3% must be above the tier before it, 6%" in line for line in told)


def test_a_raise_beside_steps_of_salary_is_a_mistake_even_at_zero() -> None:
    text = SHORTEST.replace("200_000", "[{from: 2025-01-01, salary: 200_000}]")
    assert "pay.raise: goes with a single salary" in "".join(mistakes(f"{text}  raise: 0%\n"))

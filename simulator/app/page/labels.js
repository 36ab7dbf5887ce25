// What fields are called. The schema has their words; a name in a file is no label.

const SAID = {
  pre_tax: "Pre-tax",
  after_tax: "After-tax",
  roth: "Roth",
  w2_wages: "W-2 wages",
  nhce: "NHCE rate",
  box_1: "Box 1",
  box_2a: "Box 2a",
  box_5: "Box 5",
  birth_year: "Birth year",
  years: "Years",
  raise: "Raise each January",
  so_far: "This year so far",
  through: "Last pay date on the stub",
  gross: "Gross pay to date",
  first_pay_date: "First pay date",
  last_pay_date: "Last pay date",
  pay_days: "Pay days of the month",
  extra_period: "27th paycheck",
  nonelective: "Employer's own money",
  match_after_tax: "After-tax is matched too",
  match_catch_up: "Catch-up is matched",
  true_up: "Match is trued up",
  cap: "The plan's cap",
  cap_on: "The cap is a share of",
  allowed: "The plan allows them",
  max_per_year: "At most a year",
  min_days_between: "Days between two",
  deposit_lag: "Bank days until money lands",
  eligibility_days: "Days until it may convert",
  basis_after_loss: "Basis after a loss",
  annual_return: "Return a year",
  volatility: "Volatility a year",
  paths: "Random paths",
  seed: "Seed",
  delay: "Days that money waits",
  cutoff: "Sessions before the year's last",
  zero_out: "All leaves at the year's end",
  federal: "Federal rate",
  state: "State, or its rate",
  status: "Filing status",
  outside_return: "Return outside the plan",
  end_rate: "Tax rate at the end",
  hold: "Years until then",
  gain_rate: "Rate on gains",
  dividend_rate: "Rate on dividends",
  acp: "ACP test",
  "415c": "415(c)",
  up_to: "Up to this share of pay",
  rate: "Rate",
  to: "Where it goes",
  from: "From",
  elect: "What to elect",
  also_annual_additions: "Annual additions elsewhere",
  fifteen_years: "Fifteen years of service",
  deposits: "Deposits from a file",
  conversions: "Conversions",
  omega: "ω",
  alpha: "α",
  beta: "β",
  nu: "ν",
  limits: "Limits of the law",
  overrides: "Limits of your own, by year",
  events: "Life events",
  already_deferred: "Deferred elsewhere",
  prices: "Prices from a file",
  excess: "Above 415(c) gives way",
  listed: "Dates",
  where: "Only rows with",
  returns: "The fund",
  wealth: "Worth at the end",
};

const KINDS = {
  LumpSum: "a dated amount",
  LumpShare: "a dated share",
  constant: "even growth",
  lognormal: "lognormal: uneven years",
  bootstrap: "bootstrap of past prices",
  garch: "GARCH",
  history: "history",
  separation: "leaving the employer",
  withdrawal: "a withdrawal",
  "acp-refund": "a refund of the ACP test",
};

const ENTRIES = {
  bonuses: "bonus",
  changes: "change",
  match: "tier",
  policies: "policy",
  events: "event",
  dates: "date",
  salary: "step",
  nonelective: "item",
  pay_days: "day",
  overrides: "year",
  where: "column",
};

/** What a field is called. */
export function label(key) {
  const words = String(key).replaceAll("_", " ");
  return SAID[key] ?? words[0].toUpperCase() + words.slice(1);
}

/** What a choice of a union is called. */
export function kindLabel(choice, tag) {
  const key = tag ? choice.properties[tag].const : choice.name;
  if (choice.kind === "value") return choice.control === "share" ? "a share of pay" : "one figure";
  if (choice.kind === "list") return "several";
  return KINDS[key] ?? label(key ?? choice.title ?? "");
}

/** What an entry of a list is called. */
export const entryLabel = (key) => ENTRIES[key] ?? "entry";

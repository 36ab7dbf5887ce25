// Which part of the form has which fields of a scenario, and which of them are seen first.

/** The parts of the form, in order; each has some of the fields at the top of a file. */
export const SECTIONS = [
  { key: "you", title: "You", fields: ["name", "years", "birth_year", "so_far", "client", "notes", "until"] },
  { key: "pay", title: "Pay", fields: ["pay"] },
  { key: "elections", title: "Elections", fields: ["elections", "elect", "deposits", "conversions"] },
  { key: "plan", title: "Plan", fields: ["plan", "limits", "acp"] },
  { key: "market", title: "Market", fields: ["returns"] },
  { key: "policies", title: "Policies", fields: ["policies", "events"] },
  { key: "taxes", title: "Taxes", fields: ["taxes"] },
  { key: "worth", title: "Worth", fields: ["wealth"] },
];

const FIRST = {
  you: ["name", "years", "birth_year"],
  pay: ["salary", "frequency", "first_pay_date"],
  elections: ["pre_tax", "roth", "after_tax"],
  plan: ["match", "nonelective", "true_up", "deposit_lag"],
  returns: ["annual_return", "volatility"],
  policies: ["policies"],
  taxes: ["status", "state", "federal"],
  wealth: ["outside_return", "hold"],
  so_far: ["through", "gross", "pre_tax", "after_tax", "match"],
  Policy: ["cadence", "delay"],
  Bonus: ["date", "amount"],
  Change: ["from", "pre_tax", "roth", "after_tax"],
};

/** The fields of a group in order, apart those that are seen first. All of a small group are. */
export function ordered(key, names) {
  const wanted = FIRST[key];
  if (!wanted) return names.length <= 5 ? [names, []] : [names.slice(0, 4), names.slice(4)];
  const first = wanted.filter((name) => names.includes(name));
  return [first, names.filter((name) => !first.includes(name))];
}

const list = (value) => (Array.isArray(value) ? value : []);
const told = (...parts) => parts.filter(Boolean).join(" · ");
const money = (value) => (value ? `$${String(value).replace("$", "").replaceAll("_", ",")}` : "");

/** A part of the form in a line, for who has it closed. */
export function summary(key, data) {
  const { pay = {}, elections = {}, plan = {}, returns = {}, taxes, wealth } = data;
  switch (key) {
    case "you":
      return told(data.name, data.years, data.birth_year && `born ${data.birth_year}`);
    case "pay":
      return told(
        Array.isArray(pay.salary) ? "several salaries" : money(pay.salary),
        pay.frequency,
        list(pay.bonuses).length && `${list(pay.bonuses).length} bonuses`,
      );
    case "elections":
      return told(
        elections.pre_tax && `${elections.pre_tax} pre-tax`,
        elections.roth && `${elections.roth} Roth`,
        elections.after_tax && `${elections.after_tax} after-tax`,
      );
    case "plan":
      return told(
        list(plan.match)
          .map((tier) => `${tier.rate} match${tier.up_to ? ` to ${tier.up_to}` : ""}`)
          .join(", "),
        plan.conversion?.allowed === false && "no conversions",
        plan.conversion?.max_per_year && `${plan.conversion.max_per_year} conversions a year`,
      );
    case "market":
      return told(returns.model ?? "constant", returns.annual_return ?? "7%");
    case "policies":
      return told(
        list(data.policies)
          .map((one) => one.label ?? one.cadence)
          .join(", "),
        list(data.events).length && `${list(data.events).length} events`,
      );
    case "taxes":
      return taxes
        ? told(taxes.status, taxes.state, taxes.federal && `${taxes.federal} federal`)
        : "not asked";
    default:
      return wealth
        ? told(`${wealth.outside_return ?? "?"} outside`, `${wealth.hold ?? 0} years`)
        : "not asked";
  }
}

// The answer on the page: the verdict, what to do when, the policies side by side, and the pictures of them.

import { byId, element, refilled } from "./dom.js";
import { amount, cents, count, day, dollars } from "./numbers.js";
import { bars, curve, legend, picture, rowOf, stacks } from "./pictures.js";

const MEASURES = {
  "tax and fees": "tax and fees",
  tax: "tax",
  "taxable earnings": "taxable earnings",
  wealth: "wealth after tax",
  "earnings sent on": "earnings sent on",
};

/** Shows an answer; `few` where it is of few paths and the others are still to come. */
export function answered(answer, few) {
  verdict(answer, few);
  table(answer);
  refilled(byId("costs"), costs(answer));
  refilled(byId("inside"), contributions(answer));
  refilled(byId("worth"), worth(answer));
}

/** Shows what each day of delay costs. */
export function delayed(delays) {
  refilled(byId("delay"), delays && delays.points.length > 1 ? delayPicture(delays) : null);
}

function verdict(answer, few) {
  const { verdict: said, simulator, warnings = [] } = answer;
  const compared = said.sentences.filter((one) => !one.startsWith("First conversions"));
  const [first, ...rest] = compared.length ? compared : uncompared(answer);
  const split = first.indexOf(": ");
  const head = split > 0 && split < 90 ? first.slice(0, split) : first;
  const body = split > 0 && split < 90 ? capital(first.slice(split + 2)) : "";
  const dates = [said.first, ...said.next].filter(Boolean);
  refilled(
    byId("verdict"),
    element("h1", {}, split > 0 && split < 90 ? `${head}.` : head),
    said.saves
      ? element(
          "p",
          { class: "saves" },
          element("span", { class: "sum" }, amount(said.saves)),
          element(
            "span",
            {},
            ` less ${MEASURES[said.measure] === "wealth after tax" ? "lost" : MEASURES[said.measure]} than by ${said.against}`,
          ),
        )
      : null,
    body ? element("p", {}, body) : null,
    rest.map((one) => element("p", {}, one)),
    warnings.map((one) => element("p", { class: "warning" }, one)),
  );
  byId("paths").textContent =
    simulator.paths === 1 ? "" : `${count(simulator.paths)} paths${few ? ", more to come" : ""}`;
  refilled(
    byId("dates"),
    dates.length
      ? [
          element("h2", {}, "Convert next on"),
          element(
            "ol",
            {},
            dates.map((one) => element("li", {}, element("time", { datetime: one }, day(one)))),
          ),
        ]
      : null,
  );
  const line = said.best ? `${head}${said.saves ? `: ${amount(said.saves)} less` : ""}` : head;
  byId("bar-words").textContent = line;
}

/** What is to be said where there is nothing to compare: what goes in, is taxable or stays, and is it worth it. */
function uncompared({ policies }) {
  if (!policies.some(({ total }) => total.conversions || total.left_value.mean))
    return ["No after-tax contribution goes in: there is nothing to convert."];
  const { policy, total } = policies[0];
  const first = total.conversions
    ? `“${policy}” makes ${amount(total.ira?.mean ? total.ira : total.box_2a)} taxable.`
    : `Nothing is converted: ${amount(total.left_value)} stays in the after-tax subaccount.`;
  const over = total.wealth_over_taxable;
  if (!over) return [first];
  const much = `${amount({ ...over, mean: Math.abs(over.mean) })} ${over.mean < 0 ? "less" : "more"}`;
  const comes = `It comes to ${amount(total.wealth)} after tax`;
  return [first, `${comes}, ${much} than the same money in a brokerage account.`];
}

const capital = (words) => words[0].toUpperCase() + words.slice(1);

/** What a policy costs: the tax, or what is taxable where no rates are given. */
const costOf = ({ total }) => total.tax ?? (total.ira?.mean ? total.ira : total.box_2a);
const costName = ({ policies: [first] }) => (first?.total.tax ? "Tax" : "Taxable earnings");

function table({ policies, verdict: said }) {
  const spread = policies.some(({ total }) => total.box_2a.sd);
  const taxed = policies[0]?.total.tax;
  const costs = new Map(said.others.map((one) => [one.policy, one.costs_more]));
  const heads = [
    "Policy",
    ...(taxed ? ["Tax"] : []),
    "More than best",
    "Taxable",
    ...(spread ? ["Nine of ten paths"] : []),
    "Conversions",
    "Converted",
  ];
  const row = ({ policy, total }) => {
    const best = policy === said.best;
    const cells = [
      ...(taxed ? [amount(total.tax)] : []),
      best ? "best" : costs.has(policy) ? amount(costs.get(policy)) : "not ranked",
      amount(total.box_2a),
      ...(spread ? [`${dollars(total.box_2a.p5)} to ${dollars(total.box_2a.p95)}`] : []),
      count(total.conversions),
      amount(total.box_1),
    ];
    return element(
      "tr",
      { class: best ? "best" : null },
      element("th", { scope: "row" }, policy),
      cells.map((cell) => element("td", {}, cell)),
    );
  };
  refilled(
    byId("policies"),
    element("caption", {}, "Every policy side by side"),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        heads.map((head) => element("th", { scope: "col" }, head)),
      ),
    ),
    element("tbody", {}, policies.map(row)),
  );
}

const spreadOf = (paths) => (paths > 1 ? "The lines: where nine of ten paths lie." : "");

function costs(answer) {
  const rows = answer.policies.map((one) =>
    rowOf(one.policy, costOf(one), one.policy === answer.verdict.best),
  );
  if (!rows.some((row) => row.high > 0)) return null;
  const spread = spreadOf(answer.simulator.paths);
  const words = rows.map((row) => `${row.name} ${row.told}`).join(", ");
  return picture(
    `${costName(answer)} by policy`,
    spread,
    `${costName(answer)} by policy: ${words}.`,
    bars(rows),
  );
}

function delayPicture({ points, paths }) {
  const of = ({ value, box_2a: statistics }) => ({
    day: value,
    mean: statistics.mean,
    low: Math.min(statistics.p5, statistics.mean),
    high: Math.max(statistics.p95, statistics.mean),
  });
  const drawn = points.map(of);
  const last = drawn.at(-1);
  const words = `Taxable earnings against the days that each deposit waits: ${cents(drawn[0].mean)} at once, ${cents(last.mean)} after ${last.day} days.`;
  return picture(
    "What waiting costs",
    `Taxable earnings by days of delay. ${spreadOf(paths).replace("lines", "shade")}`,
    words,
    curve(drawn, "days from deposit to conversion"),
  );
}

const PARTS = [
  ["deferrals", "Pre-tax and Roth"],
  ["employer", "Employer"],
  ["after", "After-tax"],
];

function contributions({ contributions: years }) {
  if (!years.length || years[0].annual_additions_limit === undefined) return null;
  const parts = (year) => {
    const sums = [year.pre_tax + year.roth - year.catch_up, year.match + year.nonelective, year.after_tax];
    return PARTS.map(([kind, name], place) => ({ kind, name, value: sums[place] }));
  };
  const rows = years.map((year) => ({
    name: years.length === 1 ? `415(c) limit of ${year.year}` : String(year.year),
    parts: parts(year),
    limit: year.annual_additions_limit,
    told: `${dollars(year.annual_additions)} of ${dollars(year.annual_additions_limit)}`,
  }));
  const [first] = years;
  if (years.length === 1) {
    const limit = first.elective_deferral_limit + first.catch_up_limit;
    const value = first.pre_tax + first.roth;
    rows.push({
      name: "402(g) limit and catch-up",
      parts: [{ kind: "deferrals", name: "Pre-tax and Roth", value }],
      limit,
      told: `${dollars(value)} of ${dollars(limit)}`,
    });
  }
  const words = rows.map((row) => `${row.name}: ${row.told}`).join("; ");
  const made = picture("What goes in", "Against the limits of the law.", words, stacks(rows));
  const told = (part) => (years.length === 1 ? cents(part.value) : "");
  made.append(legend(parts(first).map((part) => ({ ...part, told: told(part) }))));
  return made;
}

const BASELINES = { taxable: "a brokerage account", none: "not contributing" };

function worth({ baselines, policies, verdict: said }) {
  if (!baselines) return null;
  const rows = policies
    .filter(({ total }) => total.wealth)
    .map(({ policy, total }) => rowOf(policy, total.wealth, policy === said.best));
  rows.push(
    ...baselines
      .filter((one) => one.wealth && one.baseline !== "none")
      .map((one) => rowOf(BASELINES[one.baseline], one.wealth, false)),
  );
  if (!rows.length) return null;
  return picture(
    "Worth at the end",
    "After tax, beside the same money elsewhere.",
    rows.map((row) => `${row.name} ${row.told}`).join(", "),
    bars(rows),
  );
}

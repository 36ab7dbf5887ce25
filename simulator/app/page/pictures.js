// Pictures of an answer, drawn from its JSON as SVG: bars with their spread, a curve with its band.

import { drawn, element, refilled } from "./dom.js";
import { amount, cents, short } from "./numbers.js";

const ROW = 46;
const BAR = 14;

/** A picture with words for who does not see it; it is drawn anew when its room changes. */
export function picture(title, under, words, draw) {
  const frame = element("div", { class: "canvas" });
  const made = element(
    "figure",
    {},
    element("figcaption", {}, title, under ? element("small", {}, under) : null),
    frame,
  );
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.round(contentRect.width) === width) return;
    width = Math.round(contentRect.width);
    if (width > 0) requestAnimationFrame(() => refilled(frame, sheet(width, words, draw(width))));
  }).observe(frame);
  return made;
}

function sheet(width, words, { height, marks }) {
  return drawn(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": words },
    marks,
  );
}

const text = (x, y, words, kind = "", anchor = "start") =>
  drawn("text", { x, y, class: kind, "text-anchor": anchor }, words);

/** One bar a row: `{name, mean, low, high, told, best}`. */
export function bars(rows) {
  const low = Math.min(0, ...rows.map((row) => row.low));
  const high = Math.max(1, ...rows.map((row) => row.high));
  return (width) => {
    const room = width - 8;
    const at = (value) => ((value - low) / (high - low)) * room + 2;
    const marks = rows.flatMap((row, place) => {
      const y = place * ROW + 16;
      const middle = y + 9 + BAR / 2;
      const spread =
        row.high - row.low > 0.005
          ? [
              drawn("line", { x1: at(row.low), x2: at(row.high), y1: middle, y2: middle, class: "whisker" }),
              ...[row.low, row.high].map((end) =>
                drawn("line", { x1: at(end), x2: at(end), y1: middle - 5, y2: middle + 5, class: "whisker" }),
              ),
            ]
          : [];
      return [
        text(2, y, row.name, row.best ? "name best" : "name"),
        text(width - 2, y, row.told, row.best ? "figure best" : "figure", "end"),
        drawn("rect", { x: at(0), y: y + 9, width: room - at(0) + 2, height: BAR, rx: 3, class: "ground" }),
        drawn("rect", {
          x: Math.min(at(0), at(row.mean)),
          y: y + 9,
          width: Math.max(2, Math.abs(at(row.mean) - at(0))),
          height: BAR,
          rx: 3,
          class: row.best ? "bar best" : "bar",
        }),
        ...spread,
      ];
    });
    return { height: rows.length * ROW, marks };
  };
}

/** Steps of an axis: round numbers, few of them. */
function steps(most, count = 4) {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, place) => place * step);
}

/** A curve over days, with the band in which nine of ten paths lie. */
export function curve(points, named) {
  return (width) => {
    const [left, right, top, floor, height] = [52, 12, 12, 208, 250];
    const most = Math.max(1, ...points.map((point) => point.high));
    const last = points.at(-1).day || 1;
    const x = (day) => left + (day / last) * (width - left - right);
    const y = (value) => floor - (value / most) * (floor - top);
    const line = (of) => points.map((point) => `${x(point.day).toFixed(1)},${y(of(point)).toFixed(1)}`);
    const band = [...line((point) => point.high), ...line((point) => point.low).reverse()].join(" ");
    const days = steps(last, width < 420 ? 4 : 6);
    const spread = points.some((point) => point.high - point.low > 0.005);
    return {
      height,
      marks: [
        ...steps(most).flatMap((value) => [
          drawn("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: "grid" }),
          text(left - 8, y(value) + 4, short(value), "tick", "end"),
        ]),
        ...days.map((day) => text(x(day), floor + 18, String(day), "tick", "middle")),
        text(x(last / 2), height - 4, named, "tick", "middle"),
        spread ? drawn("polygon", { points: band, class: "band" }) : null,
        drawn("polyline", { points: line((point) => point.mean).join(" "), class: "line" }),
        drawn("circle", { cx: x(last), cy: y(points.at(-1).mean), r: 4, class: "end" }),
      ].filter(Boolean),
    };
  };
}

/** Bars made of parts, each against its limit: `{name, parts: [{kind, value}], limit, told}`. */
export function stacks(rows) {
  const many = rows.length > 8;
  const step = many ? 22 : 54;
  const most = Math.max(
    1,
    ...rows.map((row) =>
      Math.max(
        row.limit,
        row.parts.reduce((sum, part) => sum + part.value, 0),
      ),
    ),
  );
  return (width) => {
    const left = many ? 44 : 2;
    const x = (value) => left + (value / most) * (width - left - 4);
    const marks = rows.flatMap((row, place) => {
      const top = place * step + (many ? 2 : 22);
      let sum = 0;
      const parts = row.parts
        .filter((part) => part.value > 0)
        .map((part) => {
          const from = x(sum);
          sum += part.value;
          return drawn(
            "rect",
            {
              x: from,
              y: top,
              width: Math.max(0.5, x(sum) - from - 1),
              height: many ? 14 : 18,
              class: `part ${part.kind}`,
            },
            drawn("title", {}, `${part.name}: ${cents(part.value)}`),
          );
        });
      return [
        ...(many
          ? [text(2, top + 12, row.name, "tick")]
          : [text(2, top - 7, row.name, "name"), text(width - 2, top - 7, row.told, "figure", "end")]),
        drawn("rect", { x: left, y: top, width: x(row.limit) - left, height: many ? 14 : 18, class: "room" }),
        ...parts,
        drawn("line", {
          x1: x(row.limit),
          x2: x(row.limit),
          y1: top - 3,
          y2: top + (many ? 17 : 21),
          class: "limit",
        }),
      ];
    });
    return { height: rows.length * step + 4, marks };
  };
}

/** What the colours of parts mean. */
export const legend = (parts) =>
  element(
    "ul",
    { class: "legend" },
    parts.map(({ kind, name, told }) =>
      element(
        "li",
        {},
        element("span", { class: `swatch ${kind}`, "aria-hidden": "true" }),
        told ? `${name} ${told}` : name,
      ),
    ),
  );

/** A statistic as a row of bars. */
export const rowOf = (name, statistics, best) => ({
  name,
  best,
  mean: statistics.mean,
  told: amount(statistics),
  low: Math.min(statistics.p5, statistics.mean),
  high: Math.max(statistics.p95, statistics.mean),
});

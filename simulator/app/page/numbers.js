// Amounts and dates as the program writes them: in the American way, whatever the browser speaks.

const CENTS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const DOLLARS = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const COUNT = new Intl.NumberFormat("en-US");
const DAY = new Intl.DateTimeFormat("en-US", {
  month: "short",
  day: "numeric",
  year: "numeric",
  timeZone: "UTC",
});

/** Dollars to the cent. */
export const cents = (amount) => CENTS.format(amount);

/** Dollars, whole. */
export const dollars = (amount) => DOLLARS.format(amount);

/** Dollars as an axis has room for: $1.2k, $350k, $2M. */
export function short(amount) {
  const size = Math.abs(amount);
  if (size >= 1e6) return `$${trimmed(amount / 1e6)}M`;
  if (size >= 1e4) return `$${trimmed(amount / 1e3)}k`;
  return DOLLARS.format(amount);
}

const trimmed = (number) => COUNT.format(Math.round(number * 10) / 10);

/** An amount of an answer: to the cent on one path, whole dollars over many. */
export const amount = (statistics) => (statistics.sd ? dollars(statistics.mean) : cents(statistics.mean));

/** A count. */
export const count = (number) => COUNT.format(number);

/** A day: Jan 3, 2026. */
export const day = (iso) => DAY.format(new Date(`${iso}T00:00:00Z`));

/** What a share is written as, like 12%, as a number of percent; null where it is no share. */
export function percentOf(text) {
  const found = /^\s*([+-]?[\d_]*\.?\d+)\s*%\s*$/.exec(String(text ?? ""));
  return found ? Number(found[1].replaceAll("_", "")) : null;
}

// Values as YAML that the loader reads back as they were: texts stay texts, whatever they look like.

const PLAIN = /^[A-Za-z0-9$][A-Za-z0-9 $%_.,'()/+-]*$/;
const MEANT = new Set(["true", "false", "null", ""]);
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

function scalar(value) {
  if (value === null || typeof value === "boolean" || typeof value === "number") return String(value);
  if (PLAIN.test(value) && !MEANT.has(value) && !value.endsWith(" ")) return value;
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(UNSEEN, escaped);
}

const isEmpty = (value) => Object.keys(value).length === 0;
const isNested = (value) => value !== null && typeof value === "object";

function lines(value, indent) {
  const space = " ".repeat(indent);
  if (Array.isArray(value)) return value.flatMap((entry) => entryLines(entry, indent));
  return Object.entries(value).flatMap(([key, below]) => {
    if (!isNested(below)) return [`${space}${scalar(key)}: ${scalar(below)}`];
    if (isEmpty(below)) return [`${space}${scalar(key)}: ${Array.isArray(below) ? "[]" : "{}"}`];
    return [`${space}${scalar(key)}:`, ...lines(below, indent + 2)];
  });
}

function entryLines(entry, indent) {
  const space = " ".repeat(indent);
  if (!isNested(entry)) return [`${space}- ${scalar(entry)}`];
  if (isEmpty(entry)) return [`${space}- ${Array.isArray(entry) ? "[]" : "{}"}`];
  const [first, ...rest] = lines(entry, indent + 2);
  return [`${space}- ${first.trimStart()}`, ...rest];
}

/** The text of a scenario file with these values. */
export function yaml(values) {
  return `${lines(values, 0).join("\n")}\n`;
}

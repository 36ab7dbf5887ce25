// The JSON Schema of a scenario file, read for a form: of each field whether it is a value, a group, a list, or a choice.

const SAID = ["x-written", "x-bounds"];

/** A reader of one schema. */
export class Schema {
  constructor(root) {
    this.root = root;
  }

  /** A node with what it refers to; what stands beside the reference goes first. */
  resolved(node) {
    if (!node.$ref) return node;
    const name = node.$ref.split("/").at(-1);
    const { $ref, ...beside } = node;
    return { name, ...this.root.$defs[name], ...beside };
  }

  /** Everything that may stand in a node, without nesting; nothing of null. */
  alternatives(node) {
    const known = this.resolved(node);
    const inner = known.anyOf ?? known.oneOf;
    if (!inner) return known.type === "null" ? [] : [known];
    const said = Object.fromEntries(SAID.filter((key) => key in known).map((key) => [key, known[key]]));
    return inner.flatMap((each) => this.alternatives(each)).map((each) => ({ ...said, ...each }));
  }

  /** What a node is for a form: `{kind, ...}`, where kind is value, group, list, map or choice. */
  shape(node) {
    const known = this.resolved(node);
    const all = this.alternatives(known);
    const values = all.filter((each) => kindOf(each) === "value");
    const others = all.filter((each) => kindOf(each) !== "value");
    if (!others.length) return { ...known, kind: "value", ...value(known, values) };
    if (others.length === 1 && !values.length) return { ...known, ...this.#one(others[0]) };
    const [only] = others;
    if (others.length === 1 && only.required?.length === 1 && kindOf(only) === "group") {
      return { ...known, ...this.#one(only), short: only.required[0] };
    }
    const choices = others.map((each) => this.#one(each));
    if (values.length) choices.unshift({ kind: "value", ...value(known, values) });
    return { ...known, kind: "choice", choices, tag: tagOf(choices) };
  }

  #one(node) {
    const kind = kindOf(node);
    if (kind === "list") return { ...node, kind, entry: node.items };
    if (kind === "map") return { ...node, kind, entry: node.additionalProperties };
    return { ...node, kind };
  }

  /** Values with each group that a bare word stands for written out: `monthly` as `{cadence: monthly}`. */
  expanded(node, value) {
    return this.#walked(node, value, (shape, below) =>
      shape.short && !isGroup(below) ? { [shape.short]: below } : below,
    );
  }

  /** The same the other way round, as people write it. */
  collapsed(node, value) {
    return this.#walked(node, value, (shape, below) =>
      shape.short && isGroup(below) && Object.keys(below).join() === shape.short ? below[shape.short] : below,
    );
  }

  #walked(node, value, changed) {
    if (value === null || value === undefined) return value;
    let shape = this.shape(node);
    if (shape.kind === "choice") shape = shape.choices[chosen(shape, value)] ?? shape;
    const made = changed(shape, value);
    if (shape.kind === "list" && Array.isArray(made)) {
      return made.map((each) => this.#walked(shape.entry, each, changed));
    }
    if (!isGroup(made)) return made;
    const of = (key) => (shape.kind === "map" ? shape.entry : shape.properties?.[key]);
    return Object.fromEntries(
      Object.entries(made).map(([key, below]) => [
        key,
        of(key) ? this.#walked(of(key), below, changed) : below,
      ]),
    );
  }
}

/** Whether a value is a group of fields. */
export const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function kindOf(node) {
  if (node.type === "array") return "list";
  if (node.properties) return "group";
  return node.type === "object" ? "map" : "value";
}

/** The field by which the classes of a choice are told apart, if there is one. */
function tagOf(choices) {
  const tags = choices.map(
    (each) => Object.entries(each.properties ?? {}).find(([, field]) => "const" in field)?.[0],
  );
  return tags.length && tags.every((tag) => tag === tags[0]) ? tags[0] : undefined;
}

/** Which of the choices a value is of. */
export function chosen(shape, value) {
  const { choices, tag } = shape;
  const place = (test) => choices.findIndex(test);
  if (Array.isArray(value)) return place((each) => each.kind === "list");
  if (!isGroup(value))
    return value === undefined && tag ? defaultOf(shape) : place((each) => each.kind === "value");
  if (tag) return place((each) => each.properties[tag].const === value[tag]);
  const fits = (each) => Object.keys(value).filter((key) => each.properties?.[key]).length;
  const scores = choices.map((each) => (each.kind === "group" ? fits(each) : -1));
  return scores.indexOf(Math.max(...scores));
}

function defaultOf({ choices, tag, default: given }) {
  return choices.findIndex((each) => given && each.properties[tag].const === given[tag]);
}

/** What may be written as one value: its words, bounds, and which control suits it. */
function value(known, values) {
  const words = values
    .flatMap((each) => each.enum ?? ("const" in each ? [each.const] : []))
    .filter((word) => typeof word === "string");
  const rest = values.filter((each) => !each.enum && !("const" in each));
  const bounds = known["x-bounds"] ?? values.map((each) => each["x-bounds"]).find(Boolean);
  const written = known["x-written"] ?? values.map((each) => each["x-written"]).find(Boolean) ?? "";
  const whole = rest.find((each) => each.type === "integer");
  const isShare = bounds || written.startsWith("share");
  let control = "text";
  if (rest.some((each) => each.type === "boolean")) control = "flag";
  else if (!rest.length) control = "words";
  else if (rest.some((each) => each.format === "date")) control = "day";
  else if (whole && rest.length === 1) control = "whole";
  else if (isShare) control = "share";
  return { control, words, written, bounds: bounds ?? [0, 1], least: whole?.minimum, most: whole?.maximum };
}

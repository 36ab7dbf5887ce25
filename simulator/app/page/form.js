// The form: groups, lists, maps and choices of the schema, each field of it a control of its own.

import { element, worded } from "./dom.js";
import { field, idOf } from "./field.js";
import { kindLabel, label } from "./labels.js";
import { namedRows, replacedBy, rows } from "./rows.js";
import { chosen, isGroup } from "./schema.js";
import { ordered } from "./sections.js";

/** Makes the fields of a scenario; `scenario` holds the values and is told of every change. */
export class Form {
  constructor(schema, scenario) {
    this.schema = schema;
    this.scenario = scenario;
  }

  /** What a field at the top is called. */
  named(name) {
    return label(name);
  }

  /** A field of any kind at a path. */
  made(path, node, { required = false, named = undefined, bare = false } = {}) {
    const shape = this.schema.shape(node);
    const here = { shape, required, named: named ?? label(path.at(-1)), bare };
    switch (shape.kind) {
      case "group":
        return this.#group(path, here);
      case "list":
        return rows(this, path, here);
      case "map":
        return namedRows(this, path, here);
      case "choice":
        return this.#choice(path, here);
      default:
        return this.#value(path, here);
    }
  }

  #value(path, { shape, required, named }) {
    return field(path, shape, {
      required,
      named,
      value: this.scenario.get(path),
      change: (value) => this.scenario.set(path, value),
    });
  }

  /** The fields of a group: those seen first, and the others behind a line that opens. */
  fields(path, shape, key, without = undefined) {
    const names = Object.keys(shape.properties).filter((name) => name !== without);
    const [first, more] = ordered(key, names);
    const one = (name) =>
      this.made([...path, name], shape.properties[name], { required: shape.required?.includes(name) });
    if (!more.length) return first.map(one);
    const said = more.some((name) => this.scenario.get([...path, name]) !== undefined);
    return [
      ...first.map(one),
      element(
        "details",
        { class: "more", open: said },
        element("summary", {}, `${count(more.length)} more: ${more.map(label).join(", ")}`),
        more.map(one),
      ),
    ];
  }

  #group(path, { shape, named, bare }) {
    const key = bare || FIRST_BY_NAME.has(shape.name) ? shape.name : path.at(-1);
    const fields = this.fields(path, shape, bare ? shape.name : key);
    if (bare) return element("div", { class: "group" }, fields);
    return this.fieldset(path, named, shape.description, fields);
  }

  /** A group of fields with its name and its words. */
  fieldset(path, named, words, ...children) {
    return element(
      "fieldset",
      { class: "group", "data-path": path.join(".") },
      element("legend", {}, named),
      words ? element("p", { class: "hint" }, worded(words.split("\n\n")[0])) : null,
      children,
      element("p", { class: "wrong" }),
    );
  }

  /** Which of several kinds of thing stands here, and its fields. */
  #choice(path, here) {
    const { shape, named, required, bare } = here;
    const value = this.scenario.get(path);
    const which = chosen(shape, value);
    const id = idOf([...path, "kind"]);
    const usual = shape.default === undefined || shape.default === null ? "none" : "as usual";
    const kind = element(
      "select",
      {
        id,
        onchange: () => {
          this.#chosen(path, shape, kind.value === "" ? undefined : shape.choices[kind.value]);
          again()?.querySelector("select")?.focus();
        },
      },
      which < 0 || !shape.tag ? element("option", { value: "" }, usual) : null,
      shape.choices.map((each, place) => element("option", { value: place }, kindLabel(each, shape.tag))),
    );
    kind.value =
      which < 0 || (value === undefined && !shape.tag && shape.choices[which].kind !== "value")
        ? ""
        : String(which);
    const title = shape.tag ? `${named}: ${shape.tag}` : `${named}: written as`;
    const picked = kind.value === "" ? undefined : shape.choices[which];
    const below = picked && this.#below(path, picked, { shape, named, required });
    const chooser = element(
      "div",
      { class: "field words", "data-path": [...path, shape.tag].filter(Boolean).join(".") },
      element("label", { for: id }, bare ? label(shape.tag ?? "kind") : title),
      element("div", { class: "entry" }, kind),
      element("p", { class: "wrong", id: `${id}-wrong` }),
    );
    const simple = picked?.kind === "value" && !bare;
    const made =
      simple || bare
        ? element("div", { class: simple ? "either" : "group" }, simple ? [below, chooser] : [chooser, below])
        : this.fieldset(path, named, picked?.description ?? shape.description, chooser, below);
    const again = () => replacedBy(made, this.#choice(path, here));
    return made;
  }

  #below(path, picked, { shape, named, required }) {
    if (picked.kind === "group")
      return this.fields(path, picked, shape.tag ? path.at(-1) : picked.name, shape.tag);
    if (picked.kind === "list") return rows(this, path, { shape: { ...picked, description: "" }, named });
    return this.#value(path, { shape: { ...picked, description: shape.description }, named, required });
  }

  /** Puts a thing of another kind where one stands, as somebody would who chooses it: its last name says which. */
  instead(path, root, kind) {
    const around = path.slice(0, -1);
    const shape = this.schema.shape(around.reduce((node, key) => node.properties[key], root));
    this.#chosen(
      around,
      shape,
      shape.choices.find((each) => each.properties?.[shape.tag]?.const === kind),
    );
  }

  /** Puts the beginning of another kind where one stood; what both have stays. */
  #chosen(path, shape, picked) {
    const before = this.scenario.get(path);
    if (!picked || picked.kind === "value") return this.scenario.set(path, undefined);
    if (picked.kind === "list") {
      const entry = this.schema.shape(picked.entry);
      const first =
        before === undefined || isGroup(before) || entry.kind !== "group"
          ? before
          : { [path.at(-1)]: before };
      return this.scenario.set(path, first === undefined ? [] : [first]);
    }
    const kept = isGroup(before) ? Object.entries(before).filter(([key]) => key in picked.properties) : [];
    const tag = shape.tag ? { [shape.tag]: picked.properties[shape.tag].const } : {};
    return this.scenario.set(path, { ...Object.fromEntries(kept), ...tag });
  }
}

const FIRST_BY_NAME = new Set(["Policy", "Bonus", "Change"]);
const count = (number) =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][number] ?? String(number);

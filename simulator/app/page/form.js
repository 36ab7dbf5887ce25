// The form: groups, lists, maps and choices of the schema, each field of it a control of its own.

import { element, worded } from "./dom.js";
import { field, idOf } from "./field.js";
import { entryLabel, kindLabel, label } from "./labels.js";
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
      case "group": return this.#group(path, here);
      case "list": return this.#list(path, here);
      case "map": return this.#map(path, here);
      case "choice": return this.#choice(path, here);
      default: return this.#value(path, here);
    }
  }

  #value(path, { shape, required, named }) {
    return field(path, shape, { required, named, value: this.scenario.get(path),
      change: (value) => this.scenario.set(path, value) });
  }

  /** The fields of a group: those seen first, and the others behind a line that opens. */
  fields(path, shape, key, without = undefined) {
    const names = Object.keys(shape.properties).filter((name) => name !== without);
    const [first, more] = ordered(key, names);
    const one = (name) => this.made([...path, name], shape.properties[name],
      { required: shape.required?.includes(name) });
    if (!more.length) return first.map(one);
    const said = more.some((name) => this.scenario.get([...path, name]) !== undefined);
    return [...first.map(one), element("details", { class: "more", open: said },
      element("summary", {}, `${count(more.length)} more: ${more.map(label).join(", ")}`), more.map(one))];
  }

  #group(path, { shape, named, bare }) {
    const key = bare || FIRST_BY_NAME.has(shape.name) ? shape.name : path.at(-1);
    const fields = this.fields(path, shape, bare ? shape.name : key);
    if (bare) return element("div", { class: "group" }, fields);
    return this.#set(path, named, shape.description, fields);
  }

  #set(path, named, words, ...children) {
    return element("fieldset", { class: "group", "data-path": path.join(".") }, element("legend", {}, named),
      words ? element("p", { class: "hint" }, worded(words.split("\n\n")[0])) : null, children,
      element("p", { class: "wrong" }));
  }

  /** Rows that can be added and removed. */
  #list(path, here) {
    const { shape, named } = here;
    const entries = this.scenario.get(path) ?? [];
    const many = entryLabel(path.at(-1));
    const rows = (Array.isArray(entries) ? entries : []).map((_, place) => this.#row([...path, place], shape.entry, many, place, () => again()));
    const add = element("button", { type: "button", class: "add", "aria-label": `Add a ${many} to ${named}`, onclick: () => {
      const kind = this.schema.shape(shape.entry).kind;
      this.scenario.set([...path, rows.length], kind === "value" ? "" : this.#begun(shape.entry));
      again()?.querySelector(`[data-row="${rows.length}"] :is(input, select, button)`)?.focus();
    } }, `Add a ${many}`);
    const made = this.#set(path, named, rows.length ? "" : shape.description, rows, add);
    const again = () => replacedBy(made, this.#list(path, here));
    return made;
  }

  /** What a new row has: which kind of thing it is, where there are several. */
  #begun(entry) {
    const { kind, tag, choices } = this.schema.shape(entry);
    return kind === "choice" && tag ? { [tag]: choices[0].properties[tag].const } : {};
  }

  #row(path, entry, many, place, again) {
    const named = `${many[0].toUpperCase()}${many.slice(1)} ${place + 1}`;
    const remove = element("button", { type: "button", class: "remove", "aria-label": `Remove ${named.toLowerCase()}`, onclick: () => {
      this.scenario.remove(path);
      again()?.querySelector(".add")?.focus();
    } }, "Remove");
    return element("div", { class: "row", role: "group", "aria-label": named, "data-row": place },
      element("p", { class: "nth", "aria-hidden": "true" }, named), this.made(path, entry, { bare: true, named }), remove);
  }

  /** Rows with names of their own: a year, a column. */
  #map(path, here) {
    const { shape, named } = here;
    const many = entryLabel(path.at(-1));
    const entries = this.scenario.get(path);
    const rows = Object.keys(isGroup(entries) ? entries : {}).map((key) => {
      const id = idOf([...path, key, "name"]);
      const name = element("input", { id, type: "text", value: key, onchange: () => {
        this.scenario.rename(path, key, name.value);
        again();
      } });
      return element("div", { class: "row", role: "group", "aria-label": `${many} ${key}` },
        element("div", { class: "field" }, element("label", { for: id }, label(many)), element("div", { class: "entry" }, name)),
        this.made([...path, key], shape.entry, { bare: true, named: key || label(many) }),
        element("button", { type: "button", class: "remove", "aria-label": `Remove ${many} ${key}`, onclick: () => {
          this.scenario.set([...path, key], undefined);
          again();
        } }, "Remove"));
    });
    const add = element("button", { type: "button", class: "add", "aria-label": `Add a ${many} to ${named}`, onclick: () => {
      this.scenario.set([...path, ""], this.schema.shape(shape.entry).kind === "group" ? {} : [""]);
      again()?.querySelector(".row:last-of-type input")?.focus();
    } }, `Add a ${many}`);
    const made = this.#set(path, named, shape.description, rows, add);
    const again = () => replacedBy(made, this.#map(path, here));
    return made;
  }

  /** Which of several kinds of thing stands here, and its fields. */
  #choice(path, here) {
    const { shape, named, required, bare } = here;
    const value = this.scenario.get(path);
    const which = chosen(shape, value);
    const id = idOf([...path, "kind"]);
    const usual = shape.default === undefined || shape.default === null ? "none" : "as usual";
    const kind = element("select", { id, onchange: () => {
      this.#chosen(path, shape, kind.value === "" ? undefined : shape.choices[kind.value]);
      again()?.querySelector("select")?.focus();
    } }, which < 0 || !shape.tag ? element("option", { value: "" }, usual) : null,
    shape.choices.map((each, place) => element("option", { value: place }, kindLabel(each, shape.tag))));
    kind.value = which < 0 || (value === undefined && !shape.tag && shape.choices[which].kind !== "value") ? "" : String(which);
    const title = shape.tag ? `${named}: ${shape.tag}` : `${named}: written as`;
    const picked = kind.value === "" ? undefined : shape.choices[which];
    const below = picked && this.#below(path, picked, { shape, named, required });
    const chooser = element("div", { class: "field words", "data-path": [...path, shape.tag].filter(Boolean).join(".") },
      element("label", { for: id }, bare ? label(shape.tag ?? "kind") : title), element("div", { class: "entry" }, kind),
      element("p", { class: "wrong", id: `${id}-wrong` }));
    const simple = picked?.kind === "value" && !bare;
    const made = simple || bare ? element("div", { class: simple ? "either" : "group" }, simple ? [below, chooser] : [chooser, below])
      : this.#set(path, named, picked?.description ?? shape.description, chooser, below);
    const again = () => replacedBy(made, this.#choice(path, here));
    return made;
  }

  #below(path, picked, { shape, named, required }) {
    if (picked.kind === "group") return this.fields(path, picked, shape.tag ? path.at(-1) : picked.name, shape.tag);
    if (picked.kind === "list") return this.#list(path, { shape: { ...picked, description: "" }, named });
    return this.#value(path, { shape: { ...picked, description: shape.description }, named, required });
  }

  /** Puts a thing of another kind where one stands, as somebody would who chooses it: its last name says which. */
  instead(path, root, kind) {
    const around = path.slice(0, -1);
    const shape = this.schema.shape(around.reduce((node, key) => node.properties[key], root));
    this.#chosen(around, shape, shape.choices.find((each) => each.properties?.[shape.tag]?.const === kind));
  }

  /** Puts the beginning of another kind where one stood; what both have stays. */
  #chosen(path, shape, picked) {
    const before = this.scenario.get(path);
    if (!picked || picked.kind === "value") return this.scenario.set(path, undefined);
    if (picked.kind === "list") {
      const entry = this.schema.shape(picked.entry);
      const first = before === undefined || isGroup(before) || entry.kind !== "group" ? before : { [path.at(-1)]: before };
      return this.scenario.set(path, first === undefined ? [] : [first]);
    }
    const kept = isGroup(before) ? Object.entries(before).filter(([key]) => key in picked.properties) : [];
    const tag = shape.tag ? { [shape.tag]: picked.properties[shape.tag].const } : {};
    return this.scenario.set(path, { ...Object.fromEntries(kept), ...tag });
  }
}

const FIRST_BY_NAME = new Set(["Policy", "Bonus", "Change"]);
const count = (number) => ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][number] ?? String(number);

function replacedBy(made, other) {
  made.replaceWith(other);
  return other;
}


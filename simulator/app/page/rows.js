// Rows of the form that can be added and removed: of a list, or with names of their own.

import { element } from "./dom.js";
import { idOf } from "./field.js";
import { entryLabel, label } from "./labels.js";
import { isGroup } from "./schema.js";

/** Puts an element in the place of another. */
export function replacedBy(made, other) {
  made.replaceWith(other);
  return other;
}

const button = (kind, named, words, onclick) =>
  element("button", { type: "button", class: kind, "aria-label": named, onclick }, words);

/** The rows of a list. */
export function rows(form, path, here) {
  const { shape, named } = here;
  const { scenario, schema } = form;
  const stands = scenario.get(path);
  const entries = Array.isArray(stands) ? stands : [];
  const many = entryLabel(path.at(-1));
  const add = button("add", `Add a ${many} to ${named}`, `Add a ${many}`, () => {
    scenario.set([...path, entries.length], begun(schema, shape.entry));
    again().querySelector(`[data-row="${entries.length}"] :is(input, select, button)`)?.focus();
  });
  const made = form.fieldset(
    path,
    named,
    entries.length ? "" : [shape.description, usual(shape)].filter(Boolean).join(" "),
    entries.map((_, place) => row(form, [...path, place], shape.entry, many, () => again())),
    add,
  );
  const again = () => replacedBy(made, rows(form, path, here));
  return made;
}

/** What a list has where nothing is written. */
function usual({ default: given }) {
  const names = (Array.isArray(given) ? given : []).map((one) => one.cadence ?? String(one));
  return names.length ? `As usual: ${names.join(", ")}.` : "";
}

/** What a new row has: which kind of thing it is, where there are several. */
function begun(schema, entry) {
  const { kind, tag, choices } = schema.shape(entry);
  if (kind === "value") return "";
  return kind === "choice" && tag ? { [tag]: choices[0].properties[tag].const } : {};
}

function row(form, path, entry, many, again) {
  const named = `${many[0].toUpperCase()}${many.slice(1)} ${path.at(-1) + 1}`;
  const remove = button("remove", `Remove ${named.toLowerCase()}`, "Remove", () => {
    form.scenario.remove(path);
    again().querySelector(".add").focus();
  });
  return element(
    "div",
    { class: "row", role: "group", "aria-label": named, "data-row": path.at(-1) },
    element("p", { class: "nth", "aria-hidden": "true" }, named),
    form.made(path, entry, { bare: true, named }),
    remove,
  );
}

/** Rows with names of their own: a year, a column. */
export function namedRows(form, path, here) {
  const { shape, named } = here;
  const { scenario, schema } = form;
  const many = entryLabel(path.at(-1));
  const stands = scenario.get(path);
  const add = button("add", `Add a ${many} to ${named}`, `Add a ${many}`, () => {
    scenario.set([...path, ""], schema.shape(shape.entry).kind === "group" ? {} : [""]);
    again().querySelector(".row:last-of-type input")?.focus();
  });
  const keys = Object.keys(isGroup(stands) ? stands : {});
  const made = form.fieldset(
    path,
    named,
    shape.description,
    keys.map((key) => namedRow(form, path, key, shape.entry, many, () => again())),
    add,
  );
  const again = () => replacedBy(made, namedRows(form, path, here));
  return made;
}

function namedRow(form, path, key, entry, many, again) {
  const id = idOf([...path, key, "name"]);
  const renamed = () => {
    form.scenario.rename(path, key, name.value);
    again();
  };
  const name = element("input", { id, type: "text", value: key, onchange: renamed });
  const remove = button("remove", `Remove ${many} ${key}`, "Remove", () => {
    form.scenario.set([...path, key], undefined);
    again();
  });
  return element(
    "div",
    { class: "row", role: "group", "aria-label": `${many} ${key}` },
    element(
      "div",
      { class: "field" },
      element("label", { for: id }, label(many)),
      element("div", { class: "entry" }, name),
    ),
    form.made([...path, key], entry, { bare: true, named: key || label(many) }),
    remove,
  );
}

// One field of one value: its label, its native control, its words, and the mistake that was found in it.

import { element, worded } from "./dom.js";
import { label } from "./labels.js";
import { percentOf } from "./numbers.js";

const LONGEST_SLIDE = 120;
const ISO = /^\d{4}-\d\d-\d\d$/;

/** The id of a field's control. */
export const idOf = (path) => `at-${path.join(".")}`;

/** A field with its label. `change(value)` is told what is written, undefined where nothing is. */
export function field(path, shape, { value, required, named, change }) {
  const id = idOf(path);
  const name = named ?? label(path.at(-1));
  const made = control(id, name, shape, { value, required, change });
  const hint = hintOf(shape);
  const described = [hint && `${id}-hint`, `${id}-wrong`].filter(Boolean).join(" ");
  made.input.setAttribute("aria-describedby", described);
  const flag = shape.control === "flag";
  const top = element(
    "label",
    { for: id, class: flag ? "flag" : null },
    flag ? made.input : null,
    name,
    required ? element("span", { class: "required" }, " required") : null,
  );
  return element(
    "div",
    { class: `field ${shape.control}`, "data-path": path.join(".") },
    top,
    flag ? null : element("div", { class: "entry" }, made.all),
    hint ? element("p", { class: "hint", id: `${id}-hint` }, worded(hint)) : null,
    element("p", { class: "wrong", id: `${id}-wrong` }),
  );
}

/** The words of a field, and within which bounds it is written. */
function hintOf({ description = "", written = "", control: kind }) {
  const plain =
    ["flag", "words", "day"].includes(kind) || /^(text|years)/.test(written) || description.includes("[$");
  const unit = plain ? "" : written.replace(/^(share|whole number), /, "");
  return [description, unit && capital(unit)].filter(Boolean).join(" ");
}

const capital = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

/** The default of a field as somebody would write it. */
function usual({ default: given }) {
  if (given === undefined || given === null || given === "" || typeof given === "object") return "";
  return String(given).replace(/^\$0\.00$/, "0");
}

function control(id, name, shape, given) {
  switch (shape.control) {
    case "flag":
      return flag(id, shape, given);
    case "words":
      return words(id, shape, given);
    case "day":
      return day(id, shape, given);
    case "share":
      return slid(id, name, shape, given, SHARE);
    case "whole":
      return shape.least === 0 && shape.most <= 3650
        ? slid(id, name, shape, given, WHOLE)
        : text(id, shape, given);
    default:
      return text(id, shape, given);
  }
}

function flag(id, shape, { value, change }) {
  const stands = value === undefined ? Boolean(shape.default) : value === true;
  const input = element("input", {
    id,
    type: "checkbox",
    checked: stands,
    onchange: () => change(input.checked === Boolean(shape.default) ? undefined : input.checked),
  });
  return { input, all: [input] };
}

function words(id, shape, { value, required, change }) {
  const none = required ? "choose one" : usual(shape) ? `${usual(shape)} (usual)` : "none";
  const known = shape.words.filter((word) => word !== shape.default && word !== "none");
  const stray = value !== undefined && !shape.words.includes(value) ? [String(value)] : [];
  const input = element(
    "select",
    { id, onchange: () => change(input.value || undefined) },
    element("option", { value: "" }, none),
    [...known, ...stray].map((word) => element("option", { value: word }, word)),
  );
  input.value = value === undefined || value === shape.default ? "" : String(value);
  return { input, all: [input] };
}

function day(id, shape, { value, change }) {
  const native = value === undefined || ISO.test(value);
  const input = element("input", {
    id,
    type: native ? "date" : "text",
    value: value ?? "",
    oninput: () => change(input.validity.badInput ? "an unfinished date" : input.value || undefined),
  });
  return { input, all: [input] };
}

function text(id, shape, { value, change }) {
  if (id === "at-notes") {
    const input = element("textarea", {
      id,
      rows: 3,
      value: value ?? "",
      oninput: () => change(input.value || undefined),
    });
    return { input, all: [input] };
  }
  const numeric =
    shape.control === "whole" ? "numeric" : shape.written.includes("dollars") ? "decimal" : null;
  const list = shape.words.length ? `${id}-words` : null;
  const input = element("input", {
    id,
    type: "text",
    inputmode: numeric,
    list,
    autocomplete: "off",
    spellcheck: "false",
    value: value === undefined ? "" : String(value),
    placeholder: usual(shape) || shape.examples?.[0],
    oninput: () => change(input.value === "" ? undefined : input.value),
  });
  const offered =
    list &&
    element(
      "datalist",
      { id: list },
      shape.words.map((word) => element("option", { value: word })),
    );
  return { input, all: [input, offered].filter(Boolean) };
}

const SHARE = {
  number: percentOf,
  written: (number) => `${number}%`,
  range: ({ bounds: [least, most] }) => [
    Math.max(least * 100, -50),
    Math.min(most * 100, most > 2 ? 200 : 100),
    0.5,
  ],
};

const WHOLE = {
  number: (written) => (/^\s*\d+\s*$/.test(String(written ?? "")) ? Number(written) : null),
  written: String,
  range: ({ most }) => [0, Math.min(most, LONGEST_SLIDE), 1],
};

/** A field to write in, and a slider beside it for the same. */
function slid(id, name, shape, given, as) {
  const made = text(id, shape, {
    ...given,
    change: (written) => {
      place(written);
      given.change(written);
    },
  });
  const [min, max, step] = as.range(shape);
  const slider = element("input", {
    type: "range",
    min,
    max,
    step,
    "aria-label": `${name}, slider`,
    oninput: () => {
      made.input.value = as.written(Number(slider.value));
      slider.setAttribute("aria-valuetext", made.input.value);
      slider.classList.remove("aside");
      given.change(made.input.value);
    },
  });
  function place(written) {
    const number = as.number(written ?? usual(shape)) ?? as.number(usual(shape));
    slider.value = String(number ?? min);
    slider.classList.toggle("aside", written !== undefined && as.number(written) === null);
    slider.setAttribute("aria-valuetext", written ?? `${usual(shape) || "none"}, as usual`);
  }
  place(given.value);
  return { input: made.input, all: [...made.all, slider] };
}

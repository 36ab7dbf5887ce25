// What is wrong, at its field and in a list that leads there.

import { byId, element, refilled } from "./dom.js";
import { label } from "./labels.js";

const control = (place) => place.querySelector("input:not([type=range]), select, textarea, button.add");

/** The element of a field, or of the nearest thing around it that the form has. */
function placeOf(path) {
  for (let length = path.length; length > 0; length -= 1) {
    const found = document.querySelector(
      `#form [data-path="${CSS.escape(path.slice(0, length).join("."))}"]`,
    );
    if (found) return found;
  }
  return null;
}

/** Takes all mistakes off the form. */
export function cleared() {
  document.querySelectorAll("#form .wrong").forEach((line) => refilled(line));
  document.querySelectorAll("#form [aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
  document.querySelectorAll("#form details.has-wrong").forEach((one) => one.classList.remove("has-wrong"));
}

/** Shows mistakes; those of a field stand at the field. `take` does what one offers in its place, `taken` takes a key out. */
export function shown(mistakes, more, { take, taken, below }) {
  cleared();
  const lines = mistakes.map((one) => {
    const place = one.path.length ? placeOf(one.path) : null;
    if (place) mark(place, one.words);
    const named = one.path
      .filter((part) => typeof part === "string")
      .map(label)
      .join(" › ");
    const where = named || (one.line ? `line ${one.line}` : "");
    const words = element("span", {}, where ? element("b", {}, `${where}: `) : null, one.words);
    const stray = one.path.length > 0 && one.words.startsWith("unknown key");
    const out = stray && element("button", { type: "button", onclick: () => taken(one.path) }, "Take it out");
    const offer =
      one.offer && element("button", { type: "button", onclick: () => take(one.offer) }, one.offer.words);
    return element(
      "li",
      {},
      place
        ? element(
            "a",
            {
              href: `#${control(place)?.id ?? ""}`,
              onclick: (event) => {
                event.preventDefault();
                goTo(place);
              },
            },
            words,
          )
        : words,
      offer,
      out || null,
    );
  });
  const rest = more ? [element("li", {}, `and ${more} more`)] : [];
  refilled(
    byId("mend"),
    element("h2", {}, mistakes.length === 1 ? "One thing to mend" : `${mistakes.length} things to mend`),
    element("ul", {}, lines, rest),
    below ? element("p", {}, below) : null,
  );
  byId("mend").hidden = false;
}

function mark(place, words) {
  const line = [...place.children].find((child) => child.classList.contains("wrong"));
  if (line) line.append(element("span", {}, words));
  if (place.classList.contains("field")) control(place)?.setAttribute("aria-invalid", "true");
  for (let around = place.closest("details"); around; around = around.parentElement.closest("details")) {
    around.classList.add("has-wrong");
  }
}

function goTo(place) {
  for (let around = place.closest("details"); around; around = around.parentElement.closest("details"))
    around.open = true;
  control(place)?.focus();
  place.scrollIntoView({ block: "center" });
}

// What stands beside the answer: the Form 1099-R that will arrive, box by box, and the checklist.

import { byId, element, refilled } from "./dom.js";

let shownForm = "";

/** Shows the forms, one at a time, and the checklist with what to ask the plan. */
export function beside({ forms, mark, disclaimer, checklist, questions }) {
  refilled(
    byId("checklist"),
    checklist.map((item) =>
      element(
        "li",
        { class: { ok: "ok", "!": "bad" }[item.verdict] ?? "note" },
        element("span", { class: "sign" }, { ok: "fine", "!": "look" }[item.verdict] ?? "note"),
        element("span", {}, element("b", {}, `${item.question}: `), item.answer),
      ),
    ),
  );
  refilled(
    byId("questions"),
    questions.map((one) => element("li", {}, one)),
  );
  const named = (form) => `${form.policy}, ${form.year}, code ${form.code}`;
  byId("forms").hidden = !forms.length;
  if (!forms.length) return;
  const chosen = Math.max(
    0,
    forms.findIndex((form) => named(form) === shownForm),
  );
  const select = element(
    "select",
    {
      id: "which-form",
      onchange: () => {
        shownForm = named(forms[select.value]);
        refilled(byId("form-1099r"), sheet(forms[select.value]));
      },
    },
    forms.map((form, place) => element("option", { value: place }, named(form))),
  );
  select.value = String(chosen);
  refilled(byId("which"), element("label", { for: "which-form" }, "Policy and year"), select);
  refilled(byId("form-1099r"), sheet(forms[chosen]));
  byId("form-1099r").dataset.mark = mark;
  byId("disclaimer").textContent = disclaimer;
}

function sheet(form) {
  const box = ({ title, value, spread, main, row, column, down, across }) => {
    const [heading, big] = title.split("\n");
    const made = element(
      "div",
      { class: main ? "box main" : "box" },
      element("dt", {}, heading, big ? element("b", {}, ` ${big}`) : null),
      element("dd", {}, value, spread ? element("small", {}, spread) : null),
    );
    made.style.gridArea = `${row} / ${column} / span ${down} / span ${across}`;
    return made;
  };
  return element("dl", { "aria-label": form.words }, form.boxes.map(box));
}

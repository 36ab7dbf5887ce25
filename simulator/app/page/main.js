// The page: one scenario, its form, and the answer that follows it.

import { answered, delayed } from "./answer.js";
import { beginning, goingOn, missingFiles, problem } from "./begin.js";
import { beside } from "./beside.js";
import { byId, element, refilled } from "./dom.js";
import { engine } from "./engine-of-page.js";
import { Gone, Wrong } from "./engine.js";
import { Form } from "./form.js";
import { keeping, saving } from "./keep.js";
import { carried, compared } from "./link.js";
import { Live } from "./live.js";
import { cleared, shown } from "./mistakes.js";
import { Scenario, kept } from "./scenario.js";
import { Schema } from "./schema.js";
import { SECTIONS, ordered, summary } from "./sections.js";

const start = await engine.start();
const schema = new Schema(start.schema);
const scenario = new Scenario(schema);
const form = new Form(schema, scenario);
const now = { answer: null, said: "", few: false, link: null };

const status = (words) => {
  byId("status").textContent = words;
};

const live = new Live(engine, scenario, {
  busy: (is) => byId("answer").toggleAttribute("aria-busy", is),
  answer(answer, said, few) {
    Object.assign(now, { answer, said, few });
    byId("mend").hidden = true;
    byId("answer").classList.remove("old", "none");
    cleared();
    missingFiles([], scenario, () => live.ask());
    answered(answer, few);
    status("");
    if (now.link && !few)
      compared(now.link, answer, said).then((words) => {
        byId("compared").textContent = words;
      });
  },
  beside(said) {
    delayed(said.delays);
    beside(said);
  },
  wrong({ mistakes, more }) {
    byId("answer").classList.add("old");
    const instead = (offer) => {
      form.instead(offer.path, start.schema, offer.value);
      forms();
    };
    const below = now.answer ? "The answer below is of the last figures without a mistake." : "";
    shown(mistakes, more, { take: instead, taken: (path) => scenario.set(path, undefined), below });
    missingFiles(mistakes, scenario, () => live.ask());
    status("");
  },
  gone: status,
});

/** Takes a scenario up: reads its text, makes the form of it, and asks for the answer. */
async function open(found) {
  try {
    const question = { text: found.text, name: found.name };
    const { data } = JSON.parse(await (await engine.ask("open", question)).content.text());
    if (data === null || typeof data !== "object" || Array.isArray(data))
      throw new Wrong([{ path: [], words: "this is not a scenario; it begins like name: Emily, 28" }]);
    live.drop();
    Object.assign(now, { answer: null, said: "", link: found.link ?? null });
    byId("answer").classList.add("none");
    byId("mend").hidden = true;
    byId("bar-words").textContent = "To the answer";
    byId("compared").textContent = "";
    scenario.take({ ...found, values: data });
    forms();
    leaf("desk");
    if (location.hash) history.replaceState(null, "", location.pathname);
  } catch (error) {
    if (!(error instanceof Wrong || error instanceof Gone)) throw error;
    leaf("begin");
    problem(
      `${found.name} cannot be opened: ${error.mistakes?.map((one) => one.told ?? one.words).join("; ") ?? error.message}`,
    );
  }
}

/** Shows the first page, or the desk with form and answer. */
function leaf(which) {
  byId("begin").hidden = which !== "begin";
  byId("desk").hidden = which !== "desk";
  byId("anew").hidden = which !== "desk";
  byId("bar").hidden = which !== "desk";
  if (which === "desk") byId("question").focus();
  window.scrollTo(0, 0);
}

/** The form of the scenario, part by part; each closed part says what is in it. */
function forms() {
  const top = { ...start.schema };
  const parts = SECTIONS.map(({ key, title, fields }, place) => {
    const line = element("span", { class: "line" }, summary(key, scenario.values));
    const made = element(
      "details",
      { class: "part", id: `part-${key}`, open: place < 3 },
      element("summary", {}, element("h2", {}, title), line),
      element("div", { class: "fields" }, partOf(key, fields, top)),
    );
    scenarioLines.set(key, line);
    return made;
  });
  refilled(byId("form"), parts);
}

const scenarioLines = new Map();

/** The fields of a part: those seen first, then a line for each group of others. */
function partOf(key, names, top) {
  const one = (name) => {
    const shape = schema.shape(top.properties[name]);
    const alone = names.length === 1 && shape.kind === "group";
    if (alone || (name === key && shape.kind === "group")) {
      return element(
        "section",
        { class: "group", "data-path": name, "aria-label": form.named(name) },
        form.fields([name], shape, name),
        element("p", { class: "wrong" }),
      );
    }
    return form.made([name], top.properties[name], { required: top.required.includes(name) });
  };
  const [first, more] =
    key === "you" || key === "policies" ? ordered(key, names) : [names.slice(0, 1), names.slice(1)];
  const isValue = (name) => schema.shape(top.properties[name]).kind === "value";
  const values = more.filter(isValue);
  const folded = (title, inside) =>
    element(
      "details",
      { class: "more", open: inside.some((name) => name !== "notes" && scenario.get([name]) !== undefined) },
      element("summary", {}, title),
      inside.map(one),
    );
  return [
    first.map(one),
    more.filter((name) => !isValue(name)).map((name) => folded(form.named(name), [name])),
    values.length ? folded(values.map((name) => form.named(name)).join(", "), values) : null,
  ];
}

scenario.listen(() => {
  for (const [key, line] of scenarioLines) line.textContent = summary(key, scenario.values);
  byId("text").textContent = scenario.text;
  byId("bare").hidden = !scenario.bare;
  document.title = `${scenario.values.name ?? "A scenario"}: mega backdoor Roth`;
  live.ask();
});

byId("anew").addEventListener("click", () => {
  goingOn(kept(sessionStorage), open);
  leaf("begin");
});
new IntersectionObserver(([{ isIntersecting }]) =>
  byId("bar").classList.toggle("seen", isIntersecting),
).observe(byId("verdict"));
beginning(start, kept(localStorage), engine, open);
keeping(engine, scenario, start.can, () => now);
saving(engine, scenario, start.folder);
byId("version").textContent = start.version;

byId("form").addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", async () => {
  const other = await carried(location.href);
  if (other) await open({ text: other.text, name: other.name, link: other });
});

const link = await carried(location.href);
const before = kept(sessionStorage);
if (link) await open({ text: link.text, name: link.name, link });
else if (before?.text) await open(before);
else if (start.first) await open(start.first);
else leaf("begin");
document.body.classList.add("ready");

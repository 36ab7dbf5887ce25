// Where a scenario comes from: how the plan goes about it, a file, a link, the folder, or what was open last.

import { byId, element, refilled } from "./dom.js";
import { Gone, Wrong } from "./engine.js";
import { carried } from "./link.js";

const LARGEST = 1 << 20;
const LARGEST_FILE = 4 << 20;

/** The first page. `open({text, name, ...})` takes a scenario up. */
export function beginning({ archetypes, folder }, last, engine, open) {
  const card = ({ key, title, words, text }) =>
    element(
      "button",
      {
        type: "button",
        id: `start-${key}`,
        class: "card",
        onclick: () => open({ text, name: "scenario.yaml" }),
      },
      element("b", {}, title),
      element("span", {}, words),
    );
  refilled(byId("archetypes"), archetypes.map(card));
  goingOn(last, open);
  byId("file").addEventListener("change", () => fromFile(byId("file"), open));
  byId("from-link").addEventListener("submit", async (event) => {
    event.preventDefault();
    const found = await carried(byId("pasted").value);
    if (found) open({ text: found.text, name: found.name, link: found });
    else problem("This is no link of the app: it ends in #scenario=… and many letters.");
  });
  if (folder) fromFolder(folder, engine, open);
}

/** Offers what was open last. */
export function goingOn(last, open) {
  refilled(
    byId("going-on"),
    last?.text
      ? element(
          "button",
          { type: "button", id: "start-last", class: "card last", onclick: () => open(last) },
          element("b", {}, "Go on where you were"),
          element("span", {}, last.name),
        )
      : null,
  );
}

/** Says what was wrong with what was to be opened. */
export function problem(words) {
  byId("begin-said").textContent = words;
}

async function fromFile(input, open) {
  const [file] = input.files;
  input.value = "";
  if (!file) return;
  if (file.size > LARGEST)
    return problem(
      `${file.name} is too large: a scenario has at most ${LARGEST.toLocaleString("en-US")} bytes.`,
    );
  return open({ text: await file.text(), name: file.name });
}

async function fromFolder(folder, engine, open) {
  try {
    const names = await engine.folder.list();
    const button = (name) =>
      element(
        "li",
        {},
        element(
          "button",
          {
            type: "button",
            class: "plain",
            onclick: async () => {
              open({ text: await engine.folder.read(name), name, fromFolder: true });
            },
          },
          name,
        ),
      );
    refilled(byId("folder-files"), names.map(button));
    byId("folder-name").textContent = folder;
    byId("folder").hidden = false;
  } catch (error) {
    if (!(error instanceof Wrong || error instanceof Gone)) throw error;
    problem(error.message);
  }
}

/** The files that a scenario names and that were not given yet: each has a control to choose it. */
export function missingFiles(mistakes, scenario, ask) {
  const missing = mistakes
    .map((one) => /^'(.+)' is not among the files that you chose$/.exec(one.words)?.[1])
    .filter(Boolean);
  const chooser = (name, place) =>
    element(
      "div",
      { class: "field" },
      element("label", { for: `needs-${place}` }, name),
      element("input", {
        type: "file",
        id: `needs-${place}`,
        onchange: async (event) => {
          const [file] = event.target.files;
          if (!file) return;
          if (file.size > LARGEST_FILE) return;
          scenario.files[name] = await base64(file);
          scenario.keep();
          ask();
        },
      }),
    );
  byId("needs").hidden = !missing.length;
  refilled(byId("needs-files"), missing.map(chooser));
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

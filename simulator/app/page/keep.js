// What can be kept of an answer: files, made by the same code as the command line's, and a link.

import { byId, element, refilled } from "./dom.js";
import { Gone, Wrong } from "./engine.js";
import { fragment } from "./link.js";

const KINDS = [
  ["page", "A page to send", "HTML, with pictures and forms"],
  ["pdf", "The page on paper", "PDF"],
  ["ics", "Reminders", "a calendar file"],
  ["xlsx", "A workbook", "XLSX, with a sheet for each table"],
  ["json", "The answer", "JSON, as the command line writes it"],
];
const NEEDED = {
  pdf: "made by mbdr report --pdf, with the extra pdf",
  xlsx: "made by mbdr compare -o answer.xlsx, with the extra excel",
};
const WITHOUT_PICTURES = "HTML, with tables and forms; with pictures too by mbdr report";

const say = (words) => {
  byId("said").textContent = words;
};

/** Hands the browser a file to keep. */
function handed(content, name) {
  const address = URL.createObjectURL(content);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The buttons; `shown()` gives the answer as it stands, its text, and the best policy. */
export function keeping(engine, scenario, can, shown) {
  const download = async (kind) => {
    say("One moment …");
    try {
      const policy = kind === "ics" ? (shown().answer?.verdict.best ?? null) : null;
      const { content, name } = await engine.ask("download", scenario.question({ kind, policy }));
      handed(content, name);
      say(`${name} is kept.`);
    } catch (error) {
      if (!(error instanceof Wrong || error instanceof Gone)) throw error;
      say(error.message);
    }
  };
  const lacks = (kind) => kind in NEEDED && !can[kind];
  const wordsOf = (kind, words) => {
    if (lacks(kind)) return NEEDED[kind];
    return kind === "page" && !can.pictures ? WITHOUT_PICTURES : words;
  };
  const button = ([kind, title, words]) =>
    element(
      "button",
      { type: "button", id: `keep-${kind}`, onclick: () => download(kind), disabled: lacks(kind) },
      element("b", {}, title),
      element("span", {}, wordsOf(kind, words)),
    );
  const own = element(
    "button",
    {
      type: "button",
      id: "keep-yaml",
      onclick: () => {
        handed(new Blob([scenario.text], { type: "application/yaml" }), scenario.name);
        say(`${scenario.name} is kept: mbdr compare ${scenario.name} answers it too.`);
      },
    },
    element("b", {}, "The scenario"),
    element("span", {}, "YAML, as the command line reads it"),
  );
  const link = element(
    "button",
    { type: "button", id: "keep-link", onclick: () => linked(scenario, shown()) },
    element("b", {}, "A link"),
    element("span", {}, "carries all of it; no server sees it"),
  );
  refilled(byId("keep"), own, KINDS.map(button), link);
}

async function linked(scenario, { answer, said, few }) {
  if (!answer || few) return say("The answer is not there yet; try again in a moment.");
  const base =
    location.origin.startsWith("http://127.") || location.origin.startsWith("http://localhost")
      ? `${location.origin}/`
      : location.href.split("#")[0];
  const address = base + (await fragment(scenario, answer, said));
  byId("link").value = address;
  byId("link-shown").hidden = false;
  byId("link").select();
  const copied = await navigator.clipboard?.writeText(address).then(
    () => true,
    () => false,
  );
  const without = Object.keys(scenario.files).length
    ? " It does not carry the files that the scenario names."
    : "";
  return say(
    `${copied ? "The link is copied." : "Copy the link below."} Opened there, it says whether the answer is the same.${without}`,
  );
}

/** Saving into the folder that the app was given. */
export function saving(engine, scenario, folder) {
  if (!folder) return;
  const name = byId("save-name");
  byId("save").hidden = false;
  byId("save-into").textContent = folder;
  name.value = scenario.name;
  scenario.listen(() => {
    if (document.activeElement !== name) name.value = scenario.name;
  });
  byId("save").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await engine.folder.save(name.value, scenario.text, byId("save-over").checked);
      say(`${name.value} is saved in ${folder}.`);
    } catch (error) {
      if (!(error instanceof Wrong || error instanceof Gone)) throw error;
      say(error.message);
    }
  });
}

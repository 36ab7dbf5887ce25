// Who answers: the program itself, in a worker of this page. No server is asked for anything but the page's own files.

import { Wrong } from "./engine.js";

const OTHER = "A file of this site is missing, or is not the one that belongs to it: nothing of it is run.";
const waiting = new Map();
let worker = null;
let last = 0;

/** The files come from the page's own store once they have been checked, also without a network. */
async function stored() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  const registration = await navigator.serviceWorker.register("service-worker.js");
  if (!registration.active) await activated(registration.installing ?? registration.waiting);
  if (navigator.serviceWorker.controller) return;
  await new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
}

/** Waits until every file has been checked. */
function activated(store) {
  return new Promise((resolve, reject) => {
    store.addEventListener("statechange", () => {
      if (store.state === "activated") resolve();
      if (store.state === "redundant") reject(new Error(OTHER));
    });
  });
}

function begun() {
  worker = new Worker("worker.js", { type: "module" });
  worker.addEventListener("message", ({ data: { id, status, content, name, failed } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (failed) reject(new Wrong([{ path: [], words: `the program cannot run here: ${failed}` }]));
    else if (status === 200) resolve({ content: new Blob([content]), name });
    else {
      const said = JSON.parse(new TextDecoder().decode(content));
      reject(new Wrong(said.mistakes, said.more));
    }
  });
}

/** The engine of the page itself. */
export const inPage = {
  async start() {
    const said = document.getElementById("begin-said");
    document.getElementById("begin").hidden = false;
    said.textContent = "One moment: the program is being loaded.";
    try {
      await stored();
    } catch (error) {
      said.textContent = error.message;
      throw error;
    }
    const start = await (await fetch("start.json")).json();
    begun();
    said.textContent = "";
    return start;
  },

  /** Asks for an answer; what is given up is worked out all the same, and dropped. */
  ask(call, question, signal) {
    last += 1;
    const id = last;
    const { promise, resolve, reject } = Promise.withResolvers();
    waiting.set(id, { resolve, reject });
    signal?.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")), {
      once: true,
    });
    worker.postMessage({ id, call, body: JSON.stringify(question) });
    return promise;
  },
};

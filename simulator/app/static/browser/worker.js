// The program in its worker: Python begins, unpacks it, and answers one question after the other.

import { loadPyodide } from "./runtime/pyodide.mjs";

const PLACE = "/program";

/** The program's archive, if it is the one that the list of hashes names. */
async function archive() {
  const lock = await (await fetch("lock.json")).json();
  return (await fetch("program.zip", { integrity: lock["program.zip"] })).arrayBuffer();
}

async function begun() {
  const [python, packed] = await Promise.all([
    loadPyodide({ indexURL: "./runtime/", fullStdLib: false }),
    archive(),
  ]);
  python.unpackArchive(packed, "zip", { extractDir: PLACE });
  return python.runPython(`
import sys
sys.path.insert(0, "${PLACE}")
sys.dont_write_bytecode = True
from simulator.app.answering import answer
lambda call, body: answer(call, body.encode())
`);
}

const answering = begun();

self.addEventListener("message", async ({ data: { id, call, body } }) => {
  try {
    const answer = await answering;
    const reply = answer(call, body);
    const content = reply.content.toJs();
    const message = { id, status: reply.status, content, name: reply.name };
    reply.destroy();
    self.postMessage(message, [content.buffer]);
  } catch (error) {
    self.postMessage({ id, failed: String(error.message ?? error) });
  }
});

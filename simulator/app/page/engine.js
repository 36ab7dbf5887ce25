// Who answers: the program on this machine, behind the address that this page came from.

/** What came instead of an answer. */
export class Wrong extends Error {
  constructor(mistakes, more = 0) {
    super(mistakes.map((one) => one.words).join("\n"));
    this.mistakes = mistakes;
    this.more = more;
  }
}

/** Nobody answers any more. */
export class Gone extends Error {}

const ENDED =
  "The program does not answer: it has been ended. Start it again with mbdr app; what you entered stays in this page.";
const BUSY = "the program is busy with many questions; try again in a moment";
const ANEW =
  "The program was started anew. Open the address that it has printed: what you entered is there too.";

async function fetched(path, options) {
  let reply;
  try {
    reply = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Gone(ENDED);
  }
  if (reply.status === 403 || reply.status === 421) throw new Gone(ANEW);
  if (reply.ok) return reply;
  const words = reply.status === 503 ? BUSY : `the program answered ${reply.status}`;
  const said = await reply.json().catch(() => ({ mistakes: [{ path: [], words }] }));
  throw new Wrong(said.mistakes, said.more);
}

/** The name of a file as a part of an address: one of dots alone would lead elsewhere. */
const part = (name) => encodeURIComponent(/^\.+$/.test(name) ? `${name}/` : name);

/** The engine of a server: the page's questions go over the network to this machine. */
export const server = {
  async start() {
    return (await fetched("start.json")).json();
  },

  /** Asks for an answer; `signal` gives the question up. */
  async ask(call, question, signal) {
    const reply = await fetched(`ask/${call}`, { method: "POST", body: JSON.stringify(question), signal });
    return { content: await reply.blob(), name: decodeURIComponent(reply.headers.get("X-File-Name") ?? "") };
  },

  folder: {
    list: async () => (await (await fetched("folder")).json()).files,
    read: async (name) => (await fetched(`folder/${part(name)}`)).text(),
    save: async (name, text, over) =>
      fetched(`folder/${part(name)}${over ? "?over=yes" : ""}`, { method: "PUT", body: text }),
  },
};

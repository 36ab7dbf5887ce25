// A link that carries the scenario in its fragment, which no browser sends to a server, and the answer's hash.

const MOST = 1 << 20;

async function through(stream, bytes) {
  const parts = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > MOST) throw new Error("the link is too large");
    parts.push(read.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function written(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const read = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** The hash of an answer's text. */
export async function hash(text) {
  return written(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

/** What of an answer is compared where its hash is another. */
function figures({ policies, simulator }) {
  return {
    version: simulator.version,
    paths: simulator.paths,
    taxable: Object.fromEntries(policies.map((one) => [one.policy, one.total.box_2a.mean])),
  };
}

/** The fragment of a link to a scenario and its answer. */
export async function fragment({ text, name, files }, answer, said) {
  const carried = { text, name, answer: await hash(said), files: Object.keys(files), ...figures(answer) };
  const bytes = new TextEncoder().encode(JSON.stringify(carried));
  return `#scenario=${written(await through(new CompressionStream("deflate-raw"), bytes))}`;
}

/** What a link carries; null where it is none. */
export async function carried(link) {
  const found = /#scenario=([\w-]+)\s*$/.exec(link);
  if (!found) return null;
  try {
    const bytes = await through(new DecompressionStream("deflate-raw"), read(found[1]));
    const said = JSON.parse(new TextDecoder().decode(bytes));
    return typeof said.text === "string" && typeof said.name === "string" ? said : null;
  } catch {
    return null;
  }
}

/** Whether an answer is the one that a link was made of; if not, why and by how much. */
export async function compared(link, answer, said) {
  if ((await hash(said)) === link.answer) return "The same answer, to the byte, as where the link was made.";
  const now = figures(answer);
  const moved = Object.entries(now.taxable)
    .filter(([policy, mean]) => link.taxable?.[policy] !== mean)
    .map(([policy, mean]) => `${policy}: ${link.taxable?.[policy] ?? "not there"} then, ${mean} now`);
  const why =
    now.version !== link.version
      ? `it was made with version ${link.version}, this is ${now.version}`
      : link.files?.length
        ? `its files (${link.files.join(", ")}) may be others here`
        : now.paths !== link.paths
          ? `it was made of ${link.paths} paths, this of ${now.paths}`
          : "the same program came to something else on another machine";
  const figure = moved.length
    ? ` Taxable earnings: ${moved.join("; ")}.`
    : " Every policy's taxable earnings are the same.";
  return `Not the same answer as where the link was made: ${why}.${figure}`;
}

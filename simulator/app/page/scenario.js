// The scenario that the page is about: its values, its text, and the files that it names. Kept over a reload.

import { isGroup } from "./schema.js";
import { yaml } from "./yaml.js";

const KEPT = "mbdr-scenario";

/** A comment in a text: what stands behind a # that no quote is before. */
const COMMENT = /^(|[^"'#]*\s)#/m;

/** Values with everybody told who listens when one changes. */
export class Scenario {
  #listeners = [];

  constructor(schema) {
    this.schema = schema;
    this.values = {};
    this.text = "";
    this.name = "scenario.yaml";
    this.files = {};
    this.fromFolder = false;
    this.bare = false; // whether comments went
  }

  /** Calls a function after every change. */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** Takes up another scenario: its text as it is, and what the text says. */
  take({ text, name, files = {}, fromFolder = false, bare = false, values }) {
    Object.assign(this, { text, name, files, fromFolder, bare });
    this.values = this.schema.expanded(this.schema.root, values ?? {});
    this.#changed();
  }

  /** The value at a path; undefined where nothing stands. */
  get(path) {
    return path.reduce(
      (value, key) => (value === null || value === undefined ? undefined : value[key]),
      this.values,
    );
  }

  /** Puts a value at a path, with the groups around it; undefined takes it away, and groups that are empty then. */
  set(path, value) {
    const [key, around] = [path.at(-1), path.slice(0, -1)];
    if (value === undefined) {
      const parent = this.get(around);
      if (parent !== undefined && parent !== null) delete parent[key];
      this.#prune(around);
    } else {
      this.#group(around)[key] = value;
    }
    this.#written();
  }

  /** Takes an entry out of a list. */
  remove(path) {
    const list = this.get(path.slice(0, -1));
    list.splice(path.at(-1), 1);
    this.#written();
  }

  /** Gives an entry of a map another name, at the same place. */
  rename(path, key, other) {
    const renamed = Object.entries(this.get(path)).map(([name, value]) => [
      name === key ? other : name,
      value,
    ]);
    this.#group(path.slice(0, -1))[path.at(-1)] = Object.fromEntries(renamed);
    this.#written();
  }

  #group(path) {
    let node = this.values;
    path.forEach((key, place) => {
      const below = path[place + 1];
      const fits =
        typeof below === "number" ? Array.isArray(node[key]) : isGroup(node[key]) || below === undefined;
      if (!fits || typeof node[key] !== "object" || node[key] === null)
        node[key] = typeof below === "number" ? [] : {};
      node = node[key];
    });
    return node;
  }

  #prune(path) {
    const value = this.get(path);
    const parent = this.get(path.slice(0, -1));
    if (!path.length || !isGroup(value) || Object.keys(value).length || Array.isArray(parent)) return;
    delete parent[path.at(-1)];
    this.#prune(path.slice(0, -1));
  }

  #written() {
    this.bare ||= COMMENT.test(this.text);
    this.text = yaml(this.schema.collapsed(this.schema.root, this.values));
    this.#changed();
  }

  #changed() {
    this.keep();
    this.#listeners.forEach((listener) => listener(this));
  }

  /** The question that the program is asked. */
  question(more = {}) {
    const { text, name, files, fromFolder } = this;
    return { text, name, files: fromFolder ? {} : files, from_folder: fromFolder, ...more };
  }

  /** Keeps what is here for a reload, and for the next start of the same program. */
  keep() {
    const { text, name, files, fromFolder, bare } = this;
    for (const [store, kept] of [
      [sessionStorage, { text, name, files, fromFolder, bare }],
      [localStorage, { text, name, bare }],
    ]) {
      try {
        store.setItem(KEPT, JSON.stringify(kept));
      } catch {
        store.removeItem(KEPT); // too large: the file on the disk is the one that counts
      }
    }
  }
}

/** What was kept: of this very page before it was loaded again, or of the last one. */
export function kept(store) {
  try {
    return JSON.parse(store.getItem(KEPT));
  } catch {
    return null;
  }
}

/** Forgets what was kept. */
export function forget() {
  sessionStorage.removeItem(KEPT);
  localStorage.removeItem(KEPT);
}

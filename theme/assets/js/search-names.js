/**
 * The names of what the library knows, from /search/names.kb: finds them in a question and as one types.
 *
 * @typedef {import("./search-text.js").Token} Token
 *
 * @typedef {object} Entry
 * @property {string} title
 * @property {string} kind in words
 * @property {string[]} [names] other names
 * @property {string} [path] its page, relative to the site's root
 * @property {string} [gist] where no page of the index says it
 * @property {string} [facet] records are tagged with it under this facet
 * @property {string} [value] its id in the facet
 * @property {string[]} [see] paths of pages that say more
 *
 * @typedef {object} Suggestion
 * @property {Entry} entry
 * @property {string} name the name that fits what was typed
 */

import { loadPacked } from "./search-data.js";
import { tokens } from "./search-text.js";

/** Longest name, in words, that is looked for inside a question. */
const LONGEST = 8;
/** Two-letter names of states that are words as well: only in capitals they mean the state. */
const ALSO_WORDS = new Set(["al", "co", "de", "ed", "hi", "id", "in", "it", "la", "ma", "me", "mo", "oh", "ok", "or", "pa"]);
/** Fits of a name, best first. */
const FITS = { whole: 3, start: 2, word: 1 };

/** @type {Map<string, Promise<Names>>} by address: a page's search and its fields need the same */
const loaded = new Map();

export class Names {
  /** @type {Map<string, Entry>} */
  #byPath;
  /** @type {Map<string, Entry[]>} by the stems of a name */
  #byStems = new Map();
  /** @type {{entry: Entry, name: string, folded: string, main: boolean}[]} */
  #all = [];

  /** @param {readonly Entry[]} entries */
  constructor(entries) {
    this.#byPath = new Map(entries.filter((entry) => entry.path).map((entry) => [String(entry.path), entry]));
    for (const entry of entries) {
      for (const name of [entry.title, ...(entry.names ?? [])]) {
        const key = stems(tokens(name));
        if (!key) continue;
        const known = this.#byStems.get(key) ?? [];
        if (!known.includes(entry)) this.#byStems.set(key, [...known, entry]);
        this.#all.push({ entry, name, folded: fold(name), main: name === entry.title });
      }
    }
  }

  /**
   * Load the names, once for all who need them. Rejects where they cannot be loaded.
   * @param {URL} address
   * @returns {Promise<Names>}
   */
  static load(address) {
    let names = loaded.get(address.href);
    if (!names) {
      names = loadPacked(address).then((text) => new Names(JSON.parse(text)));
      names.catch(() => loaded.delete(address.href));
      loaded.set(address.href, names);
    }
    return names;
  }

  /**
   * The longest name that begins at a token of a question.
   * @param {Token[]} question
   * @param {number} start
   * @returns {{length: number, entries: Entry[]} | null} its length in tokens
   */
  at(question, start) {
    for (let length = Math.min(LONGEST, question.length - start); length > 0; length--) {
      const part = question.slice(start, start + length);
      if (part.every((token) => token.small)) {
        // "IT" and "OR" are names; "it" and "or" are not.
        if (length > 1 || part[0].text !== part[0].text.toUpperCase() || part[0].text.length < 2) continue;
      }
      if (length === 1 && ALSO_WORDS.has(part[0].word) && part[0].text !== part[0].text.toUpperCase()) continue;
      const entries = this.#byStems.get(stems(part));
      if (entries) return { length, entries };
    }
    return null;
  }

  /**
   * What goes by a name that fits what was typed; best fit first, one suggestion an entry.
   * @param {string} typed
   * @param {number} most
   * @returns {Suggestion[]}
   */
  suggest(typed, most) {
    const wanted = fold(typed);
    if (wanted.length < 2) return [];
    /** @type {Map<Entry, {suggestion: Suggestion, rank: number}>} */
    const best = new Map();
    for (const { entry, name, folded, main } of this.#all) {
      if (!entry.path && !entry.facet) continue; // a plain word leads nowhere
      const fit = fitOf(folded, wanted);
      if (!fit) continue;
      const rank = fit * 10 + (main ? 2 : 0) + (entry.path && !entry.path.includes("#") ? 1 : 0) - folded.length / 100;
      if ((best.get(entry)?.rank ?? -Infinity) < rank) best.set(entry, { suggestion: { entry, name }, rank });
    }
    return [...best.values()]
      .sort((a, b) => b.rank - a.rank)
      .slice(0, most)
      .map(({ suggestion }) => suggestion);
  }

  /** @param {string} path */
  byPath(path) {
    return this.#byPath.get(path);
  }
}

/** @param {Token[]} found */
function stems(found) {
  return found.map((token) => token.stem).join(" ");
}

/** @param {string} text */
function fold(text) {
  return tokens(text)
    .map((token) => token.word)
    .join(" ");
}

/**
 * @param {string} name
 * @param {string} wanted
 */
function fitOf(name, wanted) {
  if (name === wanted) return FITS.whole;
  if (name.startsWith(wanted)) return FITS.start;
  return wanted.length > 2 && name.includes(` ${wanted}`) ? FITS.word : 0;
}

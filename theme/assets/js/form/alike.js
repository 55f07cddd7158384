/**
 * Records that may be about the program that somebody is describing, as generator/alike.py finds them.
 *
 * Names are compared by the words they share, a word counting the more the fewer records have it; a letter more
 * or less makes no other word.
 *
 * @typedef {object} Named
 * @property {string} id empty for a new record
 * @property {string} title
 * @property {string[]} leads the organizations that lead it
 */

import { el } from "../dom.js";
import { distance } from "../../vendor/fastest-levenshtein.js";

const ENOUGH = 0.6;
const ENOUGH_WITH_LEAD = 0.3;
const MOST = 3;

export class Alike {
  /** @type {Map<string, Set<number>>} by word: the records whose name has it */ #having = new Map();
  /** @type {Map<string, Set<number>>} what was asked before */ #asked = new Map();

  /** @param {Named[]} known */
  constructor(known) {
    this.known = known;
    known.forEach(({ title, leads }, number) => {
      for (const word of words([title, ...leads].join(" "))) {
        this.#having.set(word, (this.#having.get(word) ?? new Set()).add(number));
      }
    });
    this.titles = known.map(({ title }) => sum(words(title).map((word) => this.#weight(this.#having.get(word)?.size ?? 0))));
  }

  /**
   * The few known records that may be this one, likeliest first; never one of its id.
   * @param {Named} named
   * @returns {Named[]}
   */
  to(named) {
    const asked = new Map(words(named.title).map((word) => [word, this.#withWord(word)]));
    const weights = new Map([...asked].map(([word, having]) => [word, this.#weight(having.size)]));
    const whole = sum([...weights.values()]);
    /** @type {Map<number, string[]>} */
    const shared = new Map();
    for (const [word, having] of asked) {
      for (const number of having) shared.set(number, [...(shared.get(number) ?? []), word]);
    }
    const found = [];
    for (const [number, common] of shared) {
      const record = this.known[number];
      // One word that many have, such as "apprenticeship", makes nothing alike.
      const telling = common.length > 1 || (asked.get(common[0])?.size ?? 0) <= MOST;
      const least = Math.min(whole, this.titles[number]);
      const share = least ? sum(common.map((word) => weights.get(word) ?? 0)) / least : 0;
      if (record.id === named.id || !telling || share < (oneLead(named, record) ? ENOUGH_WITH_LEAD : ENOUGH)) continue;
      found.push({ record, share });
    }
    found.sort((a, b) => b.share - a.share || (a.record.title < b.record.title ? -1 : 1));
    return found.slice(0, MOST).map(({ record }) => record);
  }

  /** @param {string} word */
  #withWord(word) {
    let numbers = this.#asked.get(word);
    if (!numbers) {
      numbers = new Set();
      for (const [other, having] of this.#having) {
        if (near(word, other)) for (const number of having) numbers.add(number);
      }
      this.#asked.set(word, numbers);
    }
    return numbers;
  }

  /** @param {number} having how many records have a word */
  #weight(having) {
    return Math.log(1 + this.known.length / Math.max(1, having));
  }
}

/**
 * What form.json knows of the records that are there.
 * @param {any} data
 * @returns {Named[]}
 */
export function knownFrom({ pages, folder, leads }) {
  return Object.entries(pages[folder]?.titles ?? {}).map(([id, title]) => ({ id, title: String(title), leads: leads[id] ?? [] }));
}

/**
 * The name of a record that is being written.
 * @param {any} value
 * @param {string} id
 * @returns {Named}
 */
export function nameOf(value, id) {
  const organizations = Array.isArray(value.organizations) ? value.organizations : [];
  const leads = organizations.filter((each) => each?.role === "lead").map((each) => String(each.name ?? ""));
  return { id, title: String(value.title ?? ""), leads };
}

/**
 * A warning with links to the records; nothing where there are none.
 * @param {Named[]} alike
 * @param {string} root
 * @param {string} folder
 * @returns {HTMLElement[]}
 */
export function alikeNotice(alike, root, folder) {
  if (!alike.length) return [];
  const items = alike.map(({ id, title }) => {
    const page = el("a", { href: `${root}${folder}/${id.toLowerCase()}/`, target: "_blank", rel: "noopener" }, title);
    const edit = el("a", { href: `${root}contribute/new/?edit=${folder}/${id}`, target: "_blank", rel: "noopener" }, "add to that one");
    return el("li", {}, page, ". The same? Then ", edit, ".");
  });
  return [el("p", {}, "You may be describing one that we have. If it is another, go on."), el("ul", {}, ...items)];
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((all, number) => all + number, 0);
}

/**
 * The words of a name, each once, without accents and in lower case; "I-BEST" is one word.
 * @param {string} text
 */
function words(text) {
  const plain = text.slice(0, 2_000).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return [...new Set(plain.replace(/\b([a-z])-(?=[a-z])/g, "$1").match(/[a-z0-9]{2,}/g) ?? [])];
}

/**
 * Whether two words are one, but for a slip: one letter from five letters on, two from nine on.
 * @param {string} word
 * @param {string} other
 */
function near(word, other) {
  const shorter = Math.min(word.length, other.length);
  const slips = shorter >= 9 ? 2 : shorter >= 5 ? 1 : 0;
  if (word === other) return true;
  return slips > 0 && Math.abs(word.length - other.length) <= slips && distance(word, other) <= slips;
}

/**
 * @param {Named} named
 * @param {Named} other
 */
function oneLead(named, other) {
  const bare = (/** @type {string} */ name) => words(name.replace(/\([^)]*\)/g, "")).join(" ");
  const theirs = new Set(other.leads.map(bare));
  return named.leads.some((lead) => theirs.has(bare(lead)));
}

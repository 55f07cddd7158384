/**
 * The library's own words: the stem under which the index has a word, words that tell nothing, and what was probably
 * meant by a word that no page has.
 *
 * They are loaded by their first letters, when a word that begins with one is asked for: all of them together are a
 * large part of what a first search would load.
 */

import { distance } from "../vendor/fastest-levenshtein.js";
import { loadText } from "./search-data.js";
import { stem } from "./search-text.js";

/** Shortest word worth correcting: of shorter ones half the dictionary is near. */
const SHORTEST = 4;
/** Shortest part of a word that may be two words written as one. */
const SHORTEST_PART = 3;

export class Spelling {
  #folder;
  /** @type {Map<string, Promise<void>>} by letter */
  #loading = new Map();
  /** @type {Map<string, Letter>} */
  #letters = new Map();

  /** @param {URL} folder of the words */
  constructor(folder) {
    this.#folder = folder;
  }

  /**
   * Load what is known of the first letters of some words. Without a file, all words that begin so are taken as typed.
   * @param {readonly string[]} words in lower case
   */
  async load(words) {
    const letters = new Set(words.map((word) => word[0]).filter((letter) => letter >= "a" && letter <= "z"));
    await Promise.all([...letters].map((letter) => this.#load(letter)));
  }

  /** @param {string} letter */
  #load(letter) {
    let loading = this.#loading.get(letter);
    if (!loading) {
      loading = loadText(new URL(`${letter}.txt`, this.#folder)).then(
        (text) => void this.#letters.set(letter, new Letter(text)),
        () => void this.#loading.delete(letter), // to be tried again with the next search
      );
      this.#loading.set(letter, loading);
    }
    return loading;
  }

  /**
   * True where a page may have the word, or a word that begins with it.
   * @param {string} word in lower case
   */
  knows(word) {
    if (word.length < SHORTEST || /\P{Script=Latin}/u.test(word)) return true;
    return this.#letters.get(word[0])?.knows(word) ?? true;
  }

  /**
   * True where so many pages have the word, or one that begins with it, that it does not tell them apart.
   * @param {string} word in lower case
   */
  isEverywhere(word) {
    return this.#letters.get(word[0])?.everywhere.some((other) => other.startsWith(word)) ?? false;
  }

  /**
   * Under which stem the index has a word, or words that begin with it.
   * @param {string} word in lower case
   */
  stemOf(word) {
    return this.#letters.get(word[0])?.stemOf(word) ?? word;
  }

  /**
   * The words that were probably meant; empty where no known word is near.
   * @param {string} word in lower case
   * @returns {Promise<string>} one word, or two with a space between them
   */
  async guess(word) {
    const letter = this.#letters.get(word[0]);
    if (!letter) return "";
    const allowed = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
    // A rare word may be misspelt itself: it is offered where no common one is near, and only for one slip.
    return nearest(letter.common, word, allowed) || (await this.#split(word)) || nearest(letter.rare, word, 1);
  }

  /**
   * "childcare" for "child care".
   * @param {string} word
   */
  async #split(word) {
    const begins = this.#letters.get(word[0])?.common ?? [];
    const halves = begins
      .filter((half) => word.startsWith(half) && half.length >= SHORTEST_PART)
      .map((half) => [half, word.slice(half.length)])
      .filter(([, rest]) => rest.length >= SHORTEST_PART);
    await this.load(halves.map(([, rest]) => rest));
    return halves.find(([, rest]) => this.#letters.get(rest[0])?.common.includes(rest))?.join(" ") ?? "";
  }
}

/** The words of one letter, as generator/search/words.py writes them. */
class Letter {
  /** @type {string[]} words on several pages, and words of names */
  common = [];
  /** @type {string[]} */
  rare = [];
  /** @type {string[]} words that tell nothing */
  everywhere = [];
  /** @type {Map<string, string>} the index's stem of each word */
  #stems = new Map();
  /** @type {Map<string, string> | null} the index's stem by ours, made when a word asks for it */
  #alike = null;
  /** @param {string} text */
  constructor(text) {
    for (const line of text.split("\n").filter(Boolean)) {
      const [family, ...members] = line.split(" ");
      const root = family.replace("*", "");
      for (const member of members) {
        const word = member.replace("?", "");
        (member === word ? this.common : this.rare).push(word);
        if (root !== family) this.everywhere.push(word);
        this.#stems.set(word, root);
      }
    }
  }

  /** @param {string} word */
  knows(word) {
    return this.stemOf(word) !== undefined || [...this.#stems.keys()].some((other) => other.startsWith(word));
  }

  /**
   * The index's stem of a word; also of a form of it that no page has.
   * @param {string} word
   * @returns {string | undefined}
   */
  stemOf(word) {
    const known = this.#stems.get(word);
    if (known !== undefined) return known;
    this.#alike ??= new Map([...this.#stems].map(([other, root]) => [stem(other), root]));
    return this.#alike.get(stem(word));
  }
}

/**
 * @param {string[]} words
 * @param {string} word
 * @param {number} allowed slips
 */
function nearest(words, word, allowed) {
  let best = "";
  let bestCost = Infinity;
  for (const known of words) {
    // Few people get the first letter wrong; most words that differ in it are other words.
    if (known[0] !== word[0] || Math.abs(known.length - word.length) > allowed) continue;
    const cost = distance(known, word) - slips(known, word);
    if (cost <= allowed && cost < bestCost) [best, bestCost] = [known, cost];
  }
  return best;
}

/**
 * What makes a near word likelier than its distance says: the same beginning, and two letters that only
 * changed places.
 * @param {string} known
 * @param {string} word
 */
function slips(known, word) {
  const begins = known.slice(0, 3) === word.slice(0, 3) ? 0.4 : 0;
  const sameLetters = [...known].sort().join("") === [...word].sort().join("") ? 0.9 : 0;
  return begins + sameLetters;
}

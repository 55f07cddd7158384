/**
 * Guesses what was meant by a word that the library does not know, from its own words.
 */

import { distance } from "../vendor/fastest-levenshtein.js";
import { stem } from "./search-text.js";

/** Shortest word worth correcting: of shorter ones half the dictionary is near. */
const SHORTEST = 4;

export class Spelling {
  #known;
  #stems;
  #common;

  /** @param {string} text the words: common ones in the first line, rare ones in the second */
  constructor(text) {
    const [common = "", rare = ""] = text.split("\n");
    this.#common = common.split(" ").filter(Boolean);
    this.#known = [...this.#common, ...rare.split(" ").filter(Boolean)].sort();
    this.#stems = new Set(this.#known.map(stem));
  }

  /**
   * True where a page may have the word, or a word that begins with it.
   * @param {string} word in lower case
   */
  knows(word) {
    if (word.length < SHORTEST || /\P{Script=Latin}/u.test(word) || this.#stems.has(stem(word))) return true;
    // The first known word that does not come before it is the only one to look at.
    let [low, high] = [0, this.#known.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#known[middle] < word) low = middle + 1;
      else high = middle;
    }
    return this.#known[low]?.startsWith(word) ?? false;
  }

  /**
   * The words that were probably meant; empty where no known word is near.
   * @param {string} word in lower case
   * @returns {string} one word, or two with a space between them
   */
  guess(word) {
    // Only common words are offered: a rare one may be misspelt itself.
    const allowed = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
    let best = "";
    let bestCost = allowed + 1;
    for (const known of this.#common) {
      if (Math.abs(known.length - word.length) > allowed) continue;
      const cost = distance(known, word) - slips(known, word);
      if (cost < bestCost) [best, bestCost] = [known, cost];
    }
    return best || this.#split(word);
  }

  /**
   * "childcare" for "child care".
   * @param {string} word
   */
  #split(word) {
    const common = new Set(this.#common);
    for (let at = 3; at <= word.length - 3; at++) {
      if (common.has(word.slice(0, at)) && common.has(word.slice(at))) return `${word.slice(0, at)} ${word.slice(at)}`;
    }
    return "";
  }
}

/**
 * What makes a near word likelier than its distance says: the same beginning, and two letters that only
 * changed places.
 * @param {string} known
 * @param {string} word
 */
function slips(known, word) {
  const begins = known.slice(0, 2) === word.slice(0, 2) ? 0.4 : 0;
  const sameLetters = [...known].sort().join("") === [...word].sort().join("") ? 0.9 : 0;
  return begins + sameLetters;
}

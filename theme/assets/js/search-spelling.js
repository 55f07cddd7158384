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
  #rare;
  #everywhere;

  /** @param {string} text the words: common ones in the first line, rare ones in the second, in the third those that tell nothing */
  constructor(text) {
    const lines = text.split("\n").map((line) => line.split(" ").filter(Boolean));
    [this.#common, this.#rare] = lines;
    this.#everywhere = lines[2];
    this.#known = [...this.#common, ...this.#rare].sort();
    this.#stems = new Set(this.#known.map(stem));
  }

  /**
   * True where a page may have the word, or a word that begins with it.
   * @param {string} word in lower case
   */
  knows(word) {
    if (word.length < SHORTEST || /\P{Script=Latin}/u.test(word) || this.#stems.has(stem(word))) return true;
    return startsOne(this.#known, word);
  }

  /**
   * True where so many pages have the word, or one that begins with it, that it does not tell them apart.
   * @param {string} word in lower case
   */
  isEverywhere(word) {
    return startsOne(this.#everywhere, word);
  }

  /**
   * The words that were probably meant; empty where no known word is near.
   * @param {string} word in lower case
   * @returns {string} one word, or two with a space between them
   */
  guess(word) {
    const allowed = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
    // A rare word may be misspelt itself: it is offered where no common one is near, and only for one slip.
    return nearest(this.#common, word, allowed) || this.#split(word) || nearest(this.#rare, word, 1);
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
 * True where one of some words begins with a word.
 * @param {string[]} words by the alphabet
 * @param {string} word
 */
function startsOne(words, word) {
  // The first that does not come before it is the only one to look at.
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle] < word) low = middle + 1;
    else high = middle;
  }
  return words[low]?.startsWith(word) ?? false;
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

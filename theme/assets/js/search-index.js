/**
 * The index that Pagefind makes when the site is built: which pages have a word, where, and how well.
 *
 * Pagefind's own search in the browser would first load a program and a list of all pages, 170 kB with ten thousand
 * of them, and compares each page with each place of a word. This reads the same files and counts by the
 * same rules (BM25 with Pagefind's weights), going over the places once. The form of the files is no documented
 * interface: Pagefind's version is pinned, and a test compares what is found here with what Pagefind finds.
 *
 * @typedef {import("./cbor.js").Item} Item
 * @typedef {[number, number][]} Places of a word on a page: weight and position; or field and position
 *
 * @typedef {object} OnPage
 * @property {number} page
 * @property {Places} text
 * @property {Places} fields
 *
 * @typedef {object} Indexed a stem, and where it stands
 * @property {string} stem
 * @property {OnPage[]} pages
 *
 * @typedef {object} Sizes what the index says of itself
 * @property {[string, string][]} chunks the last stem and the name of each file, by the alphabet
 * @property {string[]} fields names of the metadata, by number
 * @property {number[]} lengths of the pages, in words
 */

import { decode } from "./cbor.js";
import { loadPackedBytes } from "./search-data.js";

/**
 * What makes a page better than another, by the names of Pagefind's options. What a page is called says most; what
 * only stands on its card says nothing.
 */
export const RANKING = {
  termFrequency: 0.8,
  pageLength: 0.6,
  termSaturation: 1.6,
  termSimilarity: 2,
  diacriticSimilarity: 0.8,
  metaWeights: /** @type {Record<string, number>} */ ({
    ...{ title: 6, place: 1, kind: 0, evidence: 0, direction: 0, years: 0, checked: 0, cases: 0, practices: 0, status: 0 },
  }),
};
/** Pagefind's files begin with these letters. */
const SIGNATURE = "pagefind_dcd".length;
/** The weight of plain text, where nothing else is said of a place. */
const PLAIN = 25;
/** What Pagefind multiplies weights by, to keep them whole numbers. */
const SCALE = 24;

export class SearchIndex {
  #folder;
  #sizes;
  #average;
  /** @type {Map<string, Promise<Indexed[]>>} by name of the file */
  #loaded = new Map();

  /**
   * @param {URL} folder of the files
   * @param {Sizes} sizes
   */
  constructor(folder, sizes) {
    this.#folder = folder;
    this.#sizes = sizes;
    this.#average = sizes.lengths.reduce((sum, length) => sum + length, 0) / sizes.lengths.length;
  }

  /**
   * The pages that have a word or one that begins with it, and how well. Scores of one word can be compared with each
   * other, not with those of another word.
   * @param {string} word as typed, in lower case
   * @param {string} stem of the word
   * @returns {Promise<Map<number, number>>}
   */
  async pages(word, stem) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    /** @type {Map<number, Set<number>>} fields in which the word was found already */
    const found = new Map();
    /** @type {Map<number, Set<number>>} positions that have counted for another word */
    const counted = new Map();
    const words = (await this.#near(stem)).filter((indexed) => indexed.stem.startsWith(stem));
    for (const indexed of words) {
      const alike = similarity(indexed.stem.length - stem.length);
      const same = indexed.stem.startsWith(word) || word.startsWith(indexed.stem) ? 1 + RANKING.diacriticSimilarity : 1;
      for (const { page, text, fields } of indexed.pages) {
        let weight = 0;
        const positions = kept(counted, page);
        for (const [worth, position] of text) {
          if (!positions.has(position)) weight += worth;
          positions.add(position);
        }
        let score = weight ? this.#often(weight / SCALE, alike, page) * same : 0;
        for (const [field] of fields) {
          if (!kept(found, page).has(field)) score += RANKING.metaWeights[this.#sizes.fields[field]] ?? 1;
          kept(found, page).add(field);
        }
        scores.set(page, (scores.get(page) ?? 0) + score);
      }
    }
    return scores;
  }

  /**
   * The pages that have some words one behind the other.
   * @param {readonly string[]} stems
   * @returns {Promise<Set<number>>}
   */
  async phrase(stems) {
    const words = await Promise.all(
      stems.map(async (stem) => (await this.#near(stem)).find((indexed) => indexed.stem === stem)?.pages ?? []),
    );
    const onPages = words.map((pages) => new Map(pages.map((on) => [on.page, on])));
    const [first, ...rest] = onPages;
    /** @type {Set<number>} */
    const found = new Set();
    for (const [page, on] of first) {
      const others = rest.map((pages) => pages.get(page));
      if (others.includes(undefined)) continue;
      const all = /** @type {OnPage[]} */ ([on, ...others]);
      if (follow(all.map(({ text }) => text.map(([, position]) => position))) || inField(all)) found.add(page);
    }
    return found;
  }

  /**
   * How much a word tells that stands on a page with some weight.
   * @param {number} weight
   * @param {number} alike how near it is to the word that was asked for
   * @param {number} page
   */
  #often(weight, alike, page) {
    const { termFrequency, pageLength, termSaturation } = RANKING;
    const near = weight * alike;
    const long = 1 - pageLength + (pageLength * this.#sizes.lengths[page]) / this.#average;
    const saturated = ((termSaturation + 1) * near) / (termSaturation * long + near);
    const raw = Math.min(near / (this.#average / 5), termSaturation + 1);
    return (1 - termFrequency) * raw + termFrequency * saturated;
  }

  /**
   * The words of the file that has a stem, or would have it.
   * @param {string} stem
   * @returns {Promise<Indexed[]>}
   */
  #near(stem) {
    const [, name] = this.#sizes.chunks.find(([last]) => last >= stem) ?? ["", ""];
    if (!name) return Promise.resolve([]);
    let words = this.#loaded.get(name);
    if (!words) {
      words = loadPackedBytes(new URL(`en_${name}.pf_index`, this.#folder)).then(parse);
      words.catch(() => this.#loaded.delete(name));
      this.#loaded.set(name, words);
    }
    return words;
  }
}

/**
 * How near a longer word is, by the letters it has more.
 * @param {number} more
 */
function similarity(more) {
  const near = Math.exp(-((more + 1) ** 2) / 8);
  return Math.exp(RANKING.termSimilarity * (near - 1));
}

/**
 * The set of a page, made where there is none.
 * @param {Map<number, Set<number>>} sets
 * @param {number} page
 */
function kept(sets, page) {
  let set = sets.get(page);
  if (!set) sets.set(page, (set = new Set()));
  return set;
}

/**
 * True where positions of the words follow each other.
 * @param {number[][]} positions of each word
 */
function follow([first, ...rest]) {
  return first.some((start) => rest.every((places, index) => places.includes(start + index + 1)));
}

/**
 * True where the words follow each other in a field.
 * @param {OnPage[]} words of one page
 */
function inField(words) {
  const fields = new Set(words[0].fields.map(([field]) => field));
  return [...fields].some((field) =>
    follow(words.map((on) => on.fields.filter(([other]) => other === field).map(([, position]) => position))),
  );
}

/**
 * A file of the index: words, each with its pages and with other ways to write it, which have their own pages.
 * @param {Uint8Array} bytes
 * @returns {Indexed[]}
 */
function parse(bytes) {
  const [words] = /** @type {[[string, Item[], [string, Item[]][]][]]} */ (decode(bytes.subarray(SIGNATURE)));
  return words.map(([stem, pages, variants]) => ({
    stem,
    pages: [pages, ...variants.map(([, others]) => others)].flatMap(parsePages),
  }));
}

/**
 * Pages by how much higher than the one before each is numbered, and the places of a word on each.
 * @param {Item[]} items
 * @returns {OnPage[]}
 */
function parsePages(items) {
  let page = 0;
  return /** @type {[number, number[], number[]?][]} */ (items).map(([more, text, fields]) => {
    page += more;
    return { page, text: places(text, PLAIN), fields: places(fields ?? [], 0) };
  });
}

/**
 * Positions, each as the distance from the one before. A negative number begins anew, and says what of: a weight
 * or a field.
 * @param {number[]} numbers
 * @param {number} of
 * @returns {Places}
 */
function places(numbers, of) {
  /** @type {Places} */
  const found = [];
  let position = 0;
  for (const number of numbers) {
    if (number < 0) [of, position] = [-1 - number, 0];
    else found.push([of, (position += number)]);
  }
  return found;
}

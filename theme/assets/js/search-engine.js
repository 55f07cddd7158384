/**
 * The one place that talks to Pagefind.
 *
 * Pagefind answers one question: the pages with all these words and filters. From that, this module makes what
 * the page needs: counts that say what each further choice would give, orders that lose no page, and pages
 * that nearly match. What a result shows is loaded only when it is shown.
 *
 * @typedef {import("./search-state.js").Sort} Sort
 * @typedef {import("./facets.js").Counts} Counts
 * @typedef {Readonly<Record<string, readonly string[]>>} Chosen
 *
 * @typedef {object} Question
 * @property {string} words
 * @property {Chosen} chosen
 * @property {Sort} sort
 *
 * @typedef {object} Hit
 * @property {string} id
 * @property {number} score
 * @property {() => Promise<any>} data Pagefind's record of the page
 *
 * @typedef {object} Answer
 * @property {Hit[]} hits in the order asked for
 * @property {number} unranked from this index on, pages that have no key for the order; they follow by relevance
 * @property {Counts} counts
 * @property {string} without the word that had to be left out to find anything, or empty
 * @property {Hit[]} near pages with all but one of the words, where few pages have all of them
 *
 * @typedef {object} Way
 * @property {string} facet what to drop; empty: every facet
 * @property {number} count how many results there would be without it
 */

import { asked, looser } from "./search-words.js";

/** Fewer results than this, and pages that nearly match are offered too. */
const FEW = 8;
/** Nearly matching pages shown at most. */
const MOST_NEAR = 8;
/** Answers kept, so that going back and forth between choices asks nothing twice. */
const KEPT = 60;
/** Words of a passage; Pagefind's default of 30 ends before most of our sentences do. */
const EXCERPT_WORDS = 36;

export class SearchEngine {
  /** Value ids of the facet `evidence`, strongest first: the order "strength of evidence". */
  levels = /** @type {readonly string[]} */ ([]);
  #pagefind;
  /** @type {Map<string, Promise<any>>} */
  #kept = new Map();

  /**
   * @param {any} pagefind
   * @param {Counts} totals pages by facet and value in the whole library
   */
  constructor(pagefind, totals) {
    this.#pagefind = pagefind;
    this.totals = totals;
  }

  /**
   * Load Pagefind. Rejects where its files are missing or blocked.
   * @param {URL} bundle address of pagefind.js
   * @returns {Promise<SearchEngine>}
   */
  static async open(bundle) {
    const pagefind = await import(bundle.href);
    await pagefind.options({ excerptLength: EXCERPT_WORDS });
    await pagefind.init();
    // Searches count only the facets that are loaded: this loads them all.
    const totals = await pagefind.filters();
    return new SearchEngine(pagefind, totals);
  }

  /**
   * @param {Question} question
   * @returns {Promise<Answer>}
   */
  async search({ words, chosen, sort }) {
    const question = await this.#answerable(words);
    const [all, counts, order] = await Promise.all([
      this.#ask(question.words, chosen),
      this.#counts(question.words, chosen),
      this.#order(question.words, chosen, sort),
    ]);
    const ranked = new Set(order);
    const byId = new Map(all.results.map((/** @type {Hit} */ hit) => [hit.id, hit]));
    const hits = [
      ...order.map((id) => byId.get(id)).filter(Boolean),
      ...all.results.filter((/** @type {Hit} */ hit) => !ranked.has(hit.id)),
    ];
    const few = hits.length < FEW && !question.without;
    return {
      hits,
      unranked: sort === "relevance" ? hits.length : order.length,
      counts,
      without: question.without,
      near: few ? (await this.#near(words, chosen)).filter((hit) => !byId.has(hit.id)).slice(0, MOST_NEAR) : [],
    };
  }

  /**
   * Ways out of a search that found nothing: what to drop, and how much one would then find; most first.
   * @param {Question} question
   * @returns {Promise<Way[]>}
   */
  async waysOut({ words, chosen }) {
    const question = (await this.#answerable(words)).words;
    const facets = Object.keys(chosen);
    const ways = await Promise.all(
      // All values of a facet at once: within a facet any will do, so dropping one of them finds nothing more.
      facets.map(async (facet) => {
        const { [facet]: _, ...others } = chosen;
        return { facet, count: (await this.#ask(question, others)).results.length };
      }),
    );
    ways.sort((a, b) => b.count - a.count);
    if (facets.length > 1) ways.push({ facet: "", count: (await this.#ask(question, {})).results.length });
    return ways.filter((way) => way.count > 0);
  }

  /**
   * The words to search for: all of them or, where no page of the library has them all, all but the
   * one whose loss leaves the best match.
   * @param {string} words
   */
  async #answerable(words) {
    const all = asked(words);
    // An emoji or a bracket is no word: ask for it as it is, which finds nothing, rather than for everything.
    if (!all || (await this.#ask(all, {})).results.length) return { words: all || words, without: "" };
    const tries = await Promise.all(
      looser(words).map(async (way) => ({ ...way, results: (await this.#ask(way.words, {})).results })),
    );
    const best = tries
      .filter((way) => way.results.length)
      .sort((a, b) => b.results[0].score - a.results[0].score)[0];
    return best ?? { words: all, without: "" };
  }

  /**
   * How many pages each value of each facet would give, with what is chosen in the other facets.
   * @param {string} words
   * @param {Chosen} chosen
   * @returns {Promise<Counts>}
   */
  async #counts(words, chosen) {
    // Within a facet any value will do, so what is chosen in it must not reduce the counts of its neighbours.
    const own = await Promise.all(
      Object.keys(chosen).map(async (facet) => {
        const { [facet]: _, ...others } = chosen;
        return [facet, (await this.#ask(words, others)).filters[facet] ?? {}];
      }),
    );
    return { ...(await this.#ask(words, chosen)).filters, ...Object.fromEntries(own) };
  }

  /**
   * Ids of the pages that have a key for the order, in order. Pagefind drops the others; `search` adds them.
   * @param {string} words
   * @param {Chosen} chosen
   * @param {Sort} sort
   * @returns {Promise<string[]>}
   */
  async #order(words, chosen, sort) {
    if (sort === "relevance") return (await this.#ask(words, chosen)).results.map(idOf);
    if (sort === "newest") return (await this.#ask(words, chosen, { newest: "desc" })).results.map(idOf);
    // By level rather than by Pagefind's sort: within a level, the better match should come first.
    const levels = this.levels.filter((level) => !chosen.evidence || chosen.evidence.includes(level));
    const groups = await Promise.all(
      levels.map((level) => this.#ask(words, { ...chosen, evidence: [level] })),
    );
    return groups.flatMap((group) => group.results.map(idOf));
  }

  /**
   * Pages with all but one of the words, the better match first.
   * @param {string} words
   * @param {Chosen} chosen
   * @returns {Promise<Hit[]>}
   */
  async #near(words, chosen) {
    const answers = await Promise.all(looser(words).map((way) => this.#ask(way.words, chosen)));
    /** @type {Map<string, Hit>} */
    const best = new Map();
    for (const hit of answers.flatMap((answer) => answer.results)) {
      if ((best.get(hit.id)?.score ?? -1) < hit.score) best.set(hit.id, hit);
    }
    return [...best.values()].sort((a, b) => b.score - a.score);
  }

  /**
   * @param {string} words none: every page
   * @param {Chosen} chosen
   * @param {Record<string, "asc" | "desc">} sort
   * @returns {Promise<any>} Pagefind's answer
   */
  #ask(words, chosen, sort = {}) {
    const chosenValues = Object.entries(chosen).filter(([, values]) => values.length);
    const filters = Object.fromEntries(chosenValues.map(([facet, values]) => [facet, { any: [...values] }]));
    const key = JSON.stringify([words, chosenValues.sort(), sort]);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    /** @type {Promise<any>} */
    const answer = this.#pagefind.search(words || null, { filters, sort });
    answer.catch(() => this.#kept.delete(key));
    this.#kept.set(key, answer);
    const [oldest] = this.#kept.keys();
    if (oldest !== undefined && this.#kept.size > KEPT) this.#kept.delete(oldest);
    return answer;
  }
}

/** @param {Hit} hit */
function idOf(hit) {
  return hit.id;
}

/**
 * Answers a search: which pages, in which order, and how many each further choice would give.
 *
 * The index says which pages have a word and how well. It knows no other word for a thing and forgives no
 * slip, so each word is asked for by itself, names are answered by tags as well, and a page is ranked by
 * how much of the question it answers.
 *
 * @typedef {import("./search-state.js").Sort} Sort
 * @typedef {import("./search-data.js").Chosen} Chosen
 * @typedef {import("./search-question.js").Group} Group
 * @typedef {import("./search-question.js").Correction} Correction
 * @typedef {import("./search-names.js").Entry} Entry
 * @typedef {import("./facets.js").Counts} Counts
 *
 * @typedef {object} Asked
 * @property {string} words
 * @property {Chosen} chosen
 * @property {Sort} sort
 * @property {boolean} exact search for the words as typed
 *
 * @typedef {object} Hit
 * @property {number} number of the page in the catalog
 * @property {number} score
 * @property {string[]} missing what was asked for and is not on the page
 *
 * @typedef {object} Answer
 * @property {Hit[]} hits in the order asked for
 * @property {number} unranked from this index on, pages that have no key for the order; they follow by relevance
 * @property {Counts} counts
 * @property {Correction[]} corrections
 * @property {Entry[]} terms that were asked about and that no result can show: the glossary's
 * @property {Group[]} groups
 *
 * @typedef {object} Way
 * @property {string} facet what to drop; empty: every facet
 * @property {number} count how many results there would be without it
 */

import { Names } from "./search-names.js";
import { Catalog, loadPacked } from "./search-data.js";
import { SearchIndex } from "./search-index.js";
import { parseKept } from "./search-passage.js";
import { question } from "./search-question.js";
import { Spelling } from "./search-spelling.js";

/**
 * What counts for how much, tuned on the odd half of tests/search/queries.yaml. A page's text answers a group
 * with 0 to 1; being tagged or named is worth these.
 */
const WEIGHTS = {
  /** The page of the very thing that was named. */
  own: 2.2,
  /** A page that the glossary points to for the named term. */
  seen: 0.5,
  /** A record tagged with the thing. */
  tagged: 0.4,
  /** Another word for the same. */
  same: 0.35,
  /** A word spelt otherwise than it was typed. */
  guessed: 0.9,
  /** Of the lesser of text and tag, added to the greater. */
  both: 0.3,
  /** The whole question stands on the page, word for word. */
  phrase: 0.5,
  /** The question is the name and nothing else. */
  whole: 0.8,
  /** A group that is a name, beside one that is a word; and for each further word of the name. */
  named: 1.6,
  longName: 0.07,
  /** How steeply a page falls that answers only part of the question. */
  coverage: 0.9,
  /** A written page about the library, beside a record. */
  page: 0.74,
};
/** A group answered by less than this is not answered. */
const ANSWERED = 0.18;
/** The share of a question, by weight, that a page must answer to be a result. */
const ENOUGH = 0.37;
/** Evens out the scores of the index, in which the best page is often far ahead. */
const STEEPNESS = 0.55;
/** A question of no more groups than this is answered from the glossary first. */
const FEW = 2;
/** Answers kept, so that going back and forth between choices asks nothing twice. */
const KEPT = 200;

export class SearchEngine {
  /** Value ids of the facet `evidence`, strongest first: the order "strength of evidence". */
  levels = /** @type {readonly string[]} */ ([]);
  #index;
  #spelling;
  #bundle;
  /** @type {Map<string, Promise<Map<number, number>>>} */
  #kept = new Map();

  /**
   * @param {SearchIndex} index
   * @param {Catalog} catalog
   * @param {Names} names
   * @param {Spelling} spelling
   * @param {URL} bundle
   */
  constructor(index, catalog, names, spelling, bundle) {
    this.#bundle = bundle;
    this.#index = index;
    this.#spelling = spelling;
    this.catalog = catalog;
    this.names = names;
    this.totals = catalog.narrow(catalog.numbers, {}).counts;
  }

  /**
   * Load what every search needs. Rejects where a file is missing or blocked.
   * @param {URL} bundle address of the folder of Pagefind's files
   * @param {URL} data address of the folder of our own files
   * @returns {Promise<SearchEngine>}
   */
  static async open(bundle, data) {
    const [catalog, names] = await Promise.all([
      // A catalog from before would name files that are gone.
      loadPacked(new URL("catalog.kb", data), "no-cache"),
      Names.load(new URL("names.kb", data)),
    ]);
    const listed = JSON.parse(catalog);
    return new SearchEngine(
      new SearchIndex(new URL("index/", bundle), listed),
      new Catalog(listed, new URL("pages/", data)),
      names,
      new Spelling(new URL("words/", data)),
      bundle,
    );
  }

  /**
   * @param {Asked} asked
   * @returns {Promise<Answer>}
   */
  async search({ words, chosen, sort, exact }) {
    if (!words) {
      const { fitting, counts } = this.catalog.narrow(this.catalog.numbers, chosen);
      const hits = fitting.map((number) => ({ number, score: 0, missing: [] }));
      return { ...this.#sorted(hits, sort), counts, corrections: [], terms: [], groups: [] };
    }
    const asked = await question(words, this.names, exact ? null : this.#spelling);
    await this.#spelling.load(asked.groups.flatMap((group) => [...group.words, ...group.same]));
    const ranked = await this.#ranked(asked);
    const { fitting, counts } = this.catalog.narrow(ranked.keys(), chosen);
    const hits = fitting.map((number) => /** @type {Hit} */ (ranked.get(number)));
    const terms = asked.groups.length <= FEW ? asked.groups.flatMap((group) => group.entries).filter((entry) => this.#isAnswer(entry)) : [];
    return { ...this.#sorted(hits, sort), counts, corrections: asked.corrections, terms, groups: asked.groups };
  }

  /**
   * What Pagefind keeps of a page, for its card.
   * @param {number} number
   * @returns {Promise<import("./search-passage.js").Kept>}
   */
  async page(number) {
    const file = new URL(`fragment/en_${await this.catalog.idOf(number)}.pf_fragment`, this.#bundle);
    return parseKept(await loadPacked(file));
  }

  /**
   * Ways out of a search that found nothing: what to drop, and how much one would then find; most first.
   * @param {Asked} asked
   * @returns {Promise<Way[]>}
   */
  async waysOut(asked) {
    const count = async (/** @type {Chosen} */ chosen) => (await this.search({ ...asked, chosen })).hits.length;
    // All values of a facet at once: within a facet any will do, so dropping one of them finds nothing more.
    const facets = Object.keys(asked.chosen);
    const ways = await Promise.all(
      facets.map(async (facet) => {
        const { [facet]: _, ...others } = asked.chosen;
        return { facet, count: await count(others) };
      }),
    );
    ways.sort((a, b) => b.count - a.count);
    if (facets.length > 1) ways.push({ facet: "", count: await count({}) });
    return ways.filter((way) => way.count > 0);
  }

  /**
   * Every page that answers enough of a question.
   * @param {import("./search-question.js").Question} asked
   * @returns {Promise<Map<number, Hit>>} by number of the page
   */
  async #ranked({ groups: asked, phrase }) {
    const groups = asked.map((group) => this.#telling(group)).filter((group) => group.words.length || isKnown(group));
    if (!groups.length && asked.length) return this.#everything();
    const [answers, literal] = await Promise.all([
      Promise.all(groups.map((group) => this.#answer(group))),
      this.#literal(phrase),
    ]);
    // What few pages answer tells more about a page than what all do.
    const weights = answers.map(
      (answer, index) => Math.log(1 + this.catalog.size / (1 + strong(answer))) * emphasis(groups[index]),
    );
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const heaviest = Math.max(...weights);
    const whole = groups.length === 1 ? WEIGHTS.whole * heaviest : 0;
    /** @type {Map<number, Hit>} */
    const found = new Map();
    for (const number of new Set(answers.flatMap((answer) => [...answer.keys()]))) {
      const values = answers.map((answer) => answer.get(number) ?? 0);
      const missing = groups.filter((_, index) => values[index] < ANSWERED).map((group) => group.label);
      const answered = weights.reduce((sum, weight, index) => sum + (values[index] < ANSWERED ? 0 : weight), 0) / all;
      if (answered < ENOUGH) continue;
      let score = values.reduce((sum, value, index) => sum + value * weights[index], 0);
      if (literal.has(number)) score += WEIGHTS.phrase * heaviest;
      if (whole && values[0] >= WEIGHTS.own) score += whole;
      score *= answered ** WEIGHTS.coverage;
      if (this.#isWritten(number)) score *= WEIGHTS.page;
      found.set(number, { number, score, missing });
    }
    return found;
  }

  /**
   * Every page, the strongest evidence first: the answer to words that nearly all pages have.
   * @returns {Map<number, Hit>}
   */
  #everything() {
    return new Map([...this.catalog.numbers].map((number) => [number, { number, score: -this.#rank(number), missing: [] }]));
  }

  /**
   * A group without the words that most pages have: in a large library they cost much to look up, and tell nothing.
   * @param {Group} group
   * @returns {Group}
   */
  #telling(group) {
    const [words, same] = [group.words, group.same].map((all) => all.filter((word) => !this.#spelling.isEverywhere(word)));
    return { ...group, words, same };
  }

  /**
   * How well each page answers one group.
   * @param {Group} group
   * @returns {Promise<Map<number, number>>}
   */
  async #answer({ words, same, guessed, entries }) {
    const [texts, others] = await Promise.all([
      Promise.all(words.map((word) => this.#ask(word))),
      Promise.all(same.filter((word) => !words.includes(word)).map((word) => this.#ask(word))),
    ]);
    /** @type {Map<number, number>} */
    const answer = new Map();
    for (const number of new Set(texts.flatMap((text) => [...text.keys()]))) {
      const scores = texts.map((text) => text.get(number) ?? 0);
      // Half of a name is worth much less than half: "voucher" is not in every page about training.
      const whole = scores.filter(Boolean).length / words.length;
      answer.set(number, (whole * scores.reduce((sum, score) => sum + score, 0)) / words.length);
    }
    for (const text of others) {
      for (const [number, score] of text) answer.set(number, Math.max(answer.get(number) ?? 0, score * WEIGHTS.same));
    }
    if (guessed) for (const [number, score] of answer) answer.set(number, score * WEIGHTS.guessed);
    /** @type {Map<number, number>} */
    const meant = new Map();
    const raise = (/** @type {number | undefined} */ number, /** @type {number} */ to) => {
      if (number !== undefined) meant.set(number, Math.max(meant.get(number) ?? 0, to));
    };
    for (const entry of entries) {
      if (entry.facet && entry.value) {
        for (const number of this.catalog.tagged(entry.facet, entry.value)) raise(number, WEIGHTS.tagged);
      }
      for (const path of entry.see ?? []) raise(this.#numberOf(this.names.byPath(path)), WEIGHTS.seen);
      raise(this.#numberOf(entry), WEIGHTS.own);
    }
    for (const [number, worth] of meant) {
      const text = answer.get(number) ?? 0;
      answer.set(number, Math.max(text, worth) + WEIGHTS.both * Math.min(text, worth));
    }
    return answer;
  }

  /** @param {Entry | undefined} entry */
  #numberOf(entry) {
    return entry?.path === undefined ? undefined : this.catalog.numberOf(entry.path);
  }

  /**
   * True for what no result can show: terms of the glossary, and terms that no case study is about.
   * @param {Entry} entry
   */
  #isAnswer(entry) {
    return entry.path !== undefined && this.#numberOf(entry) === undefined;
  }

  /** @param {number} number */
  #isWritten(number) {
    return this.catalog.valuesOf(number, "written").length > 0;
  }

  /**
   * The pages that have a word, and how well: 0 to 1, the best page having 1.
   * @param {string} word
   * @returns {Promise<Map<number, number>>} by number of the page
   */
  #ask(word) {
    const kept = this.#kept.get(word);
    if (kept) return kept;
    const answer = this.#index.pages(word, this.#spelling.stemOf(word)).then((scores) => {
      const best = [...scores.values()].reduce((most, score) => Math.max(most, score), 0);
      return new Map([...scores].map(([number, score]) => [number, (score / best) ** STEEPNESS]));
    });
    answer.catch(() => this.#kept.delete(word));
    this.#kept.set(word, answer);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT) this.#kept.delete(oldest);
    return answer;
  }

  /**
   * The pages that have a phrase word for word.
   * @param {string} phrase empty: none
   * @returns {Promise<Set<number>>} by number of the page
   */
  async #literal(phrase) {
    const words = phrase.split(" ");
    const tellsNothing = () => words.some((word) => this.#spelling.isEverywhere(word));
    if (!phrase || tellsNothing()) return new Set();
    await this.#spelling.load(words);
    if (tellsNothing()) return new Set();
    return this.#index.phrase(words.map((word) => this.#spelling.stemOf(word)));
  }

  /**
   * The place of a page's evidence, the strongest being 0; pages that have none come last.
   * @param {number} number
   */
  #rank(number) {
    const level = this.levels.indexOf(this.catalog.valuesOf(number, "evidence")[0]);
    return level < 0 ? this.levels.length : level;
  }

  /**
   * @param {Hit[]} hits
   * @param {Sort} sort
   * @returns {{hits: Hit[], unranked: number}}
   */
  #sorted(hits, sort) {
    const byScore = (/** @type {Hit} */ a, /** @type {Hit} */ b) => b.score - a.score || a.number - b.number;
    /** @type {Record<Sort, (a: Hit, b: Hit) => number>} */
    const orders = {
      relevance: byScore,
      newest: (a, b) => this.catalog.dayOf(b.number) - this.catalog.dayOf(a.number) || byScore(a, b),
      evidence: (a, b) => this.#rank(a.number) - this.#rank(b.number) || byScore(a, b),
    };
    hits.sort(orders[sort]);
    /** @type {Record<Sort, (hit: Hit) => boolean>} */
    const lacks = {
      relevance: () => false,
      newest: (hit) => this.catalog.dayOf(hit.number) === 0,
      evidence: (hit) => this.#rank(hit.number) === this.levels.length,
    };
    const unranked = hits.findIndex(lacks[sort]);
    return { hits, unranked: unranked < 0 ? hits.length : unranked };
  }
}

/**
 * True where a group names what has a page, or what records are tagged with.
 * @param {Group} group
 */
function isKnown(group) {
  return group.entries.some((entry) => entry.path || entry.facet);
}

/**
 * A name tells more about what is meant than a word, and a long name more than a short one.
 * @param {Group} group
 */
function emphasis(group) {
  if (!isKnown(group)) return 1;
  return WEIGHTS.named + WEIGHTS.longName * (group.words.length - 1);
}

/** @param {Map<number, number>} answer */
function strong(answer) {
  return [...answer.values()].filter((value) => value >= ANSWERED).length;
}

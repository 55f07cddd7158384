/**
 * What the search page loads beside Pagefind: names, words, and the catalog of all pages.
 *
 * @typedef {import("./facets.js").Counts} Counts
 * @typedef {Readonly<Record<string, readonly string[]>>} Chosen
 *
 * @typedef {object} Column
 * @property {string[]} values
 * @property {number[][]} sets sets of values, as indexes into them
 * @property {number[]} of for each page the index of its set
 *
 * @typedef {object} Listed
 * @property {string} ids Pagefind's ids, separated by spaces
 * @property {number[]} days since 1970; 0: never checked
 * @property {Record<string, Column>} facets
 */

/**
 * Load a file that the build has compressed.
 * @param {URL} address
 * @returns {Promise<string>}
 */
export async function loadPacked(address) {
  const answer = await fetch(address);
  if (!answer.ok || !answer.body) throw new Error(`${address}: ${answer.status}`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
}

/** Every page of the library by its number, with its facets: counts and filters without asking the index. */
export class Catalog {
  /** @type {string[]} */
  ids;
  #numbers;
  #listed;

  /** @param {Listed} listed */
  constructor(listed) {
    this.#listed = listed;
    this.ids = listed.ids.split(" ").filter(Boolean);
    this.#numbers = new Map(this.ids.map((id, number) => [id, number]));
  }

  get size() {
    return this.ids.length;
  }

  /**
   * @param {string} id Pagefind's
   * @returns {number | undefined}
   */
  numberOf(id) {
    return this.#numbers.get(id);
  }

  /** @param {number} number */
  dayOf(number) {
    return this.#listed.days[number];
  }

  /**
   * The values of a facet that a page has.
   * @param {number} number
   * @param {string} facet
   * @returns {string[]}
   */
  valuesOf(number, facet) {
    const column = this.#listed.facets[facet];
    return column ? column.sets[column.of[number]].map((index) => column.values[index]) : [];
  }

  /**
   * Numbers of the pages that have a value.
   * @param {string} facet
   * @param {string} value
   * @returns {number[]}
   */
  tagged(facet, value) {
    const column = this.#listed.facets[facet];
    const index = column?.values.indexOf(value) ?? -1;
    if (index < 0) return [];
    const sets = column.sets.map((set) => set.includes(index));
    return [...this.ids.keys()].filter((number) => sets[column.of[number]]);
  }

  /**
   * The pages that fit what is chosen, and how many of them each value would give. A facet's own choice does
   * not count against its other values: any of them will do.
   * @param {Iterable<number>} numbers
   * @param {Chosen} chosen
   * @returns {{fitting: number[], counts: Counts}}
   */
  narrow(numbers, chosen) {
    const columns = Object.entries(this.#listed.facets);
    const tallies = columns.map(([, column]) => new Array(column.sets.length).fill(0));
    const tests = columns
      .map(([facet, column], index) => ({ index, column, fits: chosen[facet] && fitting(column, chosen[facet]) }))
      .filter((test) => test.fits);
    // A facet that no page has can't be satisfied.
    const impossible = Object.keys(chosen).some((facet) => !this.#listed.facets[facet]);
    const found = [];
    for (const number of impossible ? [] : numbers) {
      const missed = tests.filter((test) => !test.fits[test.column.of[number]]);
      if (missed.length > 1) continue;
      if (missed.length === 0) found.push(number);
      for (const [index, [, column]] of columns.entries()) {
        if (missed.length === 0 || missed[0].index === index) tallies[index][column.of[number]]++;
      }
    }
    const counts = Object.fromEntries(columns.map(([facet, column], index) => [facet, summed(column, tallies[index])]));
    return { fitting: found, counts };
  }
}

/**
 * For each set of a facet, whether it has one of the values.
 * @param {Column} column
 * @param {readonly string[]} values
 */
function fitting(column, values) {
  const wanted = new Set(values.map((value) => column.values.indexOf(value)));
  return column.sets.map((set) => set.some((index) => wanted.has(index)));
}

/**
 * Pages by value, from pages by set.
 * @param {Column} column
 * @param {number[]} tally
 */
function summed(column, tally) {
  /** @type {Record<string, number>} */
  const counts = {};
  column.sets.forEach((set, index) => {
    for (const value of set) counts[column.values[value]] = (counts[column.values[value]] ?? 0) + tally[index];
  });
  return counts;
}

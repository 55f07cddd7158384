/**
 * What the search page loads: files that the build has compressed, and the catalog of all pages.
 *
 * @typedef {import("./facets.js").Counts} Counts
 * @typedef {Readonly<Record<string, readonly string[]>>} Chosen
 *
 * @typedef {object} Column
 * @property {string[]} values
 * @property {number[][]} sets sets of values, as indexes into them
 * @property {string} of for each page the index of its set, as a character
 *
 * @typedef {object} Listed
 * @property {string} version changes with the order of the pages
 * @property {number} together pages whose ids are in one file
 * @property {number[]} lengths in words, about
 * @property {number[]} days since 1970; 0: never checked
 * @property {Record<string, Column>} facets
 * @property {[string, string][]} chunks the last stem and the name of each file of the index
 * @property {string[]} fields names of the index's metadata
 * @property {Record<string, number>} named numbers of pages by their address, where something goes by a name
 */

/**
 * Load a small file, which the build has not compressed.
 * @param {URL} address
 * @returns {Promise<string>}
 */
export async function loadText(address) {
  return (await answered(address, "default")).text();
}

/**
 * Load a file that the build has compressed.
 * @param {URL} address
 * @param {RequestCache} cache
 * @returns {Promise<string>}
 */
export async function loadPacked(address, cache = "default") {
  return (await unpacked(address, cache)).text();
}

/**
 * Load a file that Pagefind has compressed.
 * @param {URL} address
 * @returns {Promise<Uint8Array>}
 */
export async function loadPackedBytes(address) {
  return new Uint8Array(await (await unpacked(address, "default")).arrayBuffer());
}

/**
 * @param {URL} address
 * @param {RequestCache} cache
 */
async function unpacked(address, cache) {
  const { body } = await answered(address, cache);
  return new Response(body?.pipeThrough(new DecompressionStream("gzip")));
}

/**
 * @param {URL} address
 * @param {RequestCache} cache
 */
async function answered(address, cache) {
  const answer = await fetch(address, { cache });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** The character of a facet's first set. */
const FIRST = 0x23;

/** Every page of the library by its number, with its facets: counts and filters without asking the index. */
export class Catalog {
  #listed;
  #folder;
  /** Of each facet, the index of each page's set. */
  #of;
  /** @type {Map<number, Promise<string[]>>} */
  #ids = new Map();

  /**
   * @param {Listed} listed
   * @param {URL} folder of the pages' ids
   */
  constructor(listed, folder) {
    this.#listed = listed;
    this.#folder = folder;
    this.#of = Object.fromEntries(
      Object.entries(listed.facets).map(([facet, { of }]) => [facet, Uint16Array.from(of, (set) => set.charCodeAt(0) - FIRST)]),
    );
  }

  get size() {
    return this.#listed.lengths.length;
  }

  /** The numbers of all pages. */
  get numbers() {
    return this.#listed.lengths.keys();
  }

  /**
   * Pagefind's id of a page. Rejects where its file cannot be loaded, or belongs to another state of the site.
   * @param {number} number
   */
  async idOf(number) {
    const { together, version } = this.#listed;
    const part = Math.floor(number / together);
    let ids = this.#ids.get(part);
    if (!ids) {
      ids = loadText(new URL(`${part}.txt?${version}`, this.#folder)).then((text) => text.split(" "));
      ids.catch(() => this.#ids.delete(part));
      this.#ids.set(part, ids);
    }
    const [of, ...found] = await ids;
    if (of !== version) throw new Error("The site has changed.");
    return found[number % together];
  }

  /**
   * The number of the page at an address, if something in the names leads there and the index has it.
   * @param {string} path relative to the site's root
   * @returns {number | undefined}
   */
  numberOf(path) {
    return Object.hasOwn(this.#listed.named, path) ? this.#listed.named[path] : undefined;
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
    return column ? column.sets[this.#of[facet][number]].map((index) => column.values[index]) : [];
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
    return [...this.numbers].filter((number) => sets[this.#of[facet][number]]);
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
    const of = columns.map(([facet]) => this.#of[facet]);
    const tallies = columns.map(([, column]) => new Array(column.sets.length).fill(0));
    const tests = columns
      .map(([facet, column], index) => ({ index, fits: chosen[facet] && fitting(column, chosen[facet]) }))
      .filter((test) => test.fits);
    // A facet that no page has can't be satisfied.
    const impossible = Object.keys(chosen).some((facet) => !this.#listed.facets[facet]);
    const found = [];
    for (const number of impossible ? [] : numbers) {
      const missed = tests.filter((test) => !test.fits[of[test.index][number]]);
      if (missed.length > 1) continue;
      if (missed.length === 0) found.push(number);
      for (const [index, tally] of tallies.entries()) {
        if (missed.length === 0 || missed[0].index === index) tally[of[index][number]]++;
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

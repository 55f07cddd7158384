/**
 * The facets of the library with the labels of their values, from /search/facets.json.
 *
 * @typedef {{id: string, label: string}} FacetValue
 * @typedef {{id: string, label: string, values: FacetValue[]}} Facet
 * @typedef {Record<string, Record<string, number>>} Counts by facet id and value id: number of pages
 */

/** Facets whose values have an order that means something; the values of the others are shown by their counts. */
const ORDERED = new Set(["kind", "evidence", "direction", "status", "policy-status", "setting"]);

export class Facets {
  /** @type {readonly Facet[]} */
  all;
  /** @type {Map<string, Map<string, string>>} */
  #labels;

  /** @param {readonly Facet[]} facets */
  constructor(facets) {
    this.all = facets;
    this.#labels = new Map(
      facets.map((facet) => [facet.id, new Map(facet.values.map((value) => [value.id, value.label]))]),
    );
  }

  /**
   * Load the facets.
   * @param {URL} address
   * @returns {Promise<Facets>}
   */
  static async load(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new Facets((await answer.json()).facets);
  }

  /**
   * The facets as the index has them, for a site whose facets.json is missing: ids stand in for labels.
   * @param {Counts} counts
   * @returns {Facets}
   */
  static fromCounts(counts) {
    const words = (/** @type {string} */ id) => id.charAt(0).toUpperCase() + id.slice(1).replaceAll("-", " ");
    return new Facets(
      Object.entries(counts).map(([id, values]) => ({
        id,
        label: words(id),
        values: Object.keys(values).map((value) => ({ id: value, label: words(value) })),
      })),
    );
  }

  /** @returns {string[]} */
  get ids() {
    return this.all.map((facet) => facet.id);
  }

  /**
   * @param {string} facet
   * @returns {readonly FacetValue[]}
   */
  values(facet) {
    return this.all.find((other) => other.id === facet)?.values ?? [];
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  has(facet, value) {
    return this.#labels.get(facet)?.has(value) ?? false;
  }

  /**
   * @param {string} facet
   * @returns {string}
   */
  label(facet) {
    return this.all.find((other) => other.id === facet)?.label ?? facet;
  }

  /**
   * @param {string} facet
   * @param {string} value
   * @returns {string}
   */
  valueLabel(facet, value) {
    return this.#labels.get(facet)?.get(value) ?? value;
  }

  /**
   * The values of a facet worth showing: those with results and those chosen. Choosing a value never
   * reorders its own facet, because a facet's counts don't depend on its own choice.
   * @param {Facet} facet
   * @param {Counts} counts
   * @param {readonly string[]} chosen
   * @returns {(FacetValue & {count: number})[]}
   */
  static shown(facet, counts, chosen) {
    const values = facet.values
      .map((value) => ({ ...value, count: counts[facet.id]?.[value.id] ?? 0 }))
      .filter((value) => value.count > 0 || chosen.includes(value.id));
    return ORDERED.has(facet.id) ? values : values.sort((a, b) => b.count - a.count);
  }
}

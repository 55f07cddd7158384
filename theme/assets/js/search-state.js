/**
 * A search as a value, and its address: what is in the URL is the whole state of the search page.
 *
 * Nothing here touches the document, so every rule about addresses can be tried by itself. An address
 * may have been typed, cut off in an e-mail or made up: what is not understood is left out, never shown
 * as an error.
 */

/**
 * @typedef {object} SearchState
 * @property {string} words what was typed
 * @property {Readonly<Record<string, readonly string[]>>} chosen by facet id: the chosen value ids, never empty
 * @property {Sort | ""} sort empty: the order that suits the search (`sortOf`)
 * @property {boolean} exact search for the words as typed, however they are spelt
 * @property {number} page how many steps of `PAGE_SIZE` results are shown, from 1
 */

/** @typedef {"relevance" | "newest" | "evidence"} Sort */

/**
 * What an address may name; `Facets` fits.
 * @typedef {object} Known
 * @property {readonly string[]} ids facet ids in the order of the address
 * @property {(facet: string, value: string) => boolean} has
 */

/** Longest search in characters: longer than any question, short enough for an address. */
export const MAX_WORDS = 200;

/** Results shown at first, and added by each "Show more". */
export const PAGE_SIZE = 10;

/** More steps than a person would click; an address must not make the browser load a whole library. */
const MAX_PAGE = 50;

/** @type {readonly Sort[]} */
const SORTS = ["relevance", "newest", "evidence"];

/** @type {SearchState} */
export const NOTHING = Object.freeze({ words: "", chosen: Object.freeze({}), sort: "", exact: false, page: 1 });

/**
 * The typed words as they are searched: control characters out, spaces single, cut at `MAX_WORDS`.
 * @param {string} text
 * @returns {string}
 */
export function cleanWords(text) {
  // Cut before the rest: ten thousand characters need not be cleaned. Spread counts an emoji as one.
  const cut = [...text.slice(0, MAX_WORDS * 8)];
  const spaced = cut.join("").replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
  return [...spaced].slice(0, MAX_WORDS).join("").trim();
}

/**
 * Read a search from the query part of an address.
 * @param {string} query with or without "?"
 * @param {Known} known
 * @returns {SearchState}
 */
export function parseState(query, known) {
  const params = new URLSearchParams(query);
  /** @type {Record<string, string[]>} */
  const chosen = {};
  for (const facet of known.ids) {
    const values = [...new Set(params.getAll(facet))].filter((value) => known.has(facet, value));
    if (values.length) chosen[facet] = values;
  }
  const sort = /** @type {Sort} */ (params.get("sort") ?? "");
  const page = /^\d{1,3}$/.test(params.get("page") ?? "") ? Number(params.get("page")) : 1;
  return {
    words: cleanWords(params.get("q") ?? ""),
    chosen,
    sort: SORTS.includes(sort) ? sort : "",
    exact: params.get("spelling") === "exact",
    page: Math.min(Math.max(page, 1), MAX_PAGE),
  };
}

/**
 * The query part of a search's address, with "?"; empty for no search. Equal searches have equal addresses.
 * @param {SearchState} state
 * @param {Known} known
 * @returns {string}
 */
export function formatState(state, known) {
  const params = new URLSearchParams();
  if (state.words) params.append("q", state.words);
  for (const facet of known.ids) {
    for (const value of state.chosen[facet] ?? []) params.append(facet, value);
  }
  if (state.sort) params.append("sort", state.sort);
  if (state.exact) params.append("spelling", "exact");
  if (state.page > 1) params.append("page", String(state.page));
  const query = params.toString();
  return query && `?${query}`;
}

/**
 * The order of the results. Without words nothing is more relevant than anything else: then the
 * strongest evidence comes first.
 * @param {SearchState} state
 * @returns {Sort}
 */
export function sortOf(state) {
  if (!state.words && (state.sort || "relevance") === "relevance") return "evidence";
  return state.sort || "relevance";
}

/**
 * True where nothing is asked for.
 * @param {SearchState} state
 */
export function isBlank(state) {
  return !state.words && Object.keys(state.chosen).length === 0;
}

// Every change of what is searched goes back to the first page of results.

/**
 * @param {SearchState} state
 * @param {string} words
 * @returns {SearchState}
 */
export function withWords(state, words) {
  return { ...state, words: cleanWords(words), exact: false, page: 1 };
}

/**
 * Choose these values of a facet and no others.
 * @param {SearchState} state
 * @param {string} facet
 * @param {readonly string[]} values
 * @returns {SearchState}
 */
export function withFacet(state, facet, values) {
  const { [facet]: _, ...others } = state.chosen;
  return { ...state, chosen: values.length ? { ...others, [facet]: [...values] } : others, page: 1 };
}

/**
 * Choose a value, or unchoose it.
 * @param {SearchState} state
 * @param {string} facet
 * @param {string} value
 * @returns {SearchState}
 */
export function toggled(state, facet, value) {
  const values = state.chosen[facet] ?? [];
  const kept = values.filter((other) => other !== value);
  return withFacet(state, facet, kept.length < values.length ? kept : [...values, value]);
}

/**
 * @param {SearchState} state
 * @returns {SearchState}
 */
export function withoutFacets(state) {
  return { ...state, chosen: {}, page: 1 };
}

/**
 * @param {SearchState} state
 * @param {string} sort
 * @returns {SearchState}
 */
export function withSort(state, sort) {
  return { ...state, sort: SORTS.includes(/** @type {Sort} */ (sort)) ? /** @type {Sort} */ (sort) : "", page: 1 };
}

/**
 * Loads what slides show: one small file for each page that a deck names, and nothing else.
 */

import { isId, splitId } from "./deck-state.js";
import { ROOT } from "./deck-store.js";

/**
 * @typedef {object} Outcome
 * @property {string} anchor
 * @property {string} title
 * @property {string} when
 * @property {string} unit `percent`, `usd` and so on
 * @property {string} value
 * @property {string} comparison empty where there is none
 * @property {string} comparisonLabel
 * @property {string} difference
 * @property {string} significance
 * @property {string} design
 * @property {string} n
 * @property {string} note
 * @property {string} printed
 * @property {number} source
 * @property {{label: string, value: number, text: string}[]} bars program and comparison; none where a bar says nothing
 */

/**
 * @typedef {object} Card
 * @property {string} id
 * @property {string} kind
 * @property {string} title
 * @property {string} summary
 * @property {string} path address of the page from the site's root
 * @property {string} url whole address of the page
 * @property {string} short whole short address of the page
 * @property {[string, string][]} facts
 * @property {string} note
 * @property {{title: string, items: string[]}[]} sections
 * @property {Outcome[]} outcomes
 * @property {{number: number, title: string, about: string, url: string}[]} sources
 * @property {string} checked
 */

/** @typedef {{card: Card, outcome: Outcome | null}} Found */
/** @typedef {Found | "unknown" | "failed"} Loaded "failed": it may be there, but could not be fetched */

/** Requests under way at one time. */
const AT_ONCE = 6;

/** @type {Map<string, Promise<Card | null>>} */
const cards = new Map();

/**
 * Load the cards of some entries.
 * @param {readonly string[]} ids
 * @param {(done: number) => void} [progress]
 * @returns {Promise<Map<string, Loaded>>}
 */
export async function loadCards(ids, progress) {
  /** @type {Map<string, Loaded>} */
  const loaded = new Map();
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      loaded.set(id, await loadOne(id));
      progress?.(loaded.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return loaded;
}

/**
 * A collection: its title, and its entries with their notes; null where there is none of that id.
 * Throws where it could not be fetched.
 * @param {string} id
 * @returns {Promise<any>}
 */
export async function loadCollection(id) {
  const collection = await fetchJson(`collections/${id}/card.json`);
  return collection && { ...collection, short: whole(collection.short) };
}

/**
 * @param {string} id
 * @returns {Promise<Loaded>}
 */
async function loadOne(id) {
  if (!isId(id)) return "unknown";
  const { page, anchor } = splitId(id);
  try {
    if (!cards.has(page)) cards.set(page, fetchCard(page));
    const card = await cards.get(page);
    const outcome = card?.outcomes.find((one) => one.anchor === anchor) ?? null;
    return card && (outcome || !anchor) ? { card, outcome } : "unknown";
  } catch {
    cards.delete(page);
    return "failed";
  }
}

/**
 * @param {string} page
 * @returns {Promise<Card | null>}
 */
async function fetchCard(page) {
  const card = (await fetchJson(`${page}/card.json`)) ?? (await fetchMoved(page));
  return card && { ...card, url: whole(card.url), short: whole(card.short) };
}

/**
 * The card of a page that has moved: its old address holds a page that leads to the new one.
 * @param {string} page
 */
async function fetchMoved(page) {
  const response = await fetch(new URL(`${page}/`, ROOT));
  if (!response.ok) return null;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const refresh = parsed.querySelector('meta[http-equiv="refresh" i]')?.getAttribute("content") ?? "";
  const target = refresh.match(/url\s*=\s*['"]?([^'"]+)/i)?.[1];
  if (!target) return null;
  const there = new URL(target, new URL(`${page}/`, ROOT));
  const id = there.pathname.slice(ROOT.pathname.length).replace(/\/$/, "");
  return there.origin === ROOT.origin && isId(id) ? fetchJson(`${id}/card.json`) : null;
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
async function fetchJson(path) {
  const response = await fetch(new URL(path, ROOT));
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** @param {string} address */
function whole(address) {
  return new URL(address, ROOT).href;
}

/**
 * A deck as a value, and its address. Nothing here touches the document or the network.
 *
 * An address may have been typed, cut off in an e-mail or made up. What it names is kept even where
 * no such page exists, so that nothing is lost by opening it: the deck says so instead.
 */

/**
 * @typedef {object} Entry
 * @property {string} id address of a page without the slash at its end, `casestudies/cuny-asap`; with the
 *   anchor of an outcome where it is one, `casestudies/cuny-asap#outcome-1`
 * @property {string} kind as a reader sees it; empty until the page's card has been loaded
 * @property {string} title likewise
 * @property {string} note what the one who presents says here
 */

/** @typedef {{title: string, entries: readonly Entry[]}} Deck */

/** Entries that are shown, presented and exported: more than an evening can hold, few enough to load at once. */
export const MAX_SHOWN = 100;
/** Entries that are kept, so that an address made by a machine can't fill the browser. */
const MAX_KEPT = 2000;
const MAX_TITLE = 300;
export const MAX_NOTE = 4000;

/** @type {Deck} */
export const EMPTY = Object.freeze({ title: "", entries: Object.freeze([]) });

const ID = /^(casestudies|practices|policies)\/[a-z0-9]+(-[a-z0-9]+)*(#[a-z0-9]+(-[a-z0-9]+)*)?$/;

/**
 * True where an id has the form of one; whether such a page exists is known when it is loaded.
 * @param {string} id
 */
export function isId(id) {
  return id.length <= 200 && ID.test(id);
}

/**
 * @param {string} id
 * @returns {{page: string, anchor: string}}
 */
export function splitId(id) {
  const [page, anchor = ""] = id.split("#");
  return { page, anchor };
}

/**
 * Read the part of an address after "#": a collection to open, or a deck; null where it names neither.
 * @param {string} hash with or without "#"
 * @returns {{collection: string, deck: Deck} | null}
 */
export function parseHash(hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const collection = params.get("c") ?? "";
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(collection)) return { collection, deck: EMPTY };
  if (!params.has("e")) return null;
  const ids = params
    .getAll("e")
    .flatMap((list) => list.split(","))
    .map((id) => clean(id, 200).replace(".", "#"))
    .filter(Boolean);
  const deck = {
    title: clean(params.get("t") ?? "", MAX_TITLE),
    entries: ids.slice(0, MAX_KEPT).map((id) => entry(id)),
  };
  return { collection: "", deck: withoutRepeats(deck) };
}

/**
 * The part of an address that holds a deck's title and entries, with "#". Notes are not in it: they are
 * for the one who speaks, and addresses are passed on.
 * @param {Deck} deck
 * @returns {string}
 */
export function formatHash(deck) {
  // An id holds no comma or dot of its own; a slash may stand in this part of an address as it is.
  const ids = deck.entries.map(({ id }) => encodeURIComponent(id.replace("#", ".")).replaceAll("%2F", "/"));
  const title = deck.title ? `t=${encodeURIComponent(deck.title)}&` : "";
  return `#${title}e=${ids.join(",")}`;
}

/**
 * A deck from data that came from outside: what does not fit is left out.
 * @param {any} data
 * @returns {Deck}
 */
export function fromData(data) {
  const list = Array.isArray(data?.entries) ? data.entries : [];
  const entries = list
    .filter((/** @type {any} */ one) => typeof one?.id === "string" && one.id)
    .slice(0, MAX_KEPT)
    .map((/** @type {any} */ one) => entry(clean(one.id, 200), text(one.kind, 100), text(one.title, MAX_TITLE), text(one.note, MAX_NOTE)));
  return withoutRepeats({ title: text(data?.title, MAX_TITLE), entries });
}

/**
 * @param {string} id
 * @returns {Entry}
 */
export function entry(id, kind = "", title = "", note = "") {
  return { id, kind, title, note };
}

/**
 * @param {Deck} deck
 * @param {string} id
 */
export function has(deck, id) {
  return deck.entries.some((one) => one.id === id);
}

/**
 * Add entries at the end; those that are in the deck already stay where they are.
 * @param {Deck} deck
 * @param {readonly Entry[]} entries
 * @returns {Deck}
 */
export function added(deck, entries) {
  return withoutRepeats({ ...deck, entries: [...deck.entries, ...entries].slice(0, MAX_KEPT) });
}

/**
 * @param {Deck} deck
 * @param {string} id
 * @returns {Deck}
 */
export function removed(deck, id) {
  return { ...deck, entries: deck.entries.filter((one) => one.id !== id) };
}

/**
 * Move an entry to another place; places count from 0, and one outside the deck means its nearest end.
 * @param {Deck} deck
 * @param {number} from
 * @param {number} to
 * @returns {Deck}
 */
export function moved(deck, from, to) {
  const entries = [...deck.entries];
  const [one] = entries.splice(from, 1);
  if (one) entries.splice(Math.max(0, to), 0, one);
  return { ...deck, entries };
}

/**
 * Change the fields of one entry.
 * @param {Deck} deck
 * @param {string} id
 * @param {Partial<Entry>} fields
 * @returns {Deck}
 */
export function changed(deck, id, fields) {
  return { ...deck, entries: deck.entries.map((one) => (one.id === id ? { ...one, ...fields } : one)) };
}

/**
 * @param {Deck} deck
 * @returns {Deck}
 */
function withoutRepeats(deck) {
  const seen = new Set();
  return { ...deck, entries: deck.entries.filter(({ id }) => !seen.has(id) && seen.add(id)) };
}

/**
 * @param {unknown} value
 * @param {number} most
 */
function text(value, most) {
  return typeof value === "string" ? [...value.slice(0, most * 2)].slice(0, most).join("") : "";
}

/**
 * One line without control characters, at most so many characters (an emoji is one).
 * @param {string} value
 * @param {number} most
 */
function clean(value, most) {
  return text(value, most).replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
}

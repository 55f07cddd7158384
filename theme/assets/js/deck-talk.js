/**
 * A deck ready to be shown: its entries joined with their cards, as the slides, the handout, Markdown and the
 * presentation need them. One place decides what is said, so that all of them say the same.
 */

import { MAX_SHOWN } from "./deck-state.js";
import { ROOT } from "./deck-store.js";

/** @typedef {import("./deck-state.js").Deck} Deck */
/** @typedef {import("./deck-cards.js").Loaded} Loaded */
/** @typedef {import("./deck-cards.js").Card} Card */
/** @typedef {import("./deck-cards.js").Outcome} Outcome */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {Card} card
 * @property {Outcome | null} outcome the one outcome that is shown; null for the whole page
 * @property {string} kind
 * @property {string} title
 * @property {string} short short address, with the anchor of the outcome
 * @property {string} note what the one who presents says here; may be empty
 */

/**
 * @typedef {object} Talk
 * @property {string} title
 * @property {string} summary of a collection; else empty
 * @property {string} short address of the collection, or of the library
 * @property {Item[]} items
 */

export const INDEPENDENT =
  "Rewire is an independent project. It is not a government site. What it says comes from the public sources listed.";

/** What a deck without a title is called. */
const UNTITLED = "A deck from Rewire";

/**
 * @param {Deck} deck
 * @param {ReadonlyMap<string, Loaded>} loaded
 * @param {{summary: string, short: string} | null} [collection] where the deck is one
 * @returns {Talk} without the entries that could not be loaded
 */
export function talk(deck, loaded, collection) {
  const items = deck.entries.slice(0, MAX_SHOWN).flatMap(({ id, note }) => {
    const found = loaded.get(id);
    if (!found || typeof found === "string") return [];
    const { card, outcome } = found;
    return [
      {
        id,
        card,
        outcome,
        kind: outcome ? "Outcome" : card.kind,
        title: card.title,
        short: outcome ? `${card.short}#${outcome.anchor}` : card.short,
        note: note.trim(),
      },
    ];
  });
  const first = items[0]?.card;
  const library = first ? first.url.slice(0, -first.path.length) : ROOT.href;
  return { title: deck.title || UNTITLED, summary: collection?.summary ?? "", short: collection?.short ?? library, items };
}

/** @param {Outcome} outcome */
export function outcomeName(outcome) {
  return `${outcome.title}, ${outcome.when}`;
}

/**
 * An outcome in one sentence: "Graduated, 3 years: program 40.1%, control group 21.8% (+18.3 points)."
 * @param {Outcome} outcome
 */
export function outcomeSentence(outcome) {
  const { value, comparison, comparisonLabel, difference } = outcome;
  const name = outcomeName(outcome);
  if (comparison) return `${name}: program ${value}, ${comparisonLabel || "comparison"} ${comparison} (${difference}).`;
  return difference ? `${name}: ${difference}, difference only.` : `${name}: ${value}, nothing to compare.`;
}

/**
 * How an outcome was measured: "Randomized trial, n = 896. Statistically significant."
 * @param {Outcome} outcome
 */
export function outcomeBasis(outcome) {
  const parts = [`${outcome.design}${outcome.n ? `, n = ${outcome.n}` : ""}.`];
  if (outcome.significance) parts.push(`${outcome.significance}.`);
  if (outcome.note) parts.push(outcome.note);
  return parts.join(" ");
}

/**
 * The sources that an item rests on: the outcome's own, or all of the page.
 * @param {Item} item
 */
export function sourcesOf(item) {
  const { outcome, card } = item;
  return outcome ? card.sources.filter((source) => source.number === outcome.source) : card.sources;
}

/**
 * What the one who presents reads, in paragraphs.
 * @param {Item} item
 * @returns {string[]}
 */
export function notesOf(item) {
  const { card, outcome } = item;
  const lines = item.note ? item.note.split(/\n+/) : [];
  if (outcome) lines.push(outcomeSentence(outcome), outcomeBasis(outcome), `As printed: “${outcome.printed}”`);
  else if (card.note) lines.push(card.note);
  lines.push(`Short link: ${item.short}`, `Last checked against its sources on ${card.checked}.`, "Sources:");
  lines.push(...sourcesOf(item).map((source) => `${source.number}. ${source.title}. ${source.about}. ${source.url}`));
  return lines;
}

/**
 * A file name from a title: letters and digits of any script, at most 60 characters.
 * @param {string} title
 * @param {string} ending
 */
export function fileName(title, ending) {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const name = [...words.join("-")].slice(0, 60).join("").replace(/-+$/, "");
  return `${name || "deck"}.${ending}`;
}

/**
 * Hand a file to the reader.
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

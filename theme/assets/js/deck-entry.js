/** One entry of the deck on its page: what it is, what to say about it, and where it stands. */

import { caseStudyAt } from "./compare-state.js";
import { el } from "./dom.js";
import { MAX_NOTE, splitId } from "./deck-state.js";
import { ROOT } from "./deck-store.js";
import { outcomeName } from "./deck-talk.js";

/** @typedef {import("./deck-state.js").Entry} Entry */
/** @typedef {import("./deck-cards.js").Loaded} Loaded */

/**
 * What the page does when something is asked of an entry.
 * @typedef {object} Asked
 * @property {(id: string, step: number) => void} move -1: up, 1: down
 * @property {(id: string) => void} remove
 * @property {(id: string, note: string) => void} note
 * @property {() => void} retry
 */

/**
 * @param {Entry} entry
 * @param {number} place from 0
 * @param {number} count
 * @param {Loaded | undefined} loaded undefined: not yet
 * @param {Asked} asked
 * @returns {HTMLLIElement}
 */
export function entryElement(entry, place, count, loaded, asked) {
  const name = nameOf(entry, loaded);
  const noteId = `kb-note-${place}`;
  const note = el("textarea", { id: noteId, rows: "2", maxlength: String(MAX_NOTE), dir: "auto" });
  note.value = entry.note;
  note.addEventListener("input", () => asked.note(entry.id, note.value));
  const item = el(
    "li",
    { class: "kb-entry", "data-id": entry.id },
    el("span", { class: "kb-entry__handle", draggable: "true", "aria-hidden": "true", title: "Drag to another place" }, String(place + 1)),
    el(
      "div",
      { class: "kb-entry__what" },
      el("p", { class: "kb-entry__kind" }, kindOf(entry, loaded)),
      el("p", { class: "kb-entry__title", dir: "auto" }, title(entry, name, loaded)),
      ...state(entry, loaded, asked),
      el("label", { for: noteId }, "What to say ", el("span", { class: "kb-visually-hidden" }, `about ${name}`)),
      note,
    ),
    el(
      "div",
      { class: "kb-entry__moves" },
      button("Move up", name, place === 0, () => asked.move(entry.id, -1)),
      button("Move down", name, place === count - 1, () => asked.move(entry.id, 1)),
      button("Remove", name, false, () => asked.remove(entry.id)),
      ...compareButton(loaded),
    ),
  );
  return item;
}

/**
 * @param {Entry} entry
 * @param {Loaded | undefined} loaded
 */
export function nameOf(entry, loaded) {
  if (loaded && typeof loaded !== "string") {
    return loaded.outcome ? `${outcomeName(loaded.outcome)} (${loaded.card.title})` : loaded.card.title;
  }
  return entry.title || entry.id;
}

/**
 * @param {Entry} entry
 * @param {Loaded | undefined} loaded
 */
function kindOf(entry, loaded) {
  if (loaded && typeof loaded !== "string") return loaded.outcome ? "Outcome" : loaded.card.kind;
  return entry.kind || (loaded === "unknown" ? "Unknown" : "");
}

/**
 * @param {Entry} entry
 * @param {string} name
 * @param {Loaded | undefined} loaded
 */
function title(entry, name, loaded) {
  if (!loaded || typeof loaded === "string") return name;
  const { page, anchor } = splitId(entry.id);
  return el("a", { href: new URL(`${page}/${anchor && `#${anchor}`}`, ROOT).href }, name);
}

/**
 * @param {Entry} entry
 * @param {Loaded | undefined} loaded
 * @param {Asked} asked
 */
function state(entry, loaded, asked) {
  if (loaded === undefined) return [el("p", { class: "kb-entry__state" }, "Loading…")];
  if (loaded === "unknown") {
    return [el("p", { class: "kb-entry__state" }, "The library has no page at this address: ", el("code", {}, entry.id), ". It stays in the deck, and is left out of slides and paper.")];
  }
  if (loaded === "failed") {
    const again = el("button", { type: "button", class: "kb-button" }, "Try again");
    again.addEventListener("click", () => asked.retry());
    return [el("p", { class: "kb-entry__state" }, "This could not be loaded; the network may be away. ", again)];
  }
  return [];
}

/**
 * For a case study, or a figure of one.
 * @param {Loaded | undefined} loaded
 */
function compareButton(loaded) {
  if (!loaded || typeof loaded === "string") return [];
  const record = caseStudyAt(loaded.card.path);
  return record ? [el("kb-compare-button", { record, name: loaded.card.title, hidden: true })] : [];
}

/**
 * @param {string} label
 * @param {string} name
 * @param {boolean} disabled
 * @param {() => void} act
 */
function button(label, name, disabled, act) {
  const made = el("button", { type: "button", class: "kb-button", "aria-label": `${label}: ${name}`, "data-act": label, disabled }, label);
  made.addEventListener("click", act);
  return made;
}

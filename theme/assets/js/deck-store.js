/**
 * The reader's own deck, kept in this browser. All elements of a page share the one `store`, and other
 * windows of the site are told of changes by the browser.
 *
 * Storage may be forbidden or full. The deck then lasts as long as the page, and `write` says so.
 */

import { EMPTY, fromData } from "./deck-state.js";

/** @typedef {import("./deck-state.js").Deck} Deck */

/** The site's root: this file is three folders below it. */
export const ROOT = new URL("../../../", import.meta.url);

const KEY = `${ROOT.pathname}.kb-deck`;

class DeckStore extends EventTarget {
  /** @type {Deck} */ #deck = EMPTY;

  constructor() {
    super();
    this.#deck = this.#read() ?? EMPTY;
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      this.#deck = this.#read() ?? EMPTY;
      this.dispatchEvent(new Event("change"));
    });
  }

  get deck() {
    return this.#deck;
  }

  /**
   * Take a deck in the place of the one there was. False where the browser could not keep it.
   * @param {Deck} deck
   */
  write(deck) {
    this.#deck = deck;
    let kept = true;
    try {
      localStorage.setItem(KEY, JSON.stringify(deck));
    } catch {
      kept = false;
    }
    this.dispatchEvent(new Event("change"));
    return kept;
  }

  #read() {
    try {
      const text = localStorage.getItem(KEY);
      return text === null ? null : fromData(JSON.parse(text));
    } catch {
      return null; // forbidden, or not written by us
    }
  }
}

export const store = new DeckStore();

/** `<kb-deck-link>`: the way to the deck in the header of every page, with the number of its entries. */

import { counted } from "./dom.js";
import { store } from "./deck-store.js";

class DeckLink extends HTMLElement {
  #show = () => {
    const link = this.querySelector("a");
    const count = this.querySelector(".kb-deck-link__count");
    if (!(link instanceof HTMLElement) || !(count instanceof HTMLElement)) return;
    const { length } = store.deck.entries;
    count.textContent = length > 99 ? "99+" : String(length);
    count.hidden = length === 0;
    link.setAttribute("aria-label", length ? `Your deck, ${counted(length, "entry", "entries")}` : "Your deck");
    this.hidden = false;
  };

  connectedCallback() {
    store.addEventListener("change", this.#show);
    this.#show();
  }

  disconnectedCallback() {
    store.removeEventListener("change", this.#show);
  }
}

if (!customElements.get("kb-deck-link")) customElements.define("kb-deck-link", DeckLink);

/**
 * `<kb-add-to-deck entry kind name deck>`: a button that puts a page, or one of its outcomes, into the
 * reader's deck and takes it out again. `deck` is the address of the deck's page.
 */

import { el } from "./dom.js";
import { added, entry, formatHash, has, removed } from "./deck-state.js";
import { store } from "./deck-store.js";

class AddToDeck extends HTMLElement {
  #button = el("button", { type: "button", class: "kb-button" });
  #said = el("span", { class: "kb-add__said", role: "status" });

  connectedCallback() {
    this.replaceChildren(this.#button, this.#said);
    this.#button.addEventListener("click", this.#toggle);
    store.addEventListener("change", this.#show);
    this.#show();
    this.hidden = false;
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#toggle);
    store.removeEventListener("change", this.#show);
  }

  get #id() {
    return this.getAttribute("entry") ?? "";
  }

  get #name() {
    return this.getAttribute("name") ?? "";
  }

  #show = () => {
    const inside = has(store.deck, this.#id);
    this.#button.textContent = inside ? "In your deck" : "Add to deck";
    this.#button.setAttribute("aria-pressed", String(inside));
    this.#button.setAttribute("aria-label", `${this.#button.textContent}: ${this.#name}`);
    if (inside) this.#button.title = "Take it out of your deck";
    else this.#button.removeAttribute("title");
  };

  #toggle = () => {
    const one = entry(this.#id, this.getAttribute("kind") ?? "", this.#name);
    const inside = has(store.deck, one.id);
    const kept = store.write(inside ? removed(store.deck, one.id) : added(store.deck, [one]));
    const deck = this.getAttribute("deck") ?? "";
    if (!kept) {
      const link = el("a", { href: `${deck}${formatHash(store.deck)}` }, "Open the deck now");
      this.#said.replaceChildren("This browser keeps nothing for this site, so the deck is lost when you leave the page. ", link);
    } else if (inside) {
      this.#said.replaceChildren("Taken out of your deck");
    } else {
      this.#said.replaceChildren(el("a", { href: deck }, "Added. Open your deck"));
    }
  };
}

if (!customElements.get("kb-add-to-deck")) customElements.define("kb-add-to-deck", AddToDeck);

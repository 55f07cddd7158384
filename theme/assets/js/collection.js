/** `<kb-collection collection>`: a collection's ways to a room: present it, take it along, open it as a deck. */

import { loadCards, loadCollection } from "./deck-cards.js";
import { fromData } from "./deck-state.js";
import { ROOT } from "./deck-store.js";
import { download, fileName, talk } from "./deck-talk.js";

class Collection extends HTMLElement {
  #make = async () => {
    const button = this.querySelector("[data-part=pptx]");
    const status = this.querySelector("[data-part=status]");
    if (!button || !status) return;
    button.setAttribute("aria-busy", "true");
    status.textContent = "Making the PowerPoint file…";
    try {
      const [found, { pptxFile }] = await Promise.all([loadCollection(this.getAttribute("collection") ?? ""), import("./deck-pptx.js")]);
      const deck = fromData(found);
      const ready = talk(deck, await loadCards(deck.entries.map(({ id }) => id)), found);
      if (ready.items.length < deck.entries.length) throw new Error("not all entries could be loaded");
      download(fileName(ready.title, "pptx"), await pptxFile(ready));
      status.textContent = "The PowerPoint file is in your downloads.";
    } catch {
      status.textContent = "The PowerPoint file could not be made. If the network is away, try again when it is back.";
    }
    button.removeAttribute("aria-busy");
  };

  /** @param {Event} event */
  #copy = async (event) => {
    const status = this.querySelector("[data-part=status]");
    const path = /** @type {HTMLElement} */ (event.currentTarget).dataset.path ?? "";
    const address = new URL(path, ROOT).href;
    const copied = await navigator.clipboard?.writeText(address).then(() => true, () => false);
    if (status) status.textContent = copied ? `Copied: ${address}` : `The short link is ${address}`;
  };

  connectedCallback() {
    this.querySelector("[data-part=copy]")?.addEventListener("click", this.#copy);
    this.querySelector("[data-part=pptx]")?.addEventListener("click", this.#make);
    this.hidden = false;
  }

  disconnectedCallback() {
    this.querySelector("[data-part=copy]")?.removeEventListener("click", this.#copy);
    this.querySelector("[data-part=pptx]")?.removeEventListener("click", this.#make);
  }
}

if (!customElements.get("kb-collection")) customElements.define("kb-collection", Collection);

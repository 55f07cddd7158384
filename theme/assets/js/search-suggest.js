/**
 * What the library knows by the name that is being typed, below a search field: a list to choose from, by the
 * pattern of the ARIA combobox. The field stays what it is; without a choice, Enter searches as ever.
 *
 * @typedef {import("./search-names.js").Entry} Entry
 * @typedef {import("./search-names.js").Suggestion} Suggestion
 */

import { counted, el } from "./dom.js";
import { Names } from "./search-names.js";

/** Suggestions shown at most: more would cover what one came for. */
const MOST = 6;

let lists = 0;

export class Suggestions {
  #input;
  #address;
  #choose;
  #list;
  #status = el("p", { class: "kb-visually-hidden", role: "status" });
  /** @type {Suggestion[]} */
  #shown = [];
  #active = -1;

  /**
   * @param {HTMLInputElement} input
   * @param {URL} address of the names
   * @param {(entry: Entry) => void} choose
   * @param {AbortSignal} signal ends it
   */
  constructor(input, address, choose, signal) {
    this.#input = input;
    this.#address = address;
    this.#choose = choose;
    const id = `kb-suggestions-${++lists}`;
    this.#list = el("ul", { id, class: "kb-suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);
    input.parentElement?.append(this.#list, this.#status);
    const on = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(event: any) => void} */ listener) =>
      target.addEventListener(type, listener, { signal });
    on(input, "input", () => this.#suggest());
    on(input, "keydown", (event) => this.#key(event));
    on(input, "blur", () => this.close());
    // Pressing the mouse on a suggestion must not take the focus from the field, which would close the list.
    on(this.#list, "mousedown", (event) => event.preventDefault());
    on(this.#list, "click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#take([...this.#list.children].indexOf(option));
    });
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  close() {
    this.#show([]);
  }

  async #suggest() {
    const typed = this.#input.value;
    try {
      const found = (await Names.load(this.#address)).suggest(typed, MOST);
      if (typed === this.#input.value && document.activeElement === this.#input) this.#show(found);
    } catch {
      // Without names there are no suggestions; the form leads to the search all the same.
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.isOpen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      // One place more than there are suggestions: the field itself.
      const places = this.#shown.length + 1;
      this.#activate(((this.#active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Enter" && this.#active >= 0) {
      this.#take(this.#active);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} index */
  #take(index) {
    const { entry } = this.#shown[index];
    this.close();
    this.#choose(entry);
  }

  /** @param {Suggestion[]} found */
  #show(found) {
    this.#shown = found;
    this.#list.replaceChildren(...found.map((suggestion, index) => this.#option(suggestion, index)));
    this.#list.hidden = found.length === 0;
    this.#input.setAttribute("aria-expanded", String(found.length > 0));
    this.#status.textContent = found.length ? `${counted(found.length, "suggestion")}; arrow keys choose` : "";
    this.#activate(-1);
  }

  /**
   * @param {Suggestion} suggestion
   * @param {number} index
   */
  #option({ entry, name }, index) {
    const other = name === entry.title ? [] : [" ", el("span", { class: "kb-suggestions__name" }, `“${name}”`)];
    return el(
      "li",
      { id: `${this.#list.id}-${index}`, role: "option", "aria-selected": "false" },
      el("span", { class: "kb-suggestions__title" }, entry.title, ...other),
      " ",
      el("span", { class: "kb-suggestions__kind" }, entry.kind),
    );
  }

  /** @param {number} index -1: the field */
  #activate(index) {
    this.#active = index;
    for (const [other, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(other === index));
    }
    if (index < 0) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", this.#list.children[index].id);
  }
}

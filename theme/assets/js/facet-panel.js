/**
 * The facets as groups of checkboxes. The elements stay while counts change, so that the keyboard's place
 * in them is never lost.
 *
 * @typedef {import("./facets.js").Facet} Facet
 * @typedef {import("./facets.js").Counts} Counts
 */

import { el } from "./dom.js";
import { Facets } from "./facets.js";

/** Values shown before "Show all". */
const SHORT = 7;
/** Groups that stand open at first: what a planner asks first. */
const OPEN = new Set(["practice", "population", "evidence", "direction"]);

export class FacetPanel {
  /** @type {FacetGroup[]} */
  #groups;

  /**
   * @param {HTMLElement} place
   * @param {readonly Facet[]} facets
   * @param {(facet: string, value: string) => void} onToggle
   */
  constructor(place, facets, onToggle) {
    this.#groups = facets.map((facet) => new FacetGroup(facet, onToggle));
    place.replaceChildren(...this.#groups.map((group) => group.element));
  }

  /**
   * @param {Counts} counts
   * @param {Readonly<Record<string, readonly string[]>>} chosen
   */
  update(counts, chosen) {
    for (const group of this.#groups) group.update(counts, chosen[group.facet.id] ?? []);
  }
}

class FacetGroup {
  /** @type {Map<string, {row: HTMLElement, box: HTMLInputElement, count: HTMLElement}>} */
  #rows = new Map();
  #list = el("ul", { class: "kb-facet__values" });
  #more = el("button", { type: "button", class: "kb-facet__more" });
  #all = false;
  #state = { counts: /** @type {Counts} */ ({}), chosen: /** @type {readonly string[]} */ ([]) };

  /**
   * @param {Facet} facet
   * @param {(facet: string, value: string) => void} onToggle
   */
  constructor(facet, onToggle) {
    this.facet = facet;
    this.note = el("span", { class: "kb-facet__chosen" });
    // In a fieldset, the checkboxes are announced with the question they answer.
    this.element = el(
      "details",
      { class: "kb-facet", open: OPEN.has(facet.id) },
      el("summary", {}, facet.label, this.note),
      el(
        "fieldset",
        {},
        el("legend", { class: "kb-visually-hidden" }, facet.label),
        this.#list,
        this.#more,
      ),
    );
    this.element.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) onToggle(facet.id, event.target.value);
    });
    this.#more.addEventListener("click", () => {
      this.#all = !this.#all;
      this.#draw();
    });
  }

  /**
   * @param {Counts} counts
   * @param {readonly string[]} chosen
   */
  update(counts, chosen) {
    this.#state = { counts, chosen };
    this.#draw();
  }

  #draw() {
    const { counts, chosen } = this.#state;
    const values = Facets.shown(this.facet, counts, chosen);
    const short = values.filter((value, index) => index < SHORT || chosen.includes(value.id));
    // A button that hides one value is longer than the value.
    const all = this.#all || values.length <= short.length + 1;
    const rows = (all ? values : short).map((value) => this.#row(value, chosen.includes(value.id)));
    const before = [...this.#list.children];
    if (rows.length !== before.length || rows.some((row, index) => row !== before[index])) {
      // Moving an element takes the focus from it.
      const focused = this.#list.contains(document.activeElement) ? document.activeElement : null;
      this.#list.replaceChildren(...rows);
      if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
    }
    this.element.hidden = values.length === 0;
    this.note.textContent = chosen.length ? ` (${chosen.length} chosen)` : "";
    this.#more.hidden = values.length <= short.length + 1;
    this.#more.setAttribute("aria-expanded", String(this.#all));
    this.#more.textContent = this.#all ? "Show fewer" : `Show all ${values.length}`;
    const facetName = el("span", { class: "kb-visually-hidden" }, `: ${this.facet.label}`);
    this.#more.append(facetName);
  }

  /**
   * @param {{id: string, label: string, count: number}} value
   * @param {boolean} checked
   */
  #row(value, checked) {
    let parts = this.#rows.get(value.id);
    if (!parts) {
      const box = el("input", { type: "checkbox", value: value.id });
      const count = el("span", { class: "kb-facet__count" });
      const label = el("label", {}, box, el("span", { class: "kb-facet__label" }, value.label), " ", count);
      parts = { row: el("li", {}, label), box, count };
      this.#rows.set(value.id, parts);
    }
    parts.box.checked = checked;
    parts.count.textContent = value.count.toLocaleString("en-US");
    return parts.row;
  }
}

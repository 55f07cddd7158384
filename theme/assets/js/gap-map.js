/**
 * `<kb-gap-map>`: the evidence gap map. Shows one population or one group of practices at a time where there is
 * no room for all, says in words what a cell holds, and takes the arrow keys from cell to cell.
 */

/** Narrower than this, the map begins with one population. */
const NARROW = "(max-width: 59.984375em)";

class GapMap extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const choices = this.#part("choices");
    choices.hidden = false;
    this.#part("detail").hidden = false;
    choices.addEventListener("change", this.#choose, { signal });
    this.addEventListener("pointerover", this.#tell, { signal });
    this.addEventListener("focusin", this.#tell, { signal });
    this.addEventListener("keydown", this.#move, { signal });
    if (matchMedia(NARROW).matches) this.#select("population").value = this.#fullest();
    this.#choose();
    this.#say("");
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} name */
  #select(name) {
    return /** @type {HTMLSelectElement} */ (this.#part(name));
  }

  /** The population with most cells that hold something. */
  #fullest() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const link of this.querySelectorAll("td a:not(.kb-gap__none)")) {
      const population = link.closest("td")?.dataset.population ?? "";
      counts.set(population, (counts.get(population) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  }

  #choose = () => {
    const population = this.#select("population").value;
    const group = this.#select("group").value;
    for (const cell of this.querySelectorAll("[data-population]")) {
      if (cell instanceof HTMLElement) cell.hidden = population !== "" && cell.dataset.population !== population;
    }
    for (const body of this.querySelectorAll("tbody")) body.hidden = group !== "" && body.dataset.group !== group;
    this.classList.toggle("kb-gap--one", population !== "");
    for (const link of this.querySelectorAll("td a")) link.setAttribute("tabindex", "-1");
    this.#cells()[0]?.[0]?.setAttribute("tabindex", "0");
  };

  /** The links of the cells that are shown, row by row. */
  #cells() {
    return [...this.querySelectorAll("tbody:not([hidden]) tr")]
      .map((row) => /** @type {HTMLElement[]} */ ([...row.querySelectorAll("td:not([hidden]) a")]))
      .filter((row) => row.length);
  }

  /** @param {Event} event */
  #tell = (event) => {
    const link = event.target instanceof Element ? event.target.closest("td a") : null;
    if (link) this.#say(link.getAttribute("aria-label") ?? "");
  };

  /** @param {string} text */
  #say(text) {
    this.#part("detail").textContent = text ? `${text}.` : "Point at a cell, or go through them with the arrow keys.";
  }

  /** @param {KeyboardEvent} event */
  #move = (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const link = event.target instanceof HTMLElement ? event.target.closest("td a") : null;
    if (!step || !(link instanceof HTMLElement)) return;
    const cells = this.#cells();
    const row = cells.findIndex((links) => links.includes(link));
    const column = cells[row].indexOf(link);
    const next = cells[row + step[0]]?.[column + step[1]];
    event.preventDefault();
    if (!next) return;
    link.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };
}

if (!customElements.get("kb-gap-map")) customElements.define("kb-gap-map", GapMap);

/**
 * `<kb-outcome-explorer data root total>`: the table of all outcomes. The rows that were printed stand until
 * somebody sorts, filters or goes on; then all outcomes are fetched from `data` and shown a part at a time. The
 * filters are in the address of the page.
 */

import { save } from "./chart-file.js";
import { counted, el } from "./dom.js";
import { address, csv, filtered, outcomes, sorted } from "./outcome-rows.js";

/** Rows shown at a time, as many as are printed. */
const PART = 50;

/** @typedef {import("./outcome-rows.js").Outcome} Outcome */

class OutcomeExplorer extends HTMLElement {
  /** @type {Promise<Outcome[]> | null} */
  #all = null;
  /** @type {import("./outcome-rows.js").Order | null} */
  #order = null;
  /** @type {AbortController | undefined} */
  #listening;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const form = this.#form;
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("change", this.#changed, { signal });
    // The form is empty only after the event.
    form.addEventListener("reset", () => setTimeout(this.#changed), { signal });
    this.#part("csv").addEventListener("click", this.#export, { signal });
    this.#part("more").addEventListener("click", this.#more, { signal });
    for (const head of this.querySelectorAll("th[data-sort]")) this.#sortable(/** @type {HTMLElement} */ (head), signal);
    this.#offerMore(Number(this.getAttribute("total")));
    if (this.#fromAddress()) void this.#draw();
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.#part("filters"));
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** Takes the filters from the address; true where it names any. */
  #fromAddress() {
    let any = false;
    const asked = new URLSearchParams(location.search);
    for (const select of this.#form.querySelectorAll("select")) {
      const value = asked.get(select.name) ?? "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
      any ||= select.value !== "";
    }
    return any;
  }

  #chosen() {
    return Object.fromEntries([...this.#form.querySelectorAll("select")].map((select) => [select.name, select.value]));
  }

  #changed = () => {
    const query = new URLSearchParams(Object.entries(this.#chosen()).filter(([, value]) => value)).toString();
    history.replaceState(null, "", `${location.pathname}${query && `?${query}`}#outcomes`);
    void this.#draw();
  };

  /**
   * @param {HTMLElement} head
   * @param {AbortSignal} signal
   */
  #sortable(head, signal) {
    const by = head.dataset.sort ?? "";
    const button = el("button", { type: "button", class: "kb-sort" }, head.textContent ?? "");
    head.replaceChildren(button);
    const sort = () => {
      const down = this.#order?.by === by ? !this.#order.down : false;
      this.#order = { by, down };
      for (const other of this.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      void this.#draw();
    };
    button.addEventListener("click", sort, { signal });
  }

  /** All outcomes, fetched once; a failed fetch is tried again at the next wish. */
  async #load() {
    this.#all ??= fetch(this.getAttribute("data") ?? "").then(async (answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return outcomes(await answer.json());
    });
    try {
      return await this.#all;
    } catch {
      this.#all = null;
      this.#part("status").textContent = "The outcomes could not be loaded. Check the connection and try again.";
      return null;
    }
  }

  /** The outcomes that fit the filters, in order; null where they cannot be loaded. */
  async #found() {
    const all = await this.#load();
    return all && sorted(filtered(all, this.#chosen()), this.#order);
  }

  async #draw() {
    const found = await this.#found();
    if (!found) return;
    this.#part("rows").replaceChildren();
    this.#append(found);
  }

  #more = async () => {
    const found = await this.#found();
    if (!found) return;
    const first = this.#append(found);
    // The button is gone with the last row, and the focus would be lost with it.
    if (this.#part("more").hidden) first?.querySelector("a")?.focus();
  };

  /**
   * Shows the next part.
   * @param {Outcome[]} found
   * @returns {HTMLElement | undefined} the first row of it
   */
  #append(found) {
    const rows = this.#part("rows");
    const next = found.slice(rows.childElementCount, rows.childElementCount + PART).map((outcome) => this.#row(outcome));
    rows.append(...next);
    this.#offerMore(found.length);
    const cases = new Set(found.map((outcome) => outcome.case));
    const shown = rows.childElementCount < found.length ? `; the first ${rows.childElementCount.toLocaleString("en-US")} are shown` : "";
    this.#part("status").textContent = found.length
      ? `${counted(found.length, "outcome")} of ${counted(cases.size, "case study", "case studies")}${shown}.`
      : "No outcome fits all of these. Take out one of the filters.";
    return next[0];
  }

  /** @param {number} total how many there are to be shown */
  #offerMore(total) {
    const left = total - this.#part("rows").childElementCount;
    this.#part("more").hidden = left <= 0;
    this.#part("more").textContent = `Show ${Math.min(left, PART)} more`;
  }

  /** @param {Outcome} outcome */
  #row(outcome) {
    const root = this.getAttribute("root") ?? "";
    const cell = (/** @type {string} */ label, /** @type {string} */ text, /** @type {string} */ small = "") =>
      el("td", { role: "cell", "data-label": label || undefined }, text, ...(small ? [el("small", {}, small)] : []));
    return el(
      "tr",
      { role: "row" },
      el("th", { scope: "row", role: "rowheader" }, el("a", { href: root + address(outcome) }, outcome.case.title)),
      cell("", outcome.name || outcome.metric_title, outcome.when),
      cell("Program", outcome.value),
      cell("Comparison", outcome.comparison, outcome.comparison_label),
      cell("Difference", outcome.difference, outcome.significance),
      cell("People", outcome.n ? outcome.n.toLocaleString("en-US") : ""),
      cell("Design", outcome.design_label),
      cell("Cost", outcome.case.cost_text),
    );
  }

  #export = async () => {
    const rows = await this.#found();
    if (!rows) return;
    const root = new URL(this.getAttribute("root") ?? "", location.href);
    const text = csv(rows, (path) => new URL(path, root).href);
    // The mark at the start tells Excel that the file is UTF-8.
    save(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), "rewire-outcomes.csv");
  };
}

if (!customElements.get("kb-outcome-explorer")) customElements.define("kb-outcome-explorer", OutcomeExplorer);

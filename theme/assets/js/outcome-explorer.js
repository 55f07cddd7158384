/**
 * `<kb-outcome-explorer data root>`: the table of all outcomes. The rows that were printed stand until somebody
 * sorts or filters; then all outcomes are fetched from `data` and shown a part at a time. The filters are in the
 * address of the page.
 */

import { save } from "./chart-file.js";
import { counted, el } from "./dom.js";
import { csv, filtered, outcomes, sorted } from "./outcome-rows.js";

/** Rows shown at a time. */
const PART = 250;

class OutcomeExplorer extends HTMLElement {
  /** @type {Promise<import("./outcome-rows.js").Outcome[]> | null} */
  #all = null;
  /** @type {import("./outcome-rows.js").Outcome[]} */
  #shown = [];
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

  async #draw() {
    const all = await this.#load();
    if (!all) return;
    this.#shown = sorted(filtered(all, this.#chosen()), this.#order);
    this.#part("rows").replaceChildren();
    this.#more();
    const cases = new Set(this.#shown.map((outcome) => outcome.case));
    this.#part("status").textContent = this.#shown.length
      ? `${counted(this.#shown.length, "outcome")} of ${counted(cases.size, "case study", "case studies")}.`
      : "No outcome fits all of these. Take out one of the filters.";
  }

  #more = () => {
    const rows = this.#part("rows");
    const next = this.#shown.slice(rows.childElementCount, rows.childElementCount + PART);
    rows.append(...next.map((outcome) => this.#row(outcome)));
    const left = this.#shown.length - rows.childElementCount;
    this.#part("more").hidden = left <= 0;
    this.#part("more").textContent = `Show ${Math.min(left, PART).toLocaleString("en-US")} more`;
  };

  /** @param {import("./outcome-rows.js").Outcome} outcome */
  #row(outcome) {
    const root = this.getAttribute("root") ?? "";
    const cell = (/** @type {string} */ label, /** @type {string} */ text, /** @type {string} */ small = "") =>
      el("td", { role: "cell", "data-label": label || undefined }, text, ...(small ? [el("small", {}, small)] : []));
    return el(
      "tr",
      { role: "row" },
      el("th", { scope: "row", role: "rowheader" }, el("a", { href: root + outcome.path }, outcome.case.title)),
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
    const all = await this.#load();
    if (!all) return;
    const rows = sorted(filtered(all, this.#chosen()), this.#order);
    const root = new URL(this.getAttribute("root") ?? "", location.href);
    const text = csv(rows, (path) => new URL(path, root).href);
    // The mark at the start tells Excel that the file is UTF-8.
    save(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }), "rewire-outcomes.csv");
  };
}

if (!customElements.get("kb-outcome-explorer")) customElements.define("kb-outcome-explorer", OutcomeExplorer);

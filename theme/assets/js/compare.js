/**
 * `<kb-compare root>`: the case studies that the address names, side by side.
 *
 * @typedef {{text: string, path: string}} Item
 * @typedef {{id: string, title: string, path: string, summary: string, rows: {label: string, items: Item[], own: boolean}[]}} Column
 */

import { choice, formatIds, MOST, parseIds } from "./compare-state.js";
import { el } from "./dom.js";

class Compare extends HTMLElement {
  /** @type {Record<string, string>} */
  #titles = {};
  /** @type {string[]} */
  #ids = [];
  /** @type {Column[]} */
  #columns = [];
  #run = 0;
  /** @type {AbortController | undefined} */
  #listening;

  async connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    try {
      this.#titles = await this.#json("compare/cases.json");
    } catch {
      this.#say("The list of case studies could not be loaded. Check the connection and load the page again.");
      return;
    }
    this.#part("names").append(...Object.values(this.#titles).map((value) => el("option", { value })));
    this.#part("form").hidden = false;
    this.#part("form").addEventListener("submit", this.#add, { signal });
    this.#part("differing").addEventListener("change", () => this.#draw(), { signal });
    addEventListener("popstate", () => void this.#open(), { signal });
    await this.#open();
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-part="${name}"]`));
  }

  /** @param {string} path relative to the site's root */
  async #json(path) {
    const answer = await fetch(this.#address(path));
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** @param {string} path */
  #address(path) {
    return new URL(path, new URL(`${this.getAttribute("root") ?? ""}/`, location.href)).href;
  }

  /** @param {...string} texts */
  #say(...texts) {
    this.#part("messages").replaceChildren(...texts.filter(Boolean).map((text) => el("p", { class: "kb-empty" }, text)));
  }

  /** Shows what the address asks for, and says what of it cannot be shown. A later one overtakes one that is still loading. */
  async #open() {
    const run = ++this.#run;
    const asked = parseIds(location.search, (id) => Object.hasOwn(this.#titles, id));
    this.#ids = asked.ids;
    const found = await Promise.allSettled(this.#ids.map((id) => this.#json(`casestudies/${id}/card.json`)));
    if (run !== this.#run) return;
    this.#columns = found.flatMap((one) => (one.status === "fulfilled" ? [one.value.comparison] : []));
    const lost = this.#ids.filter((_, at) => found[at].status === "rejected").map((id) => this.#titles[id]);
    const unknown = asked.unknown.map((id) => `“${id.slice(0, 80)}”`).join(", ");
    this.#say(
      unknown && `There is no case study with the id ${unknown}. It may have been renamed, or the address was cut: look for its name above.`,
      asked.left > 0 ? `The address names more than ${MOST}; the first ${MOST} that are there are shown.` : "",
      lost.length ? `Could not be loaded: ${lost.join("; ")}. Check the connection and load the page again.` : "",
      this.#columns.length === 0 ? "Nothing is chosen yet. Type a name above, or choose Compare on a case study." : "",
      this.#columns.length === 1 ? "Add another one to compare it with." : "",
    );
    choice.all = this.#columns.map(({ id, title }) => ({ id, title }));
    this.#draw();
  }

  /** @param {string[]} ids */
  #go(ids) {
    history.pushState(null, "", `${location.pathname}${formatIds(ids)}`);
    void this.#open();
  }

  /** @param {Event} event */
  #add = (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (this.#part("name"));
    const words = input.value.trim().toLowerCase();
    const fits = (/** @type {(text: string) => boolean} */ test) =>
      Object.entries(this.#titles).filter(([id, title]) => test(title.toLowerCase()) || test(id));
    const found = [fits((text) => text === words), fits((text) => text.includes(words))].find((list) => list.length);
    if (!words || !found) this.#say(words ? `No case study has “${words.slice(0, 80)}” in its name.` : "Type a part of its name.");
    else if (found.length > 1) this.#say(`${found.length} case studies have “${words.slice(0, 80)}” in their name. Type more of it, or choose one from the list.`);
    else if (this.#ids.includes(found[0][0])) this.#say(`${found[0][1]} is there already.`);
    else if (this.#ids.length >= MOST) this.#say(`${MOST} are shown already, and more do not fit side by side. Take one out first.`);
    else {
      input.value = "";
      this.#go([...this.#ids, found[0][0]]);
    }
  };

  #draw() {
    const columns = this.#columns;
    const only = /** @type {HTMLInputElement} */ (this.#part("differing")).checked;
    this.#part("only").hidden = columns.length < 2;
    if (!columns.length) {
      this.#part("table").replaceChildren();
      return;
    }
    const head = el("tr", { role: "row" }, el("td", { role: "cell" }), ...columns.map((column) => this.#head(column)));
    const rows = columns[0].rows.map((_, at) => this.#row(at)).filter((row) => !only || columns.length < 2 || row.differs);
    this.#part("table").replaceChildren(
      el(
        "table",
        { class: "kb-table kb-compare__table", role: "table" },
        el("caption", { class: "kb-visually-hidden" }, "Case studies side by side"),
        el("thead", { role: "rowgroup" }, head),
        el("tbody", { role: "rowgroup" }, ...rows.map((row) => row.element)),
      ),
    );
  }

  /** @param {Column} column */
  #head(column) {
    const remove = el("button", { type: "button", class: "kb-button kb-button--small", "aria-label": `Take out: ${column.title}` }, "Take out");
    remove.addEventListener("click", () => this.#go(this.#ids.filter((id) => id !== column.id)));
    return el(
      "th",
      { scope: "col", role: "columnheader" },
      el("a", { href: this.#address(column.path) }, column.title),
      el("p", {}, column.summary),
      remove,
    );
  }

  /** @param {number} at */
  #row(at) {
    const texts = this.#columns.map((column) => column.rows[at].items.map((item) => item.text));
    const shared = texts[0].filter((text) => texts.every((list) => list.includes(text)));
    const differs = texts.some((list) => list.length !== shared.length);
    const { label, own } = this.#columns[0].rows[at];
    const marked = differs && !own && this.#columns.length > 1;
    const cells = this.#columns.map((column) => {
      const items = column.rows[at].items.map((item) => el("li", {}, this.#item(item, marked && !shared.includes(item.text))));
      const inside = items.length ? el("ul", { role: "list" }, ...items) : el("span", { class: "kb-muted" }, "Not given");
      return el("td", { role: "cell", "data-label": column.title }, inside);
    });
    const note = this.#columns.length > 1 && !own ? el("small", {}, differs ? "differs" : "the same") : "";
    const head = el("th", { scope: "row", role: "rowheader" }, label, note);
    return { differs, element: el("tr", { role: "row", class: marked ? "kb-compare__differs" : undefined }, head, ...cells) };
  }

  /**
   * @param {Item} item
   * @param {boolean} marked
   */
  #item(item, marked) {
    const inside = item.path ? el("a", { href: this.#address(item.path) }, item.text) : item.text;
    return marked ? el("strong", {}, inside) : inside;
  }
}

if (!customElements.get("kb-compare")) customElements.define("kb-compare", Compare);

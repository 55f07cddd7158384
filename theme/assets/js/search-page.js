/**
 * `<kb-search-page>`: searches as one types and shows what was found.
 *
 * The address is the state: each change writes it, and going back reads it. Choosing a facet or an order makes
 * a step that Back undoes; typing and "Show more" change the step one is in. Each step remembers how far
 * one had scrolled and which result was opened, so that coming back from a page is coming back to the
 * same place.
 */

import { counted, el } from "./dom.js";
import { FacetPanel } from "./facet-panel.js";
import { Facets } from "./facets.js";
import "./search-box.js";
import { SearchEngine } from "./search-engine.js";
import { answerElement, card, hitElement } from "./search-hit.js";
import { asked } from "./search-passage.js";
import * as State from "./search-state.js";

/** Milliseconds of quiet before typed words are searched; a search takes less. */
const TYPING = 60;
/** Milliseconds after which what comes next is no more of the same typing, and is searched at once. */
const PAUSE = 500;
/** Milliseconds of quiet before a count is announced: a screen reader should speak of the last one only. */
const SPEAKING = 700;
/** Milliseconds before a wait is mentioned at all. */
const WAITING = 400;
/** Milliseconds of quiet before the place on the page is written down. */
const SCROLLING = 200;
/** Milliseconds for which it is said that the link was copied. */
const COPIED = 2500;
/** Names offered where nothing was found. */
const NEAREST = 6;

class SearchPage extends HTMLElement {
  /** @type {SearchEngine} */ #engine;
  /** @type {Facets} */ #facets;
  /** @type {FacetPanel} */ #panel;
  /** @type {State.SearchState} */ #state = State.NOTHING;
  /** @type {Record<string, any>} */ #parts = {};
  #run = 0;
  #title = "";
  #timers = new Timers();
  #listening = new AbortController();

  connectedCallback() {
    this.#parts = Object.fromEntries(
      [...this.querySelectorAll("[data-part]")].map((part) => [part.getAttribute("data-part"), part]),
    );
    this.#title = document.title;
    this.#listening = new AbortController();
    this.#listen();
    // Results come after the browser has restored the place; only we know when they are there.
    history.scrollRestoration = "manual";
    this.#parts.words.value = State.cleanWords(new URLSearchParams(location.search).get("q") ?? "");
    this.#parts.live.hidden = false;
    // Beside the filters while there is nothing else to show; below everything where the search fails.
    this.#parts.main.append(this.#parts.browse);
    this.#parts.browse.hidden = location.search.length > 1;
    this.#open();
  }

  disconnectedCallback() {
    this.#run++;
    this.#listening.abort();
    this.#timers.stop();
    history.scrollRestoration = "auto";
    document.title = this.#title;
  }

  /**
   * @param {string} name of an attribute that holds an address
   */
  #address(name) {
    return new URL(this.getAttribute(name) ?? "", document.baseURI);
  }

  async #open() {
    const address = this.#address.bind(this);
    this.#timers.set("waiting", WAITING, () => this.#say("Loading the search…"));
    try {
      const [engine, facets] = await Promise.all([
        SearchEngine.open(address("pagefind"), address("data")),
        Facets.load(address("facets")).catch(() => null),
      ]);
      this.#engine = engine;
      this.#facets = facets ?? Facets.fromCounts(engine.totals);
      engine.levels = this.#facets.values("evidence").map((level) => level.id);
    } catch (error) {
      this.#fail();
      return;
    }
    if (!this.isConnected) return;
    const inPanel = this.#facets.all.filter((facet) => facet.id !== "kind");
    this.#panel = new FacetPanel(this.#parts.facets, inPanel, (facet, value) =>
      this.#go(State.toggled(this.#state, facet, value)),
    );
    // What was typed while the index was loading counts more than the address.
    const typed = this.#parts.words.value;
    this.#state = State.parseState(location.search, this.#facets);
    if (State.cleanWords(typed) !== this.#state.words) this.#state = State.withWords(this.#state, typed);
    await this.#show(true);
  }

  #listen() {
    const { words, kinds, sort, clear, more, filters, done, examples, copy } = this.#parts;
    const filtersButton = this.#parts["filters-button"];
    /** @type {(target: EventTarget, type: string, listener: (event: any) => void) => void} */
    const on = (target, type, listener) =>
      target.addEventListener(type, listener, { signal: this.#listening.signal });
    let last = 0;
    on(words, "input", ({ timeStamp }) => {
      this.#timers.set("typing", timeStamp - last > PAUSE ? 0 : TYPING, () => this.#typed());
      last = timeStamp;
    });
    on(words.form, "submit", (event) => {
      event.preventDefault();
      this.#typed();
      // On a phone, the keyboard covers what was found.
      if (matchMedia("(pointer: coarse)").matches) words.blur();
    });
    on(kinds, "click", (event) => this.#kindChosen(event.target.closest("button")));
    on(sort, "change", () => {
      const chosen = State.withSort(this.#state, sort.value);
      const usual = State.sortOf({ ...chosen, sort: "" }) === sort.value;
      this.#go(usual ? State.withSort(chosen, "") : chosen);
    });
    on(clear, "click", () => {
      this.#go(State.withoutFacets(this.#state));
      this.#parts.title.focus({ preventScroll: true });
    });
    on(more, "click", () => this.#showMore());
    on(copy, "click", () => this.#copy());
    on(filtersButton, "click", () => this.#openFilters(filtersButton.getAttribute("aria-expanded") !== "true"));
    on(filters.parentElement, "keydown", (event) => {
      if (event.key !== "Escape" || !filters.hasAttribute("data-open")) return;
      this.#openFilters(false);
      filtersButton.focus();
    });
    on(done, "click", () => {
      this.#openFilters(false);
      this.#parts.title.focus();
      this.#parts.title.scrollIntoView();
    });
    on(examples, "click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !this.#facets) return;
      event.preventDefault();
      this.#go(State.parseState(link.search, this.#facets));
      words.value = this.#state.words;
      words.focus({ preventScroll: true });
    });
    on(this, "click", (event) => {
      const link = event.target.closest(".kb-hit a");
      if (link) this.#remember({ kbHit: link.getAttribute("href") });
    });
    on(this, "kb-choose", (event) => this.#chosen(event));
    on(this, "keydown", (event) => this.#key(event));
    on(window, "scroll", () => this.#timers.set("scrolling", SCROLLING, () => this.#remember()));
    on(window, "popstate", () => this.#returned());
  }

  /**
   * A suggestion that is a value of a facet is chosen as one, instead of the words.
   * @param {CustomEvent<import("./search-names.js").Entry>} event
   */
  #chosen(event) {
    const { facet, value } = event.detail;
    if (!facet || !value || !this.#facets?.has(facet, value)) return;
    event.preventDefault();
    const values = [...new Set([...(this.#state.chosen[facet] ?? []), value])];
    this.#parts.words.value = "";
    this.#go(State.withFacet(State.withWords(this.#state, ""), facet, values));
  }

  /**
   * Arrows lead from the field through the results, Escape back to it.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    const links = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".kb-hit__title a")]);
    const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const inField = document.activeElement === this.#parts.words;
    if (at < 0 && !inField) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: -1 }[event.key];
    if (to === undefined || (inField && event.key !== "ArrowDown")) return;
    const target = to < 0 ? this.#parts.words : links[to];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  #typed() {
    this.#timers.clear("typing");
    if (!this.#facets) return;
    const state = State.withWords(this.#state, this.#parts.words.value);
    if (state.words === this.#state.words) return;
    this.#go(state, "replace");
  }

  /** @param {HTMLButtonElement | null} button */
  #kindChosen(button) {
    if (!button) return;
    const kind = button.value;
    const only = this.#state.chosen.kind?.length === 1 && this.#state.chosen.kind[0] === kind;
    this.#go(State.withFacet(this.#state, "kind", kind && !only ? [kind] : []));
  }

  async #showMore() {
    const shown = this.querySelectorAll(".kb-hit").length;
    await this.#go({ ...this.#state, page: this.#state.page + 1 }, "replace");
    // The button may be gone; going on from the first new result is what was wanted.
    /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".kb-hit__title a"))[shown]?.focus();
  }

  /** @param {boolean} open */
  #openFilters(open) {
    this.#parts["filters-button"].setAttribute("aria-expanded", String(open));
    this.#parts.filters.toggleAttribute("data-open", open);
  }

  #returned() {
    this.#timers.clear("scrolling", "typing");
    if (!this.#facets) return;
    const before = State.formatState(this.#state, this.#facets);
    this.#state = State.parseState(location.search, this.#facets);
    this.#parts.words.value = this.#state.words;
    // A step made by a link to a part of this page has the same search.
    if (State.formatState(this.#state, this.#facets) === before) this.#restore();
    else this.#show(true);
  }

  /**
   * Go to a search.
   * @param {State.SearchState} state
   * @param {"push" | "replace"} step
   */
  #go(state, step = "push") {
    if (!this.#facets) return Promise.resolve();
    this.#timers.clear("typing");
    const address = location.pathname + State.formatState(state, this.#facets);
    if (step === "push") {
      this.#remember();
      history.pushState({}, "", address);
    } else {
      history.replaceState({}, "", address);
    }
    this.#timers.clear("scrolling");
    this.#state = state;
    return this.#show();
  }

  /**
   * Write down in the present step where one is.
   * @param {object} more
   */
  #remember(more = {}) {
    this.#timers.clear("scrolling");
    history.replaceState({ ...history.state, kbScroll: Math.round(window.scrollY), ...more }, "");
  }

  /** Go where one was when one left this step. */
  #restore() {
    const { kbScroll, kbHit } = history.state ?? {};
    if (typeof kbScroll !== "number") return;
    window.scrollTo({ top: kbScroll, behavior: "instant" });
    if (typeof kbHit !== "string") return;
    const link = [...this.querySelectorAll(".kb-hit a")].find((other) => other.getAttribute("href") === kbHit);
    if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  }

  /**
   * Search and show what is found. A later search overtakes an earlier one that is still under way.
   * @param {boolean} back true where one comes back to a step
   */
  async #show(back = false) {
    const run = ++this.#run;
    const state = this.#state;
    this.#showChoices(state);
    this.#parts.main.setAttribute("aria-busy", "true");
    this.#timers.set("waiting", WAITING, () => this.#say("Searching…"));
    try {
      const found = State.isBlank(state) ? null : await this.#find(state);
      if (run !== this.#run) return;
      this.#timers.clear("waiting");
      this.#showFound(state, found);
      this.#parts.main.setAttribute("aria-busy", "false");
      if (back) this.#restore();
    } catch (error) {
      if (run === this.#run) this.#fail();
    }
  }

  /** @param {State.SearchState} state */
  async #find(state) {
    const question = { ...state, sort: State.sortOf(state) };
    const answer = await this.#engine.search(question);
    const some = answer.hits.slice(0, state.page * State.PAGE_SIZE);
    const root = this.#address("root");
    const isAsked = asked(answer.groups);
    const [hits, waysOut] = await Promise.all([
      Promise.all(some.map(async (hit) => card(await this.#engine.page(hit.number), answer.groups, isAsked, hit.missing, root))),
      answer.hits.length ? [] : this.#engine.waysOut(question),
    ]);
    return { ...answer, total: answer.hits.length, hits, waysOut, sort: question.sort };
  }

  /**
   * Show what is chosen, before anything is found: a tick must not wait.
   * @param {State.SearchState} state
   */
  #showChoices(state) {
    const chosen = Object.entries(state.chosen)
      .filter(([facet]) => facet !== "kind")
      .flatMap(([facet, values]) => values.map((value) => ({ facet, value })));
    this.#parts.chips.hidden = chosen.length === 0;
    this.#parts["chip-list"].replaceChildren(...chosen.map(({ facet, value }) => el("li", {}, this.#chip(facet, value))));
    this.#parts["filters-count"].textContent = chosen.length ? ` (${chosen.length})` : "";
    const { sort } = this.#parts;
    sort.value = State.sortOf(state);
    sort.options[0].disabled = !state.words;
    document.title = state.words ? `${state.words} – ${this.#title}` : this.#title;
  }

  /**
   * @param {string} facet
   * @param {string} value
   */
  #chip(facet, value) {
    const button = el(
      "button",
      { type: "button", class: "kb-search__chip" },
      el("span", { class: "kb-visually-hidden" }, `Remove ${this.#facets.label(facet)}: `),
      this.#facets.valueLabel(facet, value),
      el("span", { class: "kb-search__cross", "aria-hidden": "true" }, "×"),
    );
    button.addEventListener("click", () => {
      const index = [...this.#parts["chip-list"].children].indexOf(/** @type {Element} */ (button.parentElement));
      this.#go(State.toggled(this.#state, facet, value));
      const chips = this.#parts["chip-list"].querySelectorAll("button");
      (chips[Math.min(index, chips.length - 1)] ?? this.#parts.title).focus({ preventScroll: true });
    });
    return button;
  }

  /**
   * @param {State.SearchState} state
   * @param {any} found null: nothing was asked for
   */
  #showFound(state, found) {
    const { counts, total, sort } = found ?? { counts: this.#engine.totals, total: 0, sort: "relevance" };
    this.#showKinds(state, counts);
    this.#panel.update(counts, state.chosen);
    this.#parts.done.textContent = found ? `Show ${counted(total, "result")}` : "Done";

    const hits = (found?.hits ?? []).map(hitElement);
    const unranked = found?.unranked ?? 0;
    this.#parts.hits.replaceChildren(...hits.slice(0, unranked));
    this.#parts.rest.replaceChildren(...hits.slice(unranked));
    this.#note("rest-note", hits.length > unranked && unranked > 0 ? UNRANKED[sort] : "");
    this.#showAnswers(found);

    const left = total - hits.length;
    this.#parts.more.hidden = left <= 0;
    this.#parts.more.textContent = `Show ${Math.min(left, State.PAGE_SIZE)} more of ${counted(left, "result")}`;

    const words = state.words ? ` for “${state.words}”` : "";
    const title = found ? `${total ? counted(total, "result") : "No results"}${words}` : "Choose a filter, or type a few words";
    this.#parts.title.textContent = title;
    this.#say(found ? title : "", SPEAKING);
    this.#parts.sort.closest("p").hidden = total < 2;
    this.#parts.copy.hidden = found === null;
    this.#showNotes(state, found);
    this.#showEmpty(state, found);
    this.#parts.examples.hidden = found !== null;
    this.#parts.browse.hidden = found !== null && total > 0;
  }

  /**
   * What was done to the question: another spelling, a cut.
   * @param {State.SearchState} state
   * @param {any} found
   */
  #showNotes(state, found) {
    /** @type {(string | Node)[]} */
    const notes = [];
    const corrections = found?.corrections ?? [];
    if (corrections.length) {
      const list = (/** @type {"from" | "to"} */ key) =>
        corrections.map((/** @type {any} */ correction) => `“${correction[key]}”`).join(", ");
      const exact = el("button", { type: "button", class: "kb-search__exact" }, `Search for ${list("from")} instead`);
      exact.addEventListener("click", () => {
        this.#go({ ...state, exact: true, page: 1 });
        this.#parts.title.focus({ preventScroll: true });
      });
      notes.push(`The library does not have ${list("from")}. Did you mean ${list("to")}? These are the results for that. `, exact);
    }
    const typed = new URLSearchParams(location.search).get("q") ?? "";
    if ([...typed].length > State.MAX_WORDS) notes.push(` Only the first ${State.MAX_WORDS} characters are searched.`);
    this.#parts.note.replaceChildren(...notes);
    this.#parts.note.hidden = notes.length === 0;
  }

  /** @param {any} found */
  #showAnswers(found) {
    const terms = found?.terms ?? [];
    const root = this.#address("root");
    const more = (/** @type {string} */ path) => this.#engine.names.byPath(path);
    this.#parts.answers.replaceChildren(
      ...terms.map((/** @type {any} */ entry) => answerElement(entry, (entry.see ?? []).map(more).filter(Boolean), root)),
    );
    this.#parts.answers.hidden = terms.length === 0;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#parts.copy.textContent = "Link copied";
      this.#say("Link copied");
    } catch {
      // Not every browser lets a page write to the clipboard; the address bar always has the link.
      this.#parts.copy.textContent = "Copy it from the address bar";
    }
    this.#timers.set("copied", COPIED, () => {
      this.#parts.copy.textContent = "Copy link to this search";
    });
  }

  /**
   * @param {State.SearchState} state
   * @param {import("./facets.js").Counts} counts
   */
  #showKinds(state, counts) {
    const chosen = state.chosen.kind ?? [];
    const kinds = this.#facets
      .values("kind")
      .filter((kind) => this.#engine.totals.kind?.[kind.id])
      .map((kind) => ({ ...kind, count: counts.kind?.[kind.id] ?? 0 }));
    const all = { id: "", label: "All", count: kinds.reduce((sum, kind) => sum + kind.count, 0) };
    const { kinds: place } = this.#parts;
    if (!place.childElementCount) {
      const tab = (/** @type {{id: string, label: string}} */ kind) =>
        el("button", { type: "button", value: kind.id }, kind.label, " ", el("span", { class: "kb-kinds__count" }));
      place.append(...[all, ...kinds].map(tab));
    }
    for (const [index, kind] of [all, ...kinds].entries()) {
      const button = place.children[index];
      button.setAttribute("aria-pressed", String(kind.id ? chosen.includes(kind.id) : !chosen.length));
      button.lastElementChild.textContent = kind.count.toLocaleString("en-US");
    }
  }

  /**
   * @param {State.SearchState} state
   * @param {any} found
   */
  #showEmpty(state, found) {
    const { empty } = this.#parts;
    empty.hidden = !found || found.total > 0;
    if (empty.hidden) return;
    const labels = (/** @type {string} */ facet) =>
      state.chosen[facet].map((value) => this.#facets.valueLabel(facet, value));
    const ways = found.waysOut.map((/** @type {import("./search-engine.js").Way} */ way) => {
      const name = way.facet
        ? `Without ${this.#facets.label(way.facet)}: ${labels(way.facet).join(" or ")}`
        : "Without any filter";
      const button = el("button", { type: "button" }, name, " ", el("span", {}, counted(way.count, "result")));
      button.addEventListener("click", () => {
        this.#go(way.facet ? State.withFacet(state, way.facet, []) : State.withoutFacets(state));
        this.#parts.title.focus({ preventScroll: true });
      });
      return el("li", {}, button);
    });
    const advice = ways.length
      ? "Nothing has these words and all of these filters. What you would find with less:"
      : "No page has these words, and no word of the library is near them. Try fewer or other words, or take one of the ways in below.";
    const nearest = ways.length ? [] : this.#nearest(state.words);
    empty.replaceChildren(
      el("p", {}, advice),
      ...(ways.length ? [el("ul", { role: "list" }, ...ways)] : []),
      ...(nearest.length ? [el("p", {}, "The library knows these, which look like it:"), el("ul", { role: "list" }, ...nearest)] : []),
    );
  }

  /**
   * What the library knows by a name like one of the words.
   * @param {string} words
   */
  #nearest(words) {
    const entries = words
      .split(/\s+/)
      .flatMap((word) => [word, word.slice(0, 5), word.slice(0, 3)])
      .flatMap((word) => this.#engine.names.suggest(word, NEAREST))
      .map((suggestion) => suggestion.entry)
      .filter((entry) => entry.path);
    const root = this.#address("root");
    return [...new Set(entries)]
      .slice(0, NEAREST)
      .map((entry) => el("li", {}, el("a", { href: new URL(String(entry.path), root).href }, entry.title), ` ${entry.kind}`));
  }

  /**
   * @param {string} part
   * @param {string} text
   */
  #note(part, text) {
    this.#parts[part].textContent = text;
    this.#parts[part].hidden = !text;
  }

  /**
   * Tell a screen reader.
   * @param {string} text
   * @param {number} wait in milliseconds
   */
  #say(text, wait = 0) {
    this.#timers.set("speaking", wait, () => {
      this.#parts.status.textContent = text;
    });
  }

  /** The search can't be loaded: what remains is to browse. */
  #fail() {
    this.#timers.stop();
    this.#parts.live.hidden = true;
    this.append(this.#parts.browse);
    this.#parts.browse.hidden = false;
    this.#parts.failed.replaceChildren(
      el("p", {}, "The search could not be loaded. Reload the page to try again, or take one of the ways in below."),
    );
  }
}

/** @type {Record<string, string>} */
const UNRANKED = {
  evidence: "The pages below have no evidence level of their own: practices, policy notes and lists.",
  newest: "The pages below carry no date on which they were checked.",
};

/** Named timers: setting one again starts it anew. */
class Timers {
  /** @type {Map<string, number>} */
  #running = new Map();

  /**
   * @param {string} name
   * @param {number} wait in milliseconds
   * @param {() => void} action
   */
  set(name, wait, action) {
    this.clear(name);
    this.#running.set(name, window.setTimeout(action, wait));
  }

  /** @param {...string} names */
  clear(...names) {
    for (const name of names) window.clearTimeout(this.#running.get(name));
  }

  stop() {
    this.clear(...this.#running.keys());
  }
}

if (!customElements.get("kb-search-page")) customElements.define("kb-search-page", SearchPage);

/**
 * `<kb-deck>`: the deck's page. Shows the reader's own deck, or one that came with the address (a shared
 * link or a collection). A deck from an address never replaces the reader's own unless it is asked to.
 */

import { caseStudyAt, formatIds, MOST } from "./compare-state.js";
import { counted, el } from "./dom.js";
import { loadCards, loadCollection } from "./deck-cards.js";
import { listenToDragging } from "./deck-drag.js";
import { entryElement, nameOf } from "./deck-entry.js";
import { fitted } from "./deck-handout.js";
import { markdown } from "./deck-markdown.js";
import * as State from "./deck-state.js";
import { ROOT, store } from "./deck-store.js";
import { download, fileName, talk } from "./deck-talk.js";

/** @typedef {import("./deck-cards.js").Loaded} Loaded */

class DeckPage extends HTMLElement {
  /** @type {Record<string, any>} */ #parts = {};
  /** @type {Map<string, Loaded>} */ #loaded = new Map();
  /** The deck of the address; null while the reader's own is shown. @type {State.Deck | null} */ #shared = null;
  /** @type {{id: string, summary: string, short: string} | null} */ #collection = null;
  #listening = new AbortController();
  #run = 0;

  connectedCallback() {
    this.#parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((part) => [part.getAttribute("data-part"), part]));
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { name, pptx, print, markdown: text, share, clear, take, append, own, entries } = this.#parts;
    name.addEventListener("input", () => this.#change({ ...this.#deck, title: name.value }, { redraw: false }), { signal });
    pptx.addEventListener("click", () => this.#pptx(), { signal });
    print.addEventListener("click", () => window.print(), { signal });
    text.addEventListener("click", () => this.#markdown(), { signal });
    share.addEventListener("click", () => this.#share(), { signal });
    clear.addEventListener("click", () => this.#undoable(State.EMPTY, "The deck is empty."), { signal });
    take.addEventListener("click", () => this.#keep(this.#deck), { signal });
    append.addEventListener("click", () => this.#keep(State.added(store.deck, this.#deck.entries)), { signal });
    own.addEventListener("click", (/** @type {Event} */ event) => this.#goHome(event), { signal });
    const place = (/** @type {string} */ id) => this.#deck.entries.findIndex((one) => one.id === id);
    listenToDragging(entries, (dragged, target) => this.#moveTo(place(dragged), place(target)), signal);
    addEventListener("hashchange", () => this.#open(), { signal });
    addEventListener("beforeprint", () => fitted(this.#parts.handout, this.#talk), { signal });
    store.addEventListener("change", () => this.#storeChanged(), { signal });
    this.#parts.live.hidden = false;
    this.#open();
  }

  disconnectedCallback() {
    this.#run++;
    this.#listening.abort();
  }

  get #deck() {
    return this.#shared ?? store.deck;
  }

  async #open() {
    const run = ++this.#run;
    const asked = State.parseHash(location.hash);
    this.#shared = asked?.deck ?? null;
    this.#collection = null;
    this.#parts.messages.replaceChildren();
    if (asked?.collection) {
      await this.#openCollection(asked.collection, run);
      if (run !== this.#run) return;
    }
    this.#draw();
    await this.#load();
  }

  /**
   * @param {string} id
   * @param {number} run
   */
  async #openCollection(id, run) {
    this.#say("Loading…");
    const found = await loadCollection(id).catch(() => undefined);
    if (run !== this.#run) return;
    if (found) {
      this.#shared = State.fromData(found);
      this.#collection = { id, summary: found.summary, short: found.short };
      return;
    }
    this.#shared = null;
    this.#message(
      found === null
        ? `The library has no collection “${id}”. Your own deck is shown instead.`
        : "The collection could not be loaded; the network may be away. Your own deck is shown instead.",
    );
  }

  async #load() {
    const run = this.#run;
    const missing = this.#shown.map(({ id }) => id).filter((id) => !this.#loaded.has(id));
    if (!missing.length) return;
    const loaded = await loadCards(missing, (done) => missing.length > 20 && this.#say(`Loaded ${done} of ${missing.length}`));
    if (run !== this.#run) return;
    for (const [id, found] of loaded) this.#loaded.set(id, found);
    this.#draw();
  }

  get #shown() {
    return this.#deck.entries.slice(0, State.MAX_SHOWN);
  }

  get #talk() {
    return talk(this.#deck, this.#loaded, this.#collection);
  }

  #draw() {
    const deck = this.#deck;
    const { empty, full, shared, name, entries, heading } = this.#parts;
    empty.hidden = deck.entries.length > 0;
    full.hidden = deck.entries.length === 0;
    shared.hidden = !this.#shared;
    heading.textContent = this.#collection ? "A collection as a deck" : this.#shared ? "A shared deck" : "Your deck";
    this.#parts["shared-words"].textContent = `This ${this.#collection ? "is a collection" : "deck came with the link you opened"}. Your own deck, with ${counted(store.deck.entries.length, "entry", "entries")}, stays as it is until you choose otherwise.`;
    this.#parts.append.hidden = store.deck.entries.length === 0;
    if (name.value !== deck.title) name.value = deck.title;
    const shown = this.#shown;
    const asked = {
      move: (/** @type {string} */ id, /** @type {number} */ step) => this.#move(id, step),
      remove: (/** @type {string} */ id) => this.#remove(id),
      note: (/** @type {string} */ id, /** @type {string} */ note) => this.#change(State.changed(this.#deck, id, { note }), { redraw: false }),
      retry: () => this.#retry(),
    };
    const focused = focusOf(entries);
    entries.replaceChildren(...shown.map((entry, place) => entryElement(entry, place, shown.length, this.#loaded.get(entry.id), asked)));
    focused?.(entries);
    this.#counts();
    this.#links();
  }

  /** Say what is not shown, and why. */
  #counts() {
    const total = this.#deck.entries.length;
    const unknown = this.#shown.filter(({ id }) => this.#loaded.get(id) === "unknown").length;
    const said = [];
    if (total > State.MAX_SHOWN) {
      said.push(`This deck has ${counted(total, "entry", "entries")}. The first ${State.MAX_SHOWN} are shown, presented and exported. The others stay in the deck and move up when you remove some.`);
    }
    if (unknown) said.push(`${counted(unknown, "entry leads", "entries lead")} to no page of the library: marked below, and left out of slides and paper.`);
    for (const old of this.#parts.messages.querySelectorAll("[data-about=counts]")) old.remove();
    for (const text of said) this.#message(text, "counts");
  }

  /** What leads on from here, or is seen in print, follows the deck. */
  #links() {
    const { present, compare, handout } = this.#parts;
    const address = this.#collection ? `#c=${this.#collection.id}` : this.#shared ? State.formatHash(this.#shared) : "";
    present.href = new URL(`present/${address}`, ROOT).href;
    const ready = this.#talk;
    const cases = [...new Set(ready.items.map(({ card }) => caseStudyAt(card.path)).filter(Boolean))];
    compare.hidden = cases.length < 2;
    compare.href = new URL(`compare/${formatIds(cases.slice(0, MOST))}`, ROOT).href;
    compare.textContent = `Compare the ${cases.length > MOST ? `first ${MOST} ` : ""}case studies`;
    handout.hidden = !ready.items.length;
  }

  /**
   * @param {State.Deck} deck
   * @param {{redraw: boolean}} how
   */
  #change(deck, { redraw }) {
    if (this.#shared) {
      this.#shared = deck;
      this.#collection = null; // it is not that collection any more
      history.replaceState(null, "", State.formatHash(deck));
      if (redraw) this.#draw();
      else this.#links();
      return;
    }
    this.#quiet = !redraw;
    const kept = store.write(deck);
    this.#quiet = false;
    if (!redraw) this.#links();
    this.#parts.messages.querySelector("[data-about=storage]")?.remove();
    if (!kept) this.#message("This browser does not keep the deck: its storage is full or switched off. Copy a link to the deck before you leave, and note down what you wrote.", "storage");
  }

  #quiet = false;

  #storeChanged() {
    if (this.#quiet) return;
    this.#draw();
    if (!this.#shared) this.#load();
  }

  /**
   * @param {string} id
   * @param {number} step
   */
  #move(id, step) {
    const from = this.#deck.entries.findIndex((one) => one.id === id);
    this.#moveTo(from, from + step);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #moveTo(from, to) {
    const one = this.#deck.entries[from];
    if (!one || from === to) return;
    this.#change(State.moved(this.#deck, from, to), { redraw: true });
    this.#say(`${nameOf(one, this.#loaded.get(one.id))}: now ${to + 1} of ${this.#shown.length}`);
  }

  /** @param {string} id */
  #remove(id) {
    const place = this.#deck.entries.findIndex((one) => one.id === id);
    const one = this.#deck.entries[place];
    if (!one) return;
    this.#undoable(State.removed(this.#deck, id), `Removed: ${nameOf(one, this.#loaded.get(id))}.`);
    this.#load();
  }

  /**
   * Change the deck, and offer to take that back.
   * @param {State.Deck} deck
   * @param {string} said
   */
  #undoable(deck, said) {
    const before = this.#deck;
    this.#change(deck, { redraw: true });
    const undo = el("button", { type: "button", class: "kb-button kb-button--small" }, "Undo");
    for (const old of this.#parts.messages.querySelectorAll("[data-about=undo]")) old.remove();
    const message = this.#message(`${said} `, "undo");
    undo.addEventListener("click", () => {
      message.remove();
      this.#change(before, { redraw: true });
      this.#say("Back as it was.");
      this.#parts.entries.querySelector("button:not(:disabled)")?.focus();
    });
    message.append(undo);
    undo.focus();
    this.#say(said);
  }

  /** @param {State.Deck} deck */
  #keep(deck) {
    const before = store.deck;
    const kept = store.write(deck);
    if (!kept) {
      this.#message("This browser can't keep it: its storage is full or switched off. The link holds the deck; keep that.", "storage");
      return;
    }
    history.pushState(null, "", location.pathname);
    this.#open();
    this.#message("This is your deck now. ", "undo").append(this.#takeBack(before));
    this.#parts.name.focus();
  }

  /** @param {State.Deck} before */
  #takeBack(before) {
    const undo = el("button", { type: "button", class: "kb-button kb-button--small" }, "Put my old deck back");
    undo.addEventListener("click", () => {
      store.write(before);
      this.#parts.messages.replaceChildren();
      this.#say("Your old deck is back.");
    });
    return undo;
  }

  /** @param {Event} event */
  #goHome(event) {
    event.preventDefault();
    history.pushState(null, "", location.pathname);
    this.#open();
  }

  #retry() {
    for (const [id, found] of this.#loaded) if (found === "failed") this.#loaded.delete(id);
    this.#draw();
    this.#load();
  }

  async #share() {
    const address = new URL(State.formatHash(this.#deck), location.href).href;
    try {
      await navigator.clipboard.writeText(address);
      this.#message("The link is copied. It holds the title and the entries; your notes are not in it.", "share");
    } catch {
      const field = el("input", { type: "text", readonly: true, value: address, "aria-label": "Link to this deck", class: "kb-deck__link" });
      this.#message("Copy this link: ", "share").append(field);
      field.select();
    }
  }

  async #pptx() {
    const ready = this.#talk;
    if (!this.#canExport(ready)) return;
    this.#say("Making the PowerPoint file…");
    this.#parts.pptx.setAttribute("aria-busy", "true");
    try {
      const { pptxFile } = await import("./deck-pptx.js");
      download(fileName(ready.title, "pptx"), await pptxFile(ready));
      this.#say("The PowerPoint file is in your downloads.");
    } catch (error) {
      this.#message("The PowerPoint file could not be made. If the network is away, try again when it is back; the deck is as it was.", "export");
    }
    this.#parts.pptx.removeAttribute("aria-busy");
  }

  #markdown() {
    const ready = this.#talk;
    if (!this.#canExport(ready)) return;
    download(fileName(ready.title, "md"), new Blob([markdown(ready)], { type: "text/markdown" }));
    this.#say("The Markdown file is in your downloads.");
  }

  /** @param {import("./deck-talk.js").Talk} ready */
  #canExport(ready) {
    for (const old of this.#parts.messages.querySelectorAll("[data-about=export]")) old.remove();
    if (ready.items.length) return true;
    this.#message("There is nothing to export yet: no entry of this deck could be loaded.", "export");
    return false;
  }

  /**
   * @param {string} text
   * @param {string} about messages about the same thing take each other's place
   */
  #message(text, about = "") {
    if (about && about !== "counts") for (const old of this.#parts.messages.querySelectorAll(`[data-about=${about}]`)) old.remove();
    const message = el("p", { class: "kb-deck__message", "data-about": about, role: about === "undo" ? undefined : "status" }, text);
    this.#parts.messages.append(message);
    return message;
  }

  /** @param {string} text */
  #say(text) {
    this.#parts.status.textContent = text;
  }
}

/**
 * Remember which control of which entry has the focus; the function gives it back after a redraw.
 * @param {HTMLElement} list
 * @returns {((list: HTMLElement) => void) | null}
 */
function focusOf(list) {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !list.contains(focused)) return null;
  const id = focused.closest("li")?.dataset.id ?? "";
  const act = focused.dataset.act;
  return (redrawn) => {
    const item = [...redrawn.children].find((one) => one instanceof HTMLElement && one.dataset.id === id);
    const same = item?.querySelector(act ? `[data-act="${act}"]:not(:disabled)` : "textarea");
    const other = item?.querySelector("[data-act]:not(:disabled)");
    const next = same ?? other;
    if (next instanceof HTMLElement) next.focus();
  };
}

if (!customElements.get("kb-deck")) customElements.define("kb-deck", DeckPage);

/**
 * `<kb-present deck>`: presents the deck or the collection that the address names, or the reader's own deck, over
 * the whole window. Everything is loaded before the first slide shows, so that the network may go away then.
 *
 * The number of the slide is in the address (`n`, from 1), so that a reload or a link leads to the same slide.
 */

import { loadCards, loadCollection } from "./deck-cards.js";
import { EMPTY, MAX_SHOWN, formatHash, fromData, parseHash } from "./deck-state.js";
import { store } from "./deck-store.js";
import { talk } from "./deck-talk.js";
import { el } from "./dom.js";
import { NotesWindow, notes } from "./present-notes.js";
import { slides } from "./present-slide.js";

/** How far a finger moves, in CSS pixels, before it counts as a swipe. */
const SWIPE = 60;

/** How much smaller than usual a full slide may be before one has to scroll. */
const SMALLEST = 0.6;

/** Keys that lead on and back, as presenters' remote controls send them. */
const STEPS = new Map([
  ["ArrowRight", 1], ["ArrowDown", 1], ["PageDown", 1], [" ", 1], ["Enter", 1],
  ["ArrowLeft", -1], ["ArrowUp", -1], ["PageUp", -1], ["Backspace", -1],
]);

class Present extends HTMLElement {
  #dialog = el("dialog", { class: "kb-show", "aria-label": "Presentation" });
  #stage = el("div", { class: "kb-show__stage" });
  #next = el("button", { type: "button" });
  #panel = el("aside", { class: "kb-show__notes", "aria-label": "Speaker notes", tabindex: "0", hidden: true });
  #count = el("span", { class: "kb-show__count" });
  #said = el("p", { class: "kb-visually-hidden", role: "status" });
  #message = el("p", { class: "kb-present__message", role: "status" });
  #again = el("button", { type: "button", class: "kb-button kb-button--main", hidden: true }, "Go on presenting");
  #back = el("a", { class: "kb-button", hidden: true }, "Back to the deck");
  #window = new NotesWindow();
  /** @type {ReturnType<typeof slides>} */ #slides = [];
  #place = 0;
  #base = "";
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.append(this.#message, el("p", { class: "kb-actions" }, this.#again, this.#back));
    this.append(this.#dialog);
    this.#dialog.replaceChildren(this.#stage, this.#panel, this.#bar(), this.#said);
    this.#dialog.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#dialog.addEventListener("close", () => this.#closed(), { signal });
    this.#again.addEventListener("click", () => this.#show(), { signal });
    addEventListener("resize", () => this.#fit(), { signal });
    addEventListener("hashchange", () => this.#addressChanged(), { signal });
    this.#listenToSwipes(signal);
    this.#open();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#window.close();
  }

  async #open() {
    this.#message.textContent = "Loading the slides…";
    const asked = parseHash(location.hash);
    let deck = asked?.deck ?? store.deck;
    /** @type {any} */ let collection = null;
    try {
      if (asked?.collection) collection = await loadCollection(asked.collection);
    } catch {
      this.#message.textContent = "The collection could not be loaded; the network may be away. Reload the page to try again.";
      return;
    }
    if (asked?.collection) {
      deck = collection ? fromData(collection) : EMPTY;
      this.#base = `c=${asked.collection}`;
    } else if (asked) this.#base = formatHash(deck).slice(1);
    const shown = deck.entries.slice(0, MAX_SHOWN);
    const loaded = await loadCards(shown.map(({ id }) => id), (done) => (this.#message.textContent = `Loading the slides: ${done} of ${shown.length}`));
    const ready = talk(deck, loaded, collection);
    this.#back.href = (this.getAttribute("deck") ?? "") + (this.#base && `#${this.#base}`);
    if (!ready.items.length) {
      this.#message.textContent = asked?.collection && !collection ? "The library has no such collection." : shown.length ? "None of the entries of this deck could be loaded." : "There is nothing to present yet: your deck is empty.";
      this.#back.hidden = shown.length === 0;
      return;
    }
    const left = deck.entries.length - ready.items.length;
    this.#message.textContent = left ? `${left} of ${deck.entries.length} entries of the deck are not shown: they lead to no page, could not be loaded, or come after the first ${MAX_SHOWN}.` : "";
    this.#slides = slides(ready);
    this.#again.hidden = false;
    this.#back.hidden = false;
    this.#place = this.#asked();
    this.#show();
  }

  /** The slide that the address names, from 0. */
  #asked() {
    const n = Number(new URLSearchParams(location.hash.slice(1)).get("n") ?? "1");
    return Math.min(Math.max(Number.isInteger(n) ? n - 1 : 0, 0), this.#slides.length - 1);
  }

  /** A new slide number is followed; another deck is a new page. */
  #addressChanged() {
    const asked = parseHash(location.hash);
    const base = asked?.collection ? `c=${asked.collection}` : asked ? formatHash(asked.deck).slice(1) : "";
    if (base !== this.#base) location.reload();
    else if (this.#slides.length) this.#go(this.#asked());
  }

  #show() {
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#go(this.#place);
    this.#next.focus();
  }

  #closed() {
    if (document.fullscreenElement) document.exitFullscreen();
    this.#window.close();
    this.#again.focus();
  }

  /** @param {number} place */
  #go(place) {
    this.#place = Math.min(Math.max(place, 0), this.#slides.length - 1);
    const slide = this.#slides[this.#place];
    if (!slide) return;
    this.#stage.replaceChildren(slide.element);
    this.#stage.scrollTop = 0;
    this.#fit();
    const count = `${this.#place + 1} / ${this.#slides.length}`;
    this.#count.textContent = count;
    this.#said.textContent = `Slide ${count}: ${slide.title}`;
    this.#panel.replaceChildren(...notes(this.#slides, this.#place));
    this.#panel.scrollTop = 0;
    this.#window.show(notes(this.#slides, this.#place));
    history.replaceState(null, "", `#${this.#base ? `${this.#base}&` : ""}n=${this.#place + 1}`);
  }

  /** Make the slide's sizes smaller until it fits; on a phone, and below the smallest size, one scrolls. */
  #fit() {
    const slide = this.#slides[this.#place]?.element;
    if (!slide) return;
    for (let fit = 1; fit >= SMALLEST; fit -= 0.05) {
      slide.style.setProperty("--fit", String(fit));
      if (this.#stage.scrollHeight <= this.#stage.clientHeight) return;
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onControl = event.target instanceof Element && event.target.matches("button, a");
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const step = STEPS.get(event.key);
    const key = event.key.toLowerCase();
    if (step) this.#go(this.#place + (event.key === " " && event.shiftKey ? -1 : step));
    else if (key === "home") this.#go(0);
    else if (key === "end") this.#go(this.#slides.length - 1);
    else if (key === "f") this.#fullScreen();
    else if (key === "n") this.#togglePanel();
    else if (key === "w") this.#openWindow();
    else return;
    event.preventDefault();
  }

  #bar() {
    const button = (/** @type {string} */ label, /** @type {string} */ keys, /** @type {() => void} */ act) => {
      const made = el("button", { type: "button", class: "kb-show__button", "aria-keyshortcuts": keys, title: `${label} (${keys})` }, label);
      made.addEventListener("click", act);
      return made;
    };
    const notesButton = button("Notes", "N", () => this.#togglePanel());
    notesButton.setAttribute("aria-pressed", "false");
    notesButton.dataset.part = "notes";
    this.#next = button("Next", "ArrowRight", () => this.#go(this.#place + 1));
    const full = button("Full screen", "F", () => this.#fullScreen());
    full.hidden = !document.fullscreenEnabled;
    return el(
      "div",
      { class: "kb-show__bar", role: "group", "aria-label": "Presentation" },
      button("Back", "ArrowLeft", () => this.#go(this.#place - 1)),
      this.#count,
      this.#next,
      notesButton,
      button("Speaker window", "W", () => this.#openWindow()),
      full,
      button("End", "Escape", () => this.#dialog.close()),
    );
  }

  #togglePanel() {
    this.#panel.hidden = !this.#panel.hidden;
    this.#fit();
    this.#dialog.querySelector("[data-part=notes]")?.setAttribute("aria-pressed", String(!this.#panel.hidden));
  }

  #openWindow() {
    const opened = this.#window.open(
      (event) => this.#key(event),
      (by) => this.#go(this.#place + by),
    );
    if (opened) this.#window.show(notes(this.#slides, this.#place));
    else if (this.#panel.hidden) this.#togglePanel(); // the browser blocks windows: here they are all the same
  }

  #fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.#dialog.requestFullscreen?.().catch(() => {});
  }

  /** @param {AbortSignal} signal */
  #listenToSwipes(signal) {
    let x = 0;
    let y = 0;
    this.#stage.addEventListener("touchstart", ({ touches: [touch] }) => {
      x = touch?.clientX ?? 0;
      y = touch?.clientY ?? 0;
    }, { signal, passive: true });
    this.#stage.addEventListener("touchend", ({ changedTouches: [touch] }) => {
      const across = (touch?.clientX ?? x) - x;
      const down = (touch?.clientY ?? y) - y;
      if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.#go(this.#place + (across < 0 ? 1 : -1));
    }, { signal, passive: true });
  }
}

if (!customElements.get("kb-present")) customElements.define("kb-present", Present);

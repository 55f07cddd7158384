/** What the one who speaks reads beside a slide: as a panel, or in a window of its own for a second screen. */

import { notesOf } from "./deck-talk.js";
import { el } from "./dom.js";

/** @typedef {{title: string, item: import("./deck-talk.js").Item | null}} Slide */

/**
 * @param {readonly Slide[]} slides
 * @param {number} place from 0
 * @returns {HTMLElement[]}
 */
export function notes(slides, place) {
  const item = slides[place]?.item;
  const next = slides[place + 1];
  return [
    el("p", { class: "kb-notes__place" }, `Slide ${place + 1} of ${slides.length}: ${slides[place]?.title ?? ""}`),
    ...(item ? notesOf(item).map((text) => el("p", { dir: "auto" }, text)) : [el("p", {}, "No notes for this slide.")]),
    el("p", { class: "kb-notes__next" }, next ? `Next: ${next.title}` : "This is the last slide."),
  ];
}

/**
 * The speaker's window. It is filled from here and loads nothing, so that it opens without a network; its style is set on
 * its elements, because the page's style sheets are not its own.
 */
export class NotesWindow {
  /** @type {Window | null} */ #window = null;

  /**
   * @param {(event: KeyboardEvent) => void} onKey
   * @param {(step: number) => void} onStep
   * @returns {boolean} false where the browser did not open it
   */
  open(onKey, onStep) {
    this.#window = window.open("", "kb-speaker-notes", "popup,width=760,height=640");
    if (!this.#window) return false;
    const { document } = this.#window;
    document.title = "Speaker notes";
    document.documentElement.lang = "en";
    const body = document.body;
    Object.assign(body.style, { margin: "0", padding: "24px", font: "22px/1.5 Georgia, serif", color: "#e7e8e2", background: "#141a1a" });
    const step = (/** @type {string} */ label, /** @type {number} */ by) => {
      const button = el("button", { type: "button" }, label);
      Object.assign(button.style, { font: "18px sans-serif", padding: "10px 22px", marginInlineEnd: "12px" });
      button.addEventListener("click", () => onStep(by));
      return button;
    };
    const text = el("main", { id: "notes" });
    body.replaceChildren(el("p", {}, step("Back", -1), step("Next", 1)), text);
    this.#window.addEventListener("keydown", onKey);
    this.#window.focus();
    return true;
  }

  /** @param {HTMLElement[]} paragraphs */
  show(paragraphs) {
    if (!this.#window || this.#window.closed) return;
    const place = this.#window.document.getElementById("notes");
    place?.replaceChildren(...paragraphs.map((one) => this.#window?.document.importNode(one, true) ?? one));
    const first = place?.firstElementChild;
    const last = place?.lastElementChild;
    for (const one of [first, last]) {
      if (one && "style" in one) Object.assign(/** @type {HTMLElement} */ (one).style, { font: "16px sans-serif", color: "#a8b2ae" });
    }
    this.#window.scrollTo(0, 0);
  }

  close() {
    this.#window?.close();
    this.#window = null;
  }
}

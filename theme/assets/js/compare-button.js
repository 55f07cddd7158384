/**
 * `<kb-compare-button record name>`: a button that chooses a case study for the comparison. What is chosen stands
 * in a line at the foot of the window, with the way to the comparison.
 */

import { choice, formatIds, MOST } from "./compare-state.js";
import { counted, el } from "./dom.js";

const COMPARE = new URL("../../../compare/", import.meta.url);

class CompareButton extends HTMLElement {
  #button = el("button", { type: "button", class: "kb-button" });

  connectedCallback() {
    this.replaceChildren(this.#button);
    this.#button.addEventListener("click", this.#toggle);
    choice.addEventListener("change", this.#show);
    this.#show();
    this.hidden = false;
  }

  disconnectedCallback() {
    this.#button.removeEventListener("click", this.#toggle);
    choice.removeEventListener("change", this.#show);
  }

  #show = () => {
    const inside = choice.has(this.getAttribute("record") ?? "");
    this.#button.textContent = inside ? "Chosen to compare" : "Compare";
    this.#button.setAttribute("aria-pressed", String(inside));
    this.#button.setAttribute("aria-label", `${this.#button.textContent}: ${this.getAttribute("name")}`);
  };

  #toggle = () => {
    const one = { id: this.getAttribute("record") ?? "", title: this.getAttribute("name") ?? "" };
    if (!choice.toggle(one)) tray.say(`${MOST} are chosen already, and more do not fit side by side. Take one out first.`);
  };
}

/** The line with what is chosen. */
class Tray {
  #said = el("p", { role: "status" });
  #link = el("a", { class: "kb-button kb-button--main" });
  #clear = el("button", { type: "button", class: "kb-button" }, "Clear");
  #element = el("aside", { class: "kb-compare-tray md-typeset", "aria-label": "Comparison", hidden: true }, this.#said, this.#link, this.#clear);

  constructor() {
    this.#clear.addEventListener("click", () => {
      choice.all = [];
    });
    choice.addEventListener("change", () => this.show());
    // Another window of the site may have changed the choice.
    addEventListener("storage", () => choice.dispatchEvent(new Event("change")));
    (document.querySelector(".md-main") ?? document.body).after(this.#element);
  }

  show() {
    const all = choice.all;
    this.#element.hidden = all.length === 0 || location.pathname === COMPARE.pathname;
    this.#said.textContent = `${counted(all.length, "case study", "case studies")} chosen: ${all.map((one) => one.title).join("; ")}`;
    this.#link.href = COMPARE.href + formatIds(all.map((one) => one.id));
    this.#link.textContent = all.length < 2 ? "Open the comparison" : `Compare these ${all.length}`;
  }

  /** @param {string} text */
  say(text) {
    this.#said.textContent = text;
  }
}

const tray = new Tray();
tray.show();

if (!customElements.get("kb-compare-button")) customElements.define("kb-compare-button", CompareButton);

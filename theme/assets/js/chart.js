/**
 * `<kb-chart name>`: a figure drawn when the site was built. Adds a tooltip for what the pointer or the keyboard
 * is on, and the drawing as a file to keep.
 */

import { el } from "./dom.js";
import { png, save, standalone } from "./chart-file.js";

class Chart extends HTMLElement {
  #tip = el("p", { class: "kb-chart__tip", hidden: true, "aria-hidden": "true" });
  #buttons = el(
    "p",
    { class: "kb-chart__buttons" },
    el("button", { type: "button", class: "kb-button kb-button--small", "data-format": "svg" }, "Download SVG"),
    " ",
    el("button", { type: "button", class: "kb-button kb-button--small", "data-format": "png" }, "Download PNG"),
  );

  connectedCallback() {
    const name = this.#title;
    for (const button of this.#buttons.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.textContent}: ${name}`);
    }
    this.append(this.#buttons, this.#tip);
    this.addEventListener("pointerover", this.#show);
    this.addEventListener("focusin", this.#show);
    this.addEventListener("pointerleave", this.#hide);
    this.addEventListener("focusout", this.#hide);
    this.addEventListener("keydown", this.#onKey);
    this.#buttons.addEventListener("click", this.#download);
  }

  disconnectedCallback() {
    this.#buttons.removeEventListener("click", this.#download);
    this.#buttons.remove();
    this.#tip.remove();
  }

  get #title() {
    return this.querySelector("figcaption h3")?.textContent?.trim() ?? "";
  }

  /** @param {Event} event */
  #show = (event) => {
    const mark = event.target instanceof Element ? event.target.closest("svg [aria-label]") : null;
    if (!mark) {
      this.#hide();
      return;
    }
    this.#tip.textContent = mark.getAttribute("aria-label");
    this.#tip.hidden = false;
    const here = this.getBoundingClientRect();
    const there = mark.getBoundingClientRect();
    const left = there.left + there.width / 2 - here.left - this.#tip.offsetWidth / 2;
    this.#tip.style.left = `${Math.max(0, Math.min(left, here.width - this.#tip.offsetWidth))}px`;
    this.#tip.style.top = `${there.bottom - here.top + 6}px`;
  };

  #hide = () => {
    this.#tip.hidden = true;
  };

  /** @param {KeyboardEvent} event */
  #onKey = (event) => {
    if (event.key === "Escape") this.#hide();
  };

  /** @param {MouseEvent} event */
  #download = async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const svg = this.querySelector("figure > svg");
    if (!button || !(svg instanceof SVGSVGElement)) return;
    const name = this.getAttribute("name") || "chart";
    const file = standalone(svg, this.#title, location.href.split(/[?#]/)[0]);
    if (button.dataset.format === "png") save(await png(file), `${name}.png`);
    else save(new Blob([file.text], { type: "image/svg+xml" }), `${name}.svg`);
  };
}

if (!customElements.get("kb-chart")) customElements.define("kb-chart", Chart);

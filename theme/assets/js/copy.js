/**
 * `<kb-copy label="Short link">` around a text in `[data-copy]`: adds a button that copies the text. And every
 * link to a part of the page (`.headerlink`) copies its address when it is followed.
 *
 * What happened is said in one status line at the foot of the window, for eyes and for screen readers.
 */

import { el } from "./dom.js";

/** How long the status stands, in milliseconds. */
const STANDS = 4000;

/** @type {HTMLElement | undefined} */
let status;
/** @type {number | undefined} */
let timer;

export class Copy extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const label = this.getAttribute("label") ?? "";
    const button = el("button", { type: "button", class: "kb-copy__button", "aria-label": `Copy: ${label}` }, "Copy");
    button.addEventListener("click", () => {
      const text = this.querySelector("[data-copy]");
      if (text) void copy(text.textContent ?? "", `${label}: copied`, text);
    });
    this.append(button);
  }
}

/**
 * Copy a text and say so; where the browser forbids it, select it so that the keys can.
 * @param {string} text
 * @param {string} done
 * @param {Element} [shown] what to select instead
 */
async function copy(text, done, shown) {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    say(shown ? "Selected: copy it with Ctrl-C or Command-C" : "The address is in the address bar");
  }
}

/** @param {string} words */
function say(words) {
  status ??= document.body.appendChild(el("p", { class: "kb-said", role: "status" }));
  // Emptied first: the same words a second time are news too.
  status.textContent = "";
  clearTimeout(timer);
  requestAnimationFrame(() => {
    if (status) status.textContent = words;
  });
  timer = setTimeout(() => {
    if (status) status.textContent = "";
  }, STANDS);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const link = event.target instanceof Element ? event.target.closest("a.headerlink") : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  void copy(new URL(link.hash, location.origin + location.pathname).href, "Link to this part: copied");
}

document.addEventListener("click", onClick);
if (!customElements.get("kb-copy")) customElements.define("kb-copy", Copy);

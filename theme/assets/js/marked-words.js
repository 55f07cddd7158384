/** The marks on the words of a search, on the page that it found. They can be dismissed; the address is then that of the page. */

import { el } from "./dom.js";
import { MOST } from "./marked-address.js";
import { stem, tokens } from "./search-text.js";

/** Elements whose text is never marked. */
const LEFT_OUT = "script, style, mark, svg, button, [hidden], .headerlink";

/** Mark the words that the address names, and offer to take the marks away. */
export function markWords() {
  const words = tokens(new URLSearchParams(location.search).get("marked") ?? "").slice(0, MOST);
  const content = document.querySelector("main article");
  if (!words.length || !content) return;
  const stems = new Set(words.map((word) => word.stem));
  const marks = mark(content, (word) => stems.has(stem(word)));
  if (!marks.length) return;
  content.prepend(bar(words.map((word) => word.text), marks));
  // The browser has gone to the section already; the first mark in it may be further down.
  const section = document.getElementById(hashId());
  const first = section ? marks.find((found) => section.compareDocumentPosition(found) & Node.DOCUMENT_POSITION_FOLLOWING) : null;
  first?.scrollIntoView({ block: "center" });
}

/** The id that the address names; an address may have been cut, and is then no id. */
function hashId() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/**
 * @param {Element} content
 * @param {(word: string) => boolean} isAsked word in lower case
 * @returns {HTMLElement[]} the marks
 */
function mark(content, isAsked) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(LEFT_OUT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  /** @type {HTMLElement[]} */
  const marks = [];
  for (const text of texts) {
    const parts = text.data.split(/([\p{L}\p{N}]+)/u);
    if (!parts.some((part, at) => at % 2 && isAsked(part.toLowerCase()))) continue;
    text.replaceWith(
      ...parts.map((part, at) => {
        if (!(at % 2) || !isAsked(part.toLowerCase())) return part;
        const found = el("mark", { class: "kb-marked" }, part);
        marks.push(found);
        return found;
      }),
    );
  }
  return marks;
}

/**
 * @param {string[]} words
 * @param {HTMLElement[]} marks
 */
function bar(words, marks) {
  const button = el("button", { type: "button" }, "Remove the marks");
  const element = el("div", { class: "kb-marked-bar", role: "region", "aria-label": "Words of your search" });
  element.append(el("p", {}, "Marked from your search: ", el("strong", {}, words.join(", "))), button);
  button.addEventListener("click", () => {
    for (const found of marks) {
      const parent = found.parentNode;
      found.replaceWith(...found.childNodes);
      parent?.normalize();
    }
    element.remove();
    const address = new URL(location.href);
    address.searchParams.delete("marked");
    history.replaceState(history.state, "", address);
    document.querySelector("main")?.focus({ preventScroll: true });
  });
  return element;
}

/**
 * `<kb-search-box>`: the form that leads to the search page, reachable from anywhere by "/" and Ctrl-K, with
 * suggestions as one types, whose script is loaded when somebody first goes there.
 *
 * The form works by itself; this adds the keys and the suggestions. Attributes: `names`, the address of the
 * names; `search`, that of the search page. Choosing a suggestion goes to its page, unless somebody
 * who hears the event `kb-choose` does something better with it. Several boxes may be on a page (the header's and the search
 * page's own): the keys go to the first that can be seen.
 */

/** @type {Set<SearchBox>} */
const boxes = new Set();

class SearchBox extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    if (boxes.size === 0) document.addEventListener("keydown", onKey);
    boxes.add(this);
    this.#listening = new AbortController();
    const { input } = this;
    if (!input) return;
    input.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
    const names = new URL(this.getAttribute("names") ?? "", document.baseURI);
    // What it will be once somebody is in it, so that nobody hears two things of it.
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    const { signal } = this.#listening;
    const start = async () => {
      input.removeEventListener("focus", start);
      const before = input.value;
      const { Suggestions } = await import("./search-suggest.js");
      if (signal.aborted) return;
      new Suggestions(input, names, (entry) => this.#choose(entry), signal);
      // What was typed meanwhile.
      if (input.value !== before) input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    if (document.activeElement === input) void start();
    else input.addEventListener("focus", start, { signal });
  }

  disconnectedCallback() {
    boxes.delete(this);
    this.#listening.abort();
    if (boxes.size === 0) document.removeEventListener("keydown", onKey);
  }

  /** @param {import("./search-names.js").Entry} entry */
  #choose(entry) {
    const event = new CustomEvent("kb-choose", { detail: entry, bubbles: true, cancelable: true });
    if (!this.dispatchEvent(event)) return;
    const search = new URL(this.getAttribute("search") ?? "", document.baseURI);
    if (entry.path) location.assign(new URL(entry.path, new URL("../", search)));
    else location.assign(new URL(`?${new URLSearchParams({ [String(entry.facet)]: String(entry.value) })}`, search));
  }

  get input() {
    return this.querySelector("input");
  }

  get visible() {
    return this.input !== null && this.input.getClientRects().length > 0;
  }
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
  const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !ctrlK) return;
  const input = [...boxes].filter((box) => box.visible).sort(byPosition)[0]?.input;
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
}

/**
 * True where the key belongs to what is being written.
 * @param {KeyboardEvent} event
 */
function isTyping(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  const isField = target.matches("input, textarea, select") && !target.matches("[type=checkbox], [type=radio]");
  return isField || target.isContentEditable;
}

/**
 * @param {Node} a
 * @param {Node} b
 */
function byPosition(a, b) {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

if (!customElements.get("kb-search-box")) customElements.define("kb-search-box", SearchBox);

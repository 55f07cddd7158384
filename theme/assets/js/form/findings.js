/** Findings beside their fields, in a summary, and as the state of each step. */

import { counted, el } from "../dom.js";
import { idOf } from "./shape.js";

/**
 * @typedef {import("./check.js").Finding} Finding
 * @typedef {import("./shape.js").Path} Path
 */

export class FindingBoard {
  /** @type {Set<string>} fields that were left, whose findings may be shown */
  #left = new Set();
  #all = false;
  /** @type {Finding[]} */
  findings = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
  }

  /** From now on every finding is shown. */
  showAll() {
    this.#all = true;
  }

  /** @param {Iterable<Element>} fields */
  leave(fields) {
    for (const element of fields) this.#left.add(keyOf(element));
  }

  /**
   * Entries of a list changed places: what was left there says nothing any more.
   * @param {Path} path
   */
  forget(path) {
    const start = `${JSON.stringify(path).slice(0, -1)},`;
    for (const key of this.#left) if (key.startsWith(start)) this.#left.delete(key);
  }

  /** @param {Finding} finding */
  isShown(finding) {
    return this.#all || this.#left.has(JSON.stringify(finding.path));
  }

  /**
   * Write each finding beside its field.
   * @param {Finding[]} findings
   */
  show(findings) {
    this.findings = findings;
    const byKey = new Map(findings.map((finding) => [JSON.stringify(finding.path), finding]));
    for (const element of this.root.querySelectorAll("[data-path]")) {
      const finding = byKey.get(keyOf(element));
      const words = finding && this.isShown(finding) ? finding.words : "";
      mark(element, JSON.parse(keyOf(element)), words);
    }
    for (const closable of this.root.querySelectorAll("details")) {
      closable.toggleAttribute("data-wrong", closable.querySelector(".kb-form__finding:not([hidden])") !== null);
    }
  }

  /**
   * How many findings some fields of the record have, and how many of them are shown.
   * @param {string[]} fields
   */
  count(fields) {
    const here = this.findings.filter((finding) => fields.includes(String(finding.path[0])));
    return { all: here.length, shown: here.filter((finding) => this.isShown(finding)).length };
  }

  /**
   * Every finding as a link to its field.
   * @param {(path: Path) => string} title
   * @param {(path: Path) => void} go
   */
  summary(title, go) {
    if (!this.findings.length) return el("p", { class: "kb-form__good" }, "Nothing to mend: the check accepts this record.");
    const items = this.findings.map((finding) => {
      const link = el("a", { href: `#${idOf(finding.path)}` }, title(finding.path));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(finding.path);
      });
      return el("li", {}, link, ` ${finding.words}`);
    });
    return el(
      "div",
      { class: "kb-form__summary" },
      el("h3", {}, `${counted(items.length, "thing")} to mend`),
      el("p", {}, "You can send the record as it is, short as it may be: an editor helps with the rest. It is published when all is mended."),
      el("ul", {}, ...items),
    );
  }
}

/** @param {Element} element */
function keyOf(element) {
  return element.getAttribute("data-path") ?? "";
}

/**
 * @param {Element} element
 * @param {Path} path
 * @param {string} words
 */
function mark(element, path, words) {
  const id = idOf(path);
  const place = element.querySelector(`#${CSS.escape(`${id}-finding`)}`);
  if (!(place instanceof HTMLElement)) return;
  if (place.textContent !== words) place.textContent = words;
  place.hidden = !words;
  element.classList.toggle("kb-form__field--wrong", Boolean(words));
  const control = element.querySelector(`#${CSS.escape(id)}`);
  if (!control || control instanceof HTMLButtonElement) return;
  if (words) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

/**
 * A result as a card: what kind of page it is, how sure its evidence is and what was found, always in
 * words, and the passage that answers best with a link to its section.
 */

import { el } from "./dom.js";
import { markedAddress } from "./marked-address.js";
import { passage } from "./search-passage.js";

/**
 * What a card shows.
 * @typedef {object} Card
 * @property {string} title
 * @property {string} url with the words to mark there
 * @property {Record<string, string>} meta
 * @property {import("./search-passage.js").Part[]} passage
 * @property {{title: string, url: string} | null} section
 * @property {readonly string[]} missing what was asked for and is not on the page
 */

/**
 * What to show of a page that was found.
 * @param {import("./search-passage.js").Kept} kept
 * @param {readonly import("./search-question.js").Group[]} groups
 * @param {(word: string) => string} isAsked tells the words of these groups, as from `asked`
 * @param {readonly string[]} missing
 * @param {URL} root of the site
 * @returns {Card}
 */
export function card(kept, groups, isAsked, missing, root) {
  const { parts, section } = passage(kept, isAsked);
  const page = new URL(kept.url.replace(/^\//, ""), root);
  const words = [...new Set(groups.flatMap((group) => group.words))];
  return {
    title: kept.meta.title ?? kept.url,
    url: markedAddress(page, words),
    meta: kept.meta,
    passage: parts,
    section: section && { title: section.title, url: markedAddress(page, words, section.id) },
    missing,
  };
}

/**
 * A term of the glossary that was asked about, with its meaning.
 * @param {import("./search-names.js").Entry} entry
 * @param {import("./search-names.js").Entry[]} more pages that say more
 * @param {URL} root of the site
 */
export function answerElement(entry, more, root) {
  const link = (/** @type {import("./search-names.js").Entry} */ to) =>
    el("a", { href: new URL(String(to.path), root).href }, to.title);
  const element = el(
    "section",
    { class: "kb-answer" },
    el("p", { class: "kb-hit__about" }, el("span", { class: "kb-hit__kind" }, entry.kind)),
    el("h3", { class: "kb-answer__title" }, link(entry)),
    el("p", {}, entry.gist ?? ""),
  );
  if (more.length) {
    element.append(el("p", { class: "kb-answer__more" }, "Read more: ", ...more.flatMap((to, at) => (at ? [", ", link(to)] : [link(to)]))));
  }
  return element;
}

/**
 * The card as an element.
 * @param {Card} hit
 * @returns {HTMLLIElement}
 */
export function hitElement(hit) {
  const { kind, evidence, direction, place, years, status, cases, practices } = hit.meta;
  const facts = [place, years, cases].filter(Boolean);
  const element = el(
    "li",
    { class: "kb-hit" },
    el(
      "p",
      { class: "kb-hit__about" },
      el("span", { class: "kb-hit__kind" }, kind || "Page"),
      ...facts.map((fact) => el("span", { class: "kb-hit__fact" }, fact)),
    ),
    el("h3", { class: "kb-hit__title" }, el("a", { href: hit.url }, hit.title)),
  );
  const marks = [
    evidence && el("li", { class: "kb-hit__evidence" }, evidence),
    direction && el("li", { class: "kb-hit__direction" }, el("span", {}, "What was found: "), direction),
    status && el("li", { class: "kb-hit__status" }, status),
  ].filter(Boolean);
  if (marks.length) element.append(el("ul", { class: "kb-hit__marks" }, ...marks));
  if (hit.passage.length) {
    element.append(
      el(
        "p",
        { class: "kb-hit__passage" },
        ...hit.passage.map((part) => (part.marked ? el("mark", {}, part.text) : part.text)),
      ),
    );
  }
  if (practices) element.append(el("p", { class: "kb-hit__practices" }, practices));
  const foot = el("p", { class: "kb-hit__section" });
  if (hit.section) foot.append("In the section ", el("a", { href: hit.section.url }, hit.section.title));
  if (hit.missing.length) {
    foot.append(hit.section ? " · " : "", el("span", { class: "kb-hit__missing" }, `Without: ${hit.missing.join(", ")}`));
  }
  if (foot.childNodes.length) element.append(foot);
  const record = /\/casestudies\/([^/]+)\/$/.exec(new URL(hit.url, location.href).pathname)?.[1];
  if (record) element.append(el("kb-compare-button", { record, name: hit.title, hidden: true }));
  return element;
}

/**
 * A result as a card: what kind of page it is, how sure its evidence is and what was found, always in
 * words, and the passage that matches best with a link to its section.
 */

import { el } from "./dom.js";

/**
 * What a card shows.
 * @typedef {object} Card
 * @property {string} title
 * @property {string} url
 * @property {Record<string, string>} meta
 * @property {Part[]} passage
 * @property {{title: string, url: string} | null} section
 *
 * @typedef {{text: string, marked: boolean}} Part
 */

/** Weights of text that one can read on the page: headings weigh more, words that are only indexed less. */
const [LEAST, MOST] = [1, 2];
/** Words shown of a page none of whose readable text was asked for. */
const OPENING = 36;

/**
 * What to show of a page that was found.
 * @param {any} data Pagefind's record of the page
 * @returns {Card}
 */
export function card(data) {
  const title = data.meta?.title ?? data.url;
  const best = bestSection(data.sub_results ?? []);
  const inSection = best?.anchor ? { title: best.title, url: best.url } : null;
  const excerpt = best?.excerpt ?? opening(data);
  return {
    title,
    url: data.url,
    meta: data.meta ?? {},
    passage: elided(withoutHeading(passage(excerpt), inSection ? inSection.title : title)),
    section: inSection,
  };
}

/**
 * Pagefind's excerpt as text, marked and not. It is HTML in which `<` and `>` of the page are written as
 * entities and `<mark>` is the only element, so it needs no HTML parser.
 * @param {string} excerpt
 * @returns {Part[]}
 */
export function passage(excerpt) {
  return excerpt
    .split(/(<mark>.*?<\/mark>)/s)
    .map((part) => ({
      marked: part.startsWith("<mark>"),
      text: part.replace(/<\/?mark>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
    }))
    .filter((part) => part.text);
}

/**
 * The card as an element.
 * @param {Card} hit
 * @returns {HTMLLIElement}
 */
export function hitElement(hit) {
  const { kind, evidence, direction, place, years, status, cases } = hit.meta;
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
  if (hit.section) {
    element.append(
      el(
        "p",
        { class: "kb-hit__section" },
        "In the section ",
        el("a", { href: hit.section.url }, hit.section.title),
      ),
    );
  }
  return element;
}

/**
 * The part of the page whose readable text matches best; null where none does.
 * @param {any[]} sections
 */
function bestSection(sections) {
  let best = null;
  let bestScore = 0;
  for (const section of sections) {
    const score = section.weighted_locations
      .filter((/** @type {any} */ word) => word.weight >= LEAST && word.weight <= MOST)
      .reduce((/** @type {number} */ sum, /** @type {any} */ word) => sum + word.balanced_score, 0);
    if (score > bestScore) [best, bestScore] = [section, score];
  }
  return best;
}

/**
 * How the page begins, for one that was found by its title or by words it doesn't show.
 * @param {any} data
 * @returns {string}
 */
function opening(data) {
  return (data.raw_content ?? data.excerpt ?? "").split(/\s+/).slice(0, OPENING).join(" ");
}

/**
 * The passage without the heading it begins with, or what is left of the heading where the passage
 * begins within it: the card shows that already.
 * @param {Part[]} parts
 * @param {string} heading
 * @returns {Part[]}
 */
function withoutHeading(parts, heading) {
  const words = heading.trim().split(/\s+/);
  const text = parts.map((part) => part.text).join("");
  const start = words.map((_, index) => `${words.slice(index).join(" ")}. `).find((tail) => text.startsWith(tail));
  let drop = start?.length ?? 0;
  return parts
    .map((part) => {
      const kept = part.text.slice(drop);
      drop = Math.max(0, drop - part.text.length);
      return { ...part, text: kept };
    })
    .filter((part) => part.text);
}

/**
 * The passage with dots where it is cut out of a sentence.
 * @param {Part[]} parts
 * @returns {Part[]}
 */
function elided(parts) {
  const text = parts.map((part) => part.text).join("");
  const dots = { text: "…", marked: false };
  const cutBefore = /^\p{Ll}/u.test(text);
  const cutAfter = text !== "" && !/[.!?]["”’)\]]*$/.test(text);
  return [...(cutBefore ? [dots] : []), ...parts, ...(cutAfter ? [dots] : [])];
}

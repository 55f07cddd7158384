/** The rules about prose of `kb check` (generator/checks/prose.py), in words for somebody who fills in a form. */

import { citations, first, withoutCode } from "./patterns.js";

/**
 * @typedef {object} Known what a text may refer to
 * @property {string[]} sources ids of the record's own sources
 * @property {import("./links.js").Links} links
 * @property {import("./patterns.js").Patterns} patterns
 */

/**
 * What is wrong with a text, as (code, words).
 * @param {string} text
 * @param {Known} known
 * @returns {Generator<[string, string]>}
 */
export function* proseFindings(text, known) {
  const plain = withoutCode(text, known.patterns);
  yield* kbLinks(plain, known);
  yield* markdown(plain, known);
  for (const paragraph of text.split(known.patterns.paragraphEnd)) {
    const figure = paragraph?.trim() ? unsourcedFigure(paragraph, known) : "";
    if (figure) {
      yield ["figure-without-source", `The figure ${figure} stands in a paragraph that cites no source. Cite one after the sentence, such as [s1], or take the figure out.`];
    }
  }
  for (const source of citations(text, known.patterns)) {
    if (!known.sources.includes(source)) {
      yield ["unknown-source", `[${source}] is cited, but there is no source ${source}. Add it, or cite another.`];
    }
  }
}

/**
 * @param {string} plain
 * @param {Known} known
 * @returns {Generator<[string, string]>}
 */
function* kbLinks(plain, { links, patterns }) {
  for (const [, target] of plain.matchAll(patterns.kbLink)) {
    const found = links.resolve(target);
    if (found.length > 1) {
      yield ["ambiguous-id", `kb:${target} is the id of ${found.length} pages. Write ${found.map((page) => `kb:${page.address}`).join(" or ")}.`];
    } else if (!found.length) {
      yield ["unknown-id", `No page has the id ${target}. It is the last part of the page's address.`];
    }
  }
}

/**
 * @param {string} plain
 * @param {Known} known
 * @returns {Generator<[string, string]>}
 */
function* markdown(plain, { patterns }) {
  const html = first(patterns.html, plain.replace(patterns.autolink, ""));
  if (html) {
    yield ["html-in-prose", `HTML is not allowed: ${html[0].slice(0, 40)}. Write *emphasis*, **strong**, or [words](https://address); a less-than sign as &lt;.`];
  }
  if (first(patterns.image, plain)) {
    yield ["picture-in-prose", "Pictures are not shown. Describe in words what the picture shows, and cite the page it stands on."];
  }
  for (const [, address] of plain.matchAll(patterns.address)) {
    if (first(patterns.safeAddress, address)?.index !== 0) {
      yield ["link-address", `${address.slice(0, 60) || "Nothing"} is not an address that a page may link to. Write the whole address, https://…, or kb: and the id of a page.`];
    }
  }
  if (first(patterns.referenceLink, plain)) {
    yield ["link-form", "A link is written with its address beside the words: [words](https://address)."];
  }
}

/**
 * The first figure of a paragraph that cites nothing; empty where there is none.
 * @param {string} paragraph
 * @param {Known} known
 */
function unsourcedFigure(paragraph, { patterns }) {
  if (first(patterns.citation, paragraph) || paragraph.includes("(kb:")) return "";
  const { linkEnd, listNumber, law, yearOrDay } = patterns;
  let bare = withoutCode(paragraph, patterns);
  for (const pattern of [linkEnd, listNumber, law, yearOrDay]) bare = bare.replace(pattern, (found) => " ".repeat(found.length));
  const figure = first(patterns.figure, bare);
  return figure ? figure[0].replace(/[.,]+$/, "") : "";
}

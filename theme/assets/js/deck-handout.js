/** A deck on paper: one page a record, with its short link as text and as a QR code. Seen in print only. */

import { INDEPENDENT, outcomeBasis, outcomeSentence, sourcesOf } from "./deck-talk.js";
import { counted, el } from "./dom.js";
import { clip } from "./deck-fit.js";
import { qrSvg } from "./qr.js";

/** @typedef {import("./deck-talk.js").Talk} Talk */
/** @typedef {import("./deck-talk.js").Item} Item */

/** Outcomes on a page, so that a record stays on one. */
const OUTCOMES = 5;
/** Letters of one point of a list. */
const POINT = 200;

/**
 * @param {Talk} talk
 * @returns {HTMLElement[]}
 */
export function handout(talk) {
  return talk.items.map((item, number) => sheet(talk, item, number + 1));
}

/**
 * @param {Talk} talk
 * @param {Item} item
 * @param {number} number
 */
function sheet(talk, item, number) {
  const { card, outcome } = item;
  const link = el("a", { href: item.short }, item.short);
  return el(
    "article",
    { class: "kb-sheet" },
    el("p", { class: "kb-sheet__above" }, el("span", { dir: "auto" }, talk.title), el("span", {}, `${number} of ${talk.items.length}`)),
    el(
      "header",
      { class: "kb-sheet__head" },
      el("div", {}, el("p", { class: "kb-sheet__kind" }, item.kind), el("h2", { dir: "auto" }, item.title), el("p", { class: "kb-sheet__link" }, link)),
      qrSvg(item.short, `QR code that leads to ${item.title}`),
    ),
    ...(item.note ? [el("div", { class: "kb-sheet__note", dir: "auto" }, ...item.note.split(/\n+/).map((line) => el("p", {}, line)))] : []),
    ...(outcome ? [] : overview(item)),
    ...outcomes(outcome ? [outcome] : card.outcomes),
    ...(outcome ? [] : card.sections.flatMap(({ title, items }) => [el("h3", {}, title), el("ul", {}, ...items.map((text) => el("li", { dir: "auto" }, clip(text, POINT))))])),
    el("h3", {}, "Sources"),
    el("ol", { class: "kb-sheet__sources" }, ...sourcesOf(item).map((source) => sourceLine(source))),
    el("p", { class: "kb-sheet__foot" }, `The sources' addresses are on the page at the short link. Last checked against its sources on ${card.checked}. ${INDEPENDENT}`),
  );
}

/** @param {Item} item */
function overview({ card }) {
  const facts = card.facts.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, clip(text, 100))));
  return [
    el("p", { class: "kb-sheet__summary", dir: "auto" }, card.summary),
    el("dl", { class: "kb-sheet__facts" }, ...facts),
    ...(card.note ? [el("p", { dir: "auto" }, card.note)] : []),
  ];
}

/** @param {import("./deck-talk.js").Outcome[]} list */
function outcomes(list) {
  if (!list.length) return [];
  const lines = list
    .slice(0, OUTCOMES)
    .map((one) => el("li", {}, el("strong", {}, outcomeSentence(one)), ` ${clip(outcomeBasis(one), 150)} [${one.source}]`));
  const left = list.length - lines.length;
  if (left > 0) lines.push(el("li", {}, `${counted(left, "more figure")} at the short link.`));
  return [el("h3", {}, "Outcomes in figures"), el("ul", {}, ...lines)];
}

/**
 * Without its address, which nobody types: the page at the short link has it.
 * @param {{number: number, title: string, about: string}} source
 */
function sourceLine(source) {
  return el("li", { value: String(source.number) }, `${source.title}. ${source.about}. `);
}

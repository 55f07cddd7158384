/**
 * A deck on paper: one page a record, however much there is to say of it. Seen in print only.
 *
 * A sheet is made with all it can hold. If that is higher than a page, it is made again with less, by the steps
 * below, and says how much more there is at its short link.
 */

import { INDEPENDENT, outcomeBasis, outcomeSentence, sourcesOf } from "./deck-talk.js";
import { counted, el } from "./dom.js";
import { clip } from "./deck-fit.js";
import { qrSvg } from "./qr.js";

/** @typedef {import("./deck-talk.js").Talk} Talk */
/** @typedef {import("./deck-talk.js").Item} Item */

/**
 * @typedef {object} Limits how much of each a sheet holds
 * @property {number} points of each list
 * @property {number} outcomes
 * @property {number} sources
 * @property {number} note letters
 */

/**
 * What is left out first: the last points of the lists, then figures, then sources, and last what the one who
 * presents wrote. The last step fits any record.
 * @type {readonly Limits[]}
 */
const STEPS = [
  { points: 99, outcomes: 5, sources: 99, note: 4000 },
  { points: 4, outcomes: 5, sources: 99, note: 4000 },
  { points: 3, outcomes: 5, sources: 99, note: 4000 },
  { points: 2, outcomes: 4, sources: 99, note: 4000 },
  { points: 1, outcomes: 3, sources: 99, note: 4000 },
  { points: 0, outcomes: 3, sources: 12, note: 4000 },
  { points: 0, outcomes: 2, sources: 5, note: 1500 },
  { points: 0, outcomes: 1, sources: 3, note: 500 },
];
/** Letters of one point of a list. */
const POINT = 200;
/** Millimeters that a sheet may be high: the lower of Letter and A4, less the margins and some room for error. */
const HIGHEST = 245;
/** CSS pixels in a millimeter. */
const MILLIMETER = 96 / 25.4;

/**
 * Fill `box` with a sheet for each item, each cut to one page. Takes the time of laying them out: for when a print begins.
 * @param {HTMLElement} box
 * @param {Talk} talk
 */
export function fitted(box, talk) {
  box.classList.add("kb-handout--measured");
  box.replaceChildren();
  talk.items.forEach((item, number) => {
    for (const limits of STEPS) {
      const made = sheet(talk, item, number + 1, limits);
      box.append(made);
      if (made.getBoundingClientRect().height <= HIGHEST * MILLIMETER || limits === STEPS.at(-1)) return;
      made.remove();
    }
  });
  box.classList.remove("kb-handout--measured");
}

/**
 * @param {Talk} talk
 * @param {Item} item
 * @param {number} number
 * @param {Limits} limits
 */
function sheet(talk, item, number, limits) {
  const { card, outcome } = item;
  const link = el("a", { href: item.short }, item.short);
  return el(
    "article",
    { class: "kb-sheet" },
    el("p", { class: "kb-sheet__above" }, el("span", { dir: "auto" }, clip(talk.title, 100)), el("span", {}, `${number} of ${talk.items.length}`)),
    el(
      "header",
      { class: "kb-sheet__head" },
      el("div", {}, el("p", { class: "kb-sheet__kind" }, item.kind), el("h2", { dir: "auto" }, item.title), el("p", { class: "kb-sheet__link" }, link)),
      qrSvg(item.short, `QR code that leads to ${item.title}`),
    ),
    ...note(item.note, limits.note),
    ...(outcome ? [] : overview(item)),
    ...outcomes(outcome ? [outcome] : card.outcomes, limits.outcomes),
    ...(outcome ? [] : card.sections.flatMap(({ title, items }) => points(title, items, limits.points))),
    ...sources(item, limits.sources),
    el("p", { class: "kb-sheet__foot" }, `The sources' addresses are on the page at the short link. Last checked against its sources on ${card.checked}. ${INDEPENDENT}`),
  );
}

/**
 * @param {string} text
 * @param {number} most
 */
function note(text, most) {
  if (!text) return [];
  // Where it is cut, line breaks go as well: a thousand short lines are as high as a long text.
  const shown = text.length > most || most < POINT * 10 ? clip(text.replace(/\s+/g, " "), most) : text;
  return [el("div", { class: "kb-sheet__note", dir: "auto" }, ...shown.split(/\n+/).map((line) => el("p", {}, line)))];
}

/** @param {Item} item */
function overview({ card }) {
  const facts = card.facts.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, clip(text, 100))));
  return [
    el("p", { class: "kb-sheet__summary", dir: "auto" }, clip(card.summary, 3 * POINT)),
    el("dl", { class: "kb-sheet__facts" }, ...facts),
    ...(card.note ? [el("p", { dir: "auto" }, clip(card.note, 2 * POINT))] : []),
  ];
}

/**
 * @param {import("./deck-talk.js").Outcome[]} list
 * @param {number} most
 */
function outcomes(list, most) {
  if (!list.length) return [];
  const lines = list
    .slice(0, most)
    .map((one) => el("li", {}, el("strong", {}, outcomeSentence(one)), ` ${clip(outcomeBasis(one), 150)} [${one.source}]`));
  return [el("h3", {}, "Outcomes in figures"), el("ul", {}, ...lines, ...more(list.length - lines.length, "figure"))];
}

/**
 * @param {string} title
 * @param {string[]} items
 * @param {number} most
 */
function points(title, items, most) {
  const lines = items.slice(0, most).map((text) => el("li", { dir: "auto" }, clip(text, POINT)));
  return [el("h3", {}, title), el("ul", {}, ...lines, ...more(items.length - lines.length, "point"))];
}

/**
 * Without their addresses, which nobody types: the page at the short link has them.
 * @param {Item} item
 * @param {number} most
 */
function sources(item, most) {
  const all = sourcesOf(item);
  const lines = all.slice(0, most).map(({ number, title, about }) => el("li", { value: String(number) }, `${clip(title, POINT)}. ${about}. `));
  const left = all.length - lines.length;
  return [
    el("h3", {}, "Sources"),
    el("ol", { class: "kb-sheet__sources" }, ...lines),
    ...(left ? [el("p", { class: "kb-sheet__foot" }, `${counted(left, "more source")} at the short link.`)] : []),
  ];
}

/**
 * @param {number} left
 * @param {string} what
 */
function more(left, what) {
  return left > 0 ? [el("li", {}, `${counted(left, `more ${what}`)} at the short link.`)] : [];
}

/** Slides of the presentation as elements: what a room can read, one record a slide. */

import { INDEPENDENT, outcomeBasis, outcomeName, outcomeSentence } from "./deck-talk.js";
import { counted, el } from "./dom.js";
import { clip } from "./deck-fit.js";
import { qrSvg } from "./qr.js";

/** @typedef {import("./deck-talk.js").Talk} Talk */
/** @typedef {import("./deck-talk.js").Item} Item */
/** @typedef {import("./deck-talk.js").Outcome} Outcome */

/** Outcomes, or points of a list, on one slide. */
const CHARTS = 2;
const POINTS = 3;
const FACTS = 4;

/**
 * All slides: the title, one for each record, and where to read on.
 * @param {Talk} talk
 * @returns {{title: string, element: HTMLElement, item: Item | null}[]}
 */
export function slides(talk) {
  return [
    { title: talk.title, element: titleSlide(talk), item: null },
    ...talk.items.map((item) => ({ title: item.title, element: itemSlide(item), item })),
    { title: "Where to read on", element: lastSlide(talk), item: null },
  ];
}

/** @param {Talk} talk */
function titleSlide(talk) {
  return el(
    "section",
    { class: "kb-slide kb-slide--title" },
    el("p", { class: "kb-slide__kind" }, "Rewire"),
    heading(talk.title),
    ...(talk.summary ? [el("p", { class: "kb-slide__summary", dir: "auto" }, talk.summary)] : []),
    el("p", {}, `${counted(talk.items.length, "page")} of the library, each with its evidence and its sources.`),
    el("p", { class: "kb-slide__small" }, INDEPENDENT),
  );
}

/** @param {Item} item */
function itemSlide(item) {
  const { card, outcome } = item;
  const charted = outcome ? [outcome] : card.outcomes.filter((one) => one.bars.length === 2).slice(0, CHARTS);
  const points = charted.length ? [] : (card.sections[0]?.items.slice(0, POINTS) ?? []);
  return el(
    "section",
    { class: "kb-slide" },
    el("p", { class: "kb-slide__kind" }, item.kind),
    heading(item.title),
    el(
      "div",
      { class: "kb-slide__body" },
      el(
        "div",
        { class: "kb-slide__main" },
        ...(outcome ? [] : [el("p", { class: "kb-slide__summary", dir: "auto" }, card.summary)]),
        ...charted.map((one) => outcomeElement(one, outcome !== null)),
        ...(points.length ? [el("h3", {}, card.sections[0]?.title ?? ""), el("ul", {}, ...points.map((text) => el("li", { dir: "auto" }, clip(text, 160))))] : []),
      ),
      el("dl", { class: "kb-slide__facts" }, ...card.facts.slice(0, FACTS).map(fact)),
    ),
    el(
      "footer",
      { class: "kb-slide__foot" },
      qrSvg(item.short, `QR code that leads to ${item.title}`),
      el("a", { href: item.short }, item.short.replace(/^https?:\/\//, "")),
    ),
  );
}

/**
 * The first two facts of a record matter most, and are large where they are short.
 * @param {[string, string]} named
 * @param {number} number
 */
function fact([name, text], number) {
  const size = number < 2 && text.length <= 40 ? "kb-slide__fact kb-slide__fact--large" : "kb-slide__fact";
  return el("div", { class: size }, el("dt", {}, name), el("dd", {}, clip(text, 120)));
}

/**
 * @param {Outcome} one
 * @param {boolean} alone
 */
function outcomeElement(one, alone) {
  const shares = one.unit === "percent" && one.bars.every((bar) => bar.value <= 100);
  const longest = shares ? 100 : Math.max(...one.bars.map((bar) => bar.value), 1);
  const bars = one.bars.map((bar, number) => {
    const length = el("span", { class: "kb-slide__length" });
    length.style.inlineSize = `${(100 * bar.value) / longest}%`;
    return el(
      "div",
      { class: `kb-slide__bar${number ? " kb-slide__bar--comparison" : ""}` },
      el("span", { class: "kb-slide__label" }, bar.label),
      el("span", { class: "kb-slide__track", "aria-hidden": "true" }, length),
      el("strong", {}, bar.text),
    );
  });
  return el(
    "div",
    { class: "kb-slide__outcome" },
    el("h3", {}, outcomeName(one), one.difference ? el("span", { class: "kb-slide__difference" }, one.difference) : ""),
    ...(bars.length ? bars : [el("p", {}, outcomeSentence(one))]),
    ...(alone ? [el("p", { class: "kb-slide__small" }, outcomeBasis(one))] : []),
  );
}

/** @param {Talk} talk */
function lastSlide(talk) {
  const links = talk.items.map((item) => el("li", {}, el("span", { dir: "auto" }, item.title), " ", el("a", { href: item.short }, item.short.replace(/^https?:\/\//, ""))));
  return el(
    "section",
    { class: "kb-slide kb-slide--last" },
    el("p", { class: "kb-slide__kind", dir: "auto" }, talk.title),
    heading("Where to read on"),
    el("ul", { class: "kb-slide__links" }, ...links),
    el("p", { class: "kb-slide__small" }, INDEPENDENT),
    el("footer", { class: "kb-slide__foot" }, qrSvg(talk.short, "QR code that leads to the library"), el("a", { href: talk.short }, talk.short.replace(/^https?:\/\//, ""))),
  );
}

/** @param {string} text */
function heading(text) {
  const size = text.length > 140 ? " kb-slide__title--long" : "";
  return el("h2", { class: `kb-slide__title${size}`, dir: "auto" }, text);
}

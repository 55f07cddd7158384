/**
 * A deck as a PowerPoint file: real text, native charts that can be edited, notes, links and alternative texts.
 *
 * PptxGenJS makes it. The library is large, so it is fetched when the first file is asked for.
 */

import { INDEPENDENT, notesOf, outcomeBasis, outcomeSentence, sourcesOf } from "./deck-talk.js";
import * as Slides from "./pptx-slides.js";

/** @typedef {import("./deck-talk.js").Talk} Talk */
/** @typedef {import("./deck-talk.js").Item} Item */
/** @typedef {import("./deck-talk.js").Outcome} Outcome */

/** Outcomes in one chart: more can't be read from the back of a room. */
const IN_CHART = 3;

/**
 * @param {Talk} talk
 * @returns {Promise<Blob>}
 */
export async function pptxFile(talk) {
  const { PptxGenJS, JSZip } = await library();
  const pptx = new PptxGenJS();
  const whole = printable(talk);
  pptx.title = whole.title;
  pptx.author = "Rewire";
  pptx.company = "Rewire, an independent project";
  Slides.defineMaster(pptx);
  titleSlide(pptx, whole);
  for (const item of whole.items) addItem(pptx, item);
  sourceSlides(pptx, whole);
  return mended(await pptx.write({ outputType: "arraybuffer" }), JSZip);
}

/**
 * @param {any} pptx
 * @param {Talk} talk
 */
function titleSlide(pptx, talk) {
  const count = talk.items.length;
  const words = [talk.summary, `${count} ${count === 1 ? "page" : "pages"} of the library, each with its evidence and its sources.`, INDEPENDENT].filter(Boolean);
  const notes = [`Short link: ${talk.short}`, ...talk.items.map((item, number) => `${number + 1}. ${item.title}: ${item.short}`), INDEPENDENT];
  Slides.addWords(Slides.baseSlide(pptx, { title: talk.title, above: "Rewire", short: talk.short, about: "this deck's page", notes }), words);
}

/**
 * @param {any} pptx
 * @param {Item} item
 */
function addItem(pptx, item) {
  const { card, outcome } = item;
  /** @param {string} part @param {string[]} [before] */
  const slide = (part, before = []) =>
    Slides.baseSlide(pptx, {
      title: item.title,
      above: part ? `${item.kind} | ${part}` : item.kind,
      short: item.short,
      about: item.title,
      notes: [...before, ...notesOf(item)],
    });
  if (outcome) {
    const one = slide("");
    if (outcome.bars.length === 2) Slides.addChart(pptx, one, [outcome]);
    else Slides.addTable(one, [outcome]);
    return;
  }
  Slides.addOverview(slide(""), card.summary, card.facts);
  const charted = card.outcomes.filter((one) => one.bars.length === 2);
  for (const group of chartGroups(charted)) {
    Slides.addChart(pptx, slide("Program and comparison", group.flatMap(said)), group);
  }
  const others = card.outcomes.filter((one) => one.bars.length !== 2);
  for (const page of Slides.tablePages(others)) {
    Slides.addTable(slide(charted.length ? "Other figures" : "Figures", page.flatMap(said)), page);
  }
  for (const page of Slides.pointPages(card.sections)) {
    Slides.addPoints(slide([...new Set(page.map(({ section }) => section))].join(", ")), page);
  }
}

/**
 * Outcomes that can share a chart: one unit, and for sums one size, so that no bar vanishes.
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome[][]}
 */
function chartGroups(outcomes) {
  /** @type {Map<string, Outcome[]>} */
  const byUnit = new Map();
  for (const one of outcomes) {
    const largest = Math.max(...one.bars.map((bar) => bar.value), 1);
    const key = one.unit === "percent" ? one.unit : `${one.unit} ${Math.floor(Math.log10(largest))}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), one]);
  }
  return [...byUnit.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / IN_CHART) }, (_, n) => group.slice(n * IN_CHART, (n + 1) * IN_CHART)),
  );
}

/** @param {Outcome} one */
function said(one) {
  return [outcomeSentence(one), `${outcomeBasis(one)} As printed: “${one.printed}” [${one.source}]`];
}

/**
 * @param {any} pptx
 * @param {Talk} talk
 */
function sourceSlides(pptx, talk) {
  const list = talk.items.flatMap((item) => [
    { head: item.title },
    ...sourcesOf(item).map((source) => ({ text: `${source.number}. ${source.title}. ${source.about}.`, url: source.url })),
  ]);
  const all = Slides.sourcePages(list);
  all.forEach((page, number) => {
    const isLast = number === all.length - 1;
    const title = all.length > 1 ? `Sources (${number + 1} of ${all.length})` : "Sources";
    const notes = [INDEPENDENT, `Short link: ${talk.short}`];
    const slide = Slides.baseSlide(pptx, { title, above: talk.title, short: talk.short, about: "this deck's page", notes });
    Slides.addSources(slide, page, isLast ? INDEPENDENT : "");
  });
}

/**
 * The same with the characters left out that no XML file may hold: a note may have been pasted from anywhere.
 * @template T
 * @param {T} value
 * @returns {T}
 */
function printable(value) {
  const text = JSON.stringify(value, (_, part) =>
    typeof part === "string" ? part.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "") : part,
  );
  return JSON.parse(text);
}

/**
 * Mend what PptxGenJS 4.0.1 leaves: notes are one paragraph, whose line breaks PowerPoint shows as blanks; and a
 * title has a number of its own, so that nothing (an outline, a screen reader) takes it for the title.
 * @param {ArrayBuffer} file
 * @param {any} JSZip
 * @returns {Promise<Blob>}
 */
async function mended(file, JSZip) {
  const zip = await JSZip.loadAsync(file);
  const mend = async (/** @type {RegExp} */ names, /** @type {(xml: string) => string} */ change) => {
    for (const entry of zip.file(names)) zip.file(entry.name, change(await entry.async("string")));
  };
  const paragraph = '</a:t></a:r></a:p><a:p><a:r><a:rPr lang="en-US" dirty="0"/><a:t>';
  await mend(/^ppt\/notesSlides\/notesSlide\d+\.xml$/, (xml) =>
    xml.replace(/<a:t>([^<]*\n[^<]*)<\/a:t>/, (_, text) => `<a:t>${text.split(/[\r\n]+/).join(paragraph)}</a:t>`),
  );
  await mend(/^ppt\/(slides|slideLayouts)\/\w+\.xml$/, (xml) => xml.replace(/<p:ph\s+idx="\d+"\s+type="title"/g, '<p:ph type="title"'));
  const type = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  return zip.generateAsync({ type: "blob", mimeType: type, compression: "DEFLATE" });
}

/** @type {Promise<{PptxGenJS: any, JSZip: any}> | undefined} */
let loading;

/** The library is a plain script that leaves two globals. */
function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../vendor/pptxgen.bundle.js", import.meta.url).href;
    script.onload = () => resolve(/** @type {any} */ (globalThis));
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error("PptxGenJS could not be loaded."));
    };
    document.head.append(script);
  });
  return loading;
}

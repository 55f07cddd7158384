/**
 * The slides of a PowerPoint file: where things stand, in inches on a page of 13.33 by 7.5, and how they look.
 * `deck-pptx.js` says which slides there are.
 */

import { clip, evenPages, lines, pages, pieces, sizeFor } from "./deck-fit.js";
import { outcomeBasis, outcomeName, outcomeSentence } from "./deck-talk.js";
import { qrPng } from "./qr.js";

/** @typedef {import("./deck-talk.js").Outcome} Outcome */
/** @typedef {any} Slide a slide of PptxGenJS */
/** @typedef {{text: string, options?: Record<string, unknown>}} Run */

/** The light palette of tokens.css. */
const COLOR = {
  ground: "FDFCF9", surface: "F4F1E9", text: "22282A", muted: "565E5F",
  border: "DCD7CA", accent: "0F5C4F", comparison: "B9B29F",
};
/** Fonts that every PowerPoint has; the library's own would be replaced on another machine. */
const HEADING = "Georgia";
const BODY = "Calibri";
const MASTER = "Rewire";
const TITLE = { x: 0.6, y: 0.7, w: 10.7, h: 1.1 };
const BODY_BOX = { x: 0.6, y: 2.0, w: 12.1, h: 4.5 };
const BULLET_SIZE = 18;
const BULLET_LINES = 14;

/** @param {any} pptx */
export function defineMaster(pptx) {
  pptx.layout = "LAYOUT_WIDE";
  pptx.theme = { headFontFace: HEADING, bodyFontFace: BODY };
  pptx.defineSlideMaster({
    title: MASTER,
    background: { color: COLOR.ground },
    objects: [
      { rect: { x: 0, y: 0, w: 0.14, h: 7.5, fill: { color: COLOR.accent } } },
      { line: { x: 0.6, y: 6.75, w: 12.1, h: 0, line: { color: COLOR.border, width: 1 } } },
      { placeholder: { options: { name: "title", type: "title", ...TITLE, align: "left", valign: "top", margin: 0, fontFace: HEADING, fontSize: 28, bold: true, color: COLOR.text }, text: "" } },
    ],
    slideNumber: { x: 12.3, y: 6.88, w: 0.5, h: 0.3, fontFace: BODY, fontSize: 11, color: COLOR.muted, align: "right" },
  });
}

/**
 * A slide with what all of them have: title, kind, short link, QR code and speaker notes.
 * @param {any} pptx
 * @param {{title: string, above?: string, short: string, about: string, notes: string[]}} parts `about`: what the
 *   short link leads to
 * @returns {Slide}
 */
export function baseSlide(pptx, { title, above = "", short, about, notes }) {
  const slide = pptx.addSlide({ masterName: MASTER });
  // The heading font is wider than the average that sizes are worked out with.
  const fontSize = sizeFor(title, { ...TITLE, w: 0.85 * TITLE.w }, [30, 26, 22, 19, 16, 14, 12]);
  // In a run of its own: options of the text as a whole would give way to the placeholder's.
  slide.addText([{ text: title, options: { fontSize, ...direction(title) } }], { placeholder: "title" });
  if (above) slide.addText(clip(above, 100), { objectName: "Kind", x: 0.6, y: 0.32, w: 10.7, h: 0.32, margin: 0, fontFace: BODY, fontSize: 13, bold: true, color: COLOR.accent });
  slide.addImage({ objectName: "QR code", data: qrPng(short), x: 11.6, y: 0.32, w: 1.35, h: 1.35, altText: `QR code that leads to ${about}: ${short}`, hyperlink: { url: short } });
  slide.addText(
    [
      { text: "Rewire, an independent project, not a government site  |  ", options: { color: COLOR.muted } },
      { text: short, options: { hyperlink: { url: short }, color: COLOR.accent } },
    ],
    { objectName: "Short link", x: 0.6, y: 6.85, w: 11.4, h: 0.36, margin: 0, fontFace: BODY, fontSize: 12, fit: "shrink" },
  );
  slide.addNotes(notes.join("\n"));
  return slide;
}

/**
 * The title slide's words, below its title.
 * @param {Slide} slide
 * @param {string[]} paragraphs
 */
export function addWords(slide, paragraphs) {
  const text = paragraphs.join("\n");
  const fontSize = sizeFor(text, BODY_BOX, [22, 20, 18, 16]);
  slide.addText(paragraphs.map((one) => paragraph(one, { paraSpaceAfter: 10, color: COLOR.text })), { objectName: "Words", ...BODY_BOX, margin: 0, valign: "top", fontFace: BODY, fontSize });
}

/**
 * What a page is about: its summary, and the facts beside it, the first two of them large.
 * @param {Slide} slide
 * @param {string} summary
 * @param {[string, string][]} facts
 */
export function addOverview(slide, summary, facts) {
  const box = { x: 0.6, y: 2.0, w: 7.3, h: 4.5 };
  slide.addText(summary, { objectName: "Summary", ...box, margin: 0, valign: "top", fontFace: BODY, fontSize: sizeFor(summary, box, [24, 22, 20, 18]), color: COLOR.text, lineSpacingMultiple: 1.05, ...direction(summary) });
  const runs = facts.flatMap(([name, value], number) => {
    const isLarge = number < 2 && value.length <= 40;
    return [
      { text: name, options: { fontSize: 12, color: COLOR.muted, breakLine: true } },
      paragraph(clip(value, 110), { fontSize: isLarge ? 20 : 14, bold: isLarge, color: COLOR.text, paraSpaceAfter: 8 }),
    ];
  });
  slide.addText(runs, { objectName: "Facts", x: 8.4, y: 2.0, w: 4.3, h: 4.5, margin: [8, 12, 8, 12], valign: "top", fontFace: BODY, fill: { color: COLOR.surface } });
}

/** @typedef {{section: string, isFirst: boolean, text: string}} Point */

/**
 * Lists with their headings, cut into as many pages as they need.
 * @param {readonly {title: string, items: string[]}[]} sections
 * @returns {Point[][]}
 */
export function pointPages(sections) {
  const points = sections.flatMap(({ title, items }) =>
    items.flatMap((item) => pieces(item, 600)).map((text, number) => ({ section: title, isFirst: number === 0, text })),
  );
  const weight = (/** @type {Point} */ { isFirst, text }) => lines(text, BODY_BOX.w - 0.4, BULLET_SIZE) + (isFirst ? 1.95 : 0.45);
  return evenPages(points, weight, BULLET_LINES);
}

/**
 * @param {Slide} slide
 * @param {readonly Point[]} points
 */
export function addPoints(slide, points) {
  const runs = points.flatMap(({ section, isFirst, text }, number) => [
    ...(isFirst ? [paragraph(section, { bold: true, color: COLOR.accent, paraSpaceBefore: number ? 8 : 0, paraSpaceAfter: 5 })] : []),
    paragraph(text, { bullet: { indent: 18 }, paraSpaceAfter: 8, color: COLOR.text }),
  ]);
  slide.addText(runs, { objectName: "List", ...BODY_BOX, margin: 0, valign: "top", fontFace: BODY, fontSize: BULLET_SIZE });
}

/**
 * A native chart of program and comparison, with what each difference means beside it.
 * @param {any} pptx
 * @param {Slide} slide
 * @param {readonly Outcome[]} outcomes of one unit, each with two bars
 */
export function addChart(pptx, slide, outcomes) {
  const labels = outcomes.map((one) => clip(outcomeName(one), 70));
  const others = new Set(outcomes.map((one) => one.bars[1]?.label));
  const series = [
    { name: "Program", labels, values: outcomes.map((one) => one.bars[0]?.value) },
    { name: others.size === 1 ? [...others][0] : "Comparison", labels, values: outcomes.map((one) => one.bars[1]?.value) },
  ];
  const values = series.flatMap((one) => one.values).filter((value) => value !== undefined);
  const format = numberFormat(outcomes[0]?.unit ?? "", values);
  const isShare = outcomes[0]?.unit === "percent" && Math.max(...values) <= 100;
  slide.addChart(pptx.charts.BAR, series, {
    objectName: "Chart", x: 0.5, y: 1.95, w: 8.1, h: 4.65,
    altText: `Bar chart. ${outcomes.map(outcomeSentence).join(" ")}`,
    barDir: "bar", barGapWidthPct: 60, catAxisOrientation: "maxMin", valAxisHidden: true,
    valAxisMinVal: 0, ...(isShare ? { valAxisMaxVal: 100 } : {}),
    chartColors: [COLOR.accent, COLOR.comparison], valGridLine: { style: "none" }, catGridLine: { style: "none" },
    catAxisLabelFontFace: BODY, catAxisLabelFontSize: 13, catAxisLabelColor: COLOR.text,
    showValue: true, dataLabelFormatCode: format, valLabelFormatCode: format, dataLabelFontFace: BODY, dataLabelFontSize: 14, dataLabelFontBold: true, dataLabelColor: COLOR.text, dataLabelPosition: "outEnd",
    showLegend: true, legendPos: "b", legendFontFace: BODY, legendFontSize: 13, legendColor: COLOR.text,
  });
  const runs = outcomes.flatMap((one) => [
    { text: one.difference, options: { fontSize: outcomes.length === 1 ? 32 : 20, bold: true, color: COLOR.accent, breakLine: true } },
    paragraph(outcomeName(one), { bold: true, color: COLOR.text }),
    paragraph(clip(outcomeBasis(one), 220), { color: COLOR.muted, paraSpaceAfter: 9 }),
  ]);
  slide.addText(runs, { objectName: "Differences", x: 8.8, y: 2.0, w: 3.9, h: 4.5, margin: 0, valign: "top", fontFace: BODY, fontSize: outcomes.length > 2 ? 12 : 14 });
}

/**
 * Outcomes without a chart, cut into pages of a table.
 * @param {readonly Outcome[]} outcomes
 * @returns {Outcome[][]}
 */
export function tablePages(outcomes) {
  const weight = (/** @type {Outcome} */ one) =>
    Math.max(lines(outcomeName(one), 4.2, 14), lines(result(one), 3.0, 16), lines(clip(outcomeBasis(one), 260), 4.5, 13)) + 0.9;
  return pages(outcomes, weight, 15);
}

/**
 * @param {Slide} slide
 * @param {readonly Outcome[]} outcomes
 */
export function addTable(slide, outcomes) {
  const head = ["Outcome", "Result", "How it was measured"].map((text) => ({ text, options: { bold: true, fontSize: 12, color: COLOR.muted } }));
  const rows = outcomes.map((one) => [
    { text: outcomeName(one), options: { fontSize: 14 } },
    { text: result(one), options: { fontSize: 16, bold: true } },
    { text: clip(outcomeBasis(one), 260), options: { fontSize: 13, color: COLOR.muted } },
  ]);
  const line = { type: "solid", pt: 1, color: COLOR.border };
  slide.addTable([head, ...rows], { objectName: "Outcomes", x: 0.6, y: 1.95, w: 12.1, colW: [4.4, 3.1, 4.6], margin: [0.06, 0.1, 0.06, 0], fontFace: BODY, color: COLOR.text, valign: "top", border: [{ type: "none" }, { type: "none" }, line, { type: "none" }] });
}

/** @typedef {{head: string} | {text: string, url: string}} SourceLine */

/**
 * @param {readonly SourceLine[]} list
 * @returns {SourceLine[][]}
 */
export function sourcePages(list) {
  const all = pages(list, (one) => ("head" in one ? 1.5 : lines(`${one.text} ${hostOf(one.url)}`, BODY_BOX.w, 11) + 0.15), 22);
  all.forEach((page, number) => {
    const last = page[page.length - 1];
    const next = all[number + 1];
    if (last && "head" in last && next) next.unshift(...page.splice(-1)); // a heading stays with its sources
  });
  return all;
}

/**
 * @param {Slide} slide
 * @param {readonly SourceLine[]} list
 * @param {string} last a line below the list; may be empty
 */
export function addSources(slide, list, last) {
  const runs = list.flatMap((one) =>
    "head" in one
      ? [paragraph(one.head, { bold: true, color: COLOR.text, paraSpaceBefore: 4 })]
      : [
          { text: `${one.text} `, options: { color: COLOR.text, breakLine: false, ...direction(one.text) } },
          { text: hostOf(one.url), options: { color: COLOR.accent, hyperlink: { url: one.url }, breakLine: true } },
        ],
  );
  slide.addText(runs, { objectName: "Sources", ...BODY_BOX, y: 1.75, h: 4.55, margin: 0, valign: "top", fontFace: BODY, fontSize: 11 });
  if (last) slide.addText(last, { objectName: "Who we are", x: 0.6, y: 6.32, w: 12.1, h: 0.36, margin: 0, fontFace: BODY, fontSize: 13, bold: true, color: COLOR.text });
}

/**
 * Where a source stands, short enough to read; the whole address is behind it and in the notes.
 * @param {string} url
 */
function hostOf(url) {
  return new URL(url).hostname.replace(/^www\./, "");
}

/** @param {Outcome} one */
function result(one) {
  if (one.comparison) return `${one.value}, ${one.comparisonLabel || "comparison"} ${one.comparison} (${one.difference})`;
  return one.difference ? `${one.difference} (difference)` : one.value;
}

/**
 * @param {string} text
 * @param {Record<string, unknown>} options
 * @returns {Run}
 */
function paragraph(text, options) {
  return { text, options: { ...options, breakLine: true, ...direction(text) } };
}

/**
 * Options that let Arabic or Hebrew run from right to left.
 * @param {string} text
 */
function direction(text) {
  const first = text.match(/\p{L}/u)?.[0] ?? "";
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first) ? { rtlMode: true, align: "right", lang: "ar-SA" } : {};
}

/**
 * The format code of a chart's values, with as many decimals as the source gives (at most two).
 * @param {string} unit
 * @param {number[]} values
 */
function numberFormat(unit, values) {
  const places = Math.min(2, Math.max(0, ...values.map((value) => (String(value).split(".")[1] ?? "").length)));
  const number = `#,##0${places ? `.${"0".repeat(places)}` : ""}`;
  if (unit === "percent") return `${number}"%"`;
  return unit === "usd" ? `"$"${number}` : number;
}

/**
 * The passage of a page that answers best, with the words marked, and the section it stands in.
 *
 * @typedef {import("./search-question.js").Group} Group
 * @typedef {{text: string, marked: boolean}} Part
 *
 * @typedef {object} Kept what Pagefind keeps of a page
 * @property {string} url
 * @property {string} content its words, with single spaces
 * @property {Record<string, string>} meta
 * @property {{element: string, id: string, text: string, location: number}[]} anchors
 */

import { stem, tokens } from "./search-text.js";

/** Words of a passage. */
const LENGTH = 36;
/** Words before the first marked one that may be shown, to begin with a sentence. */
const LEAD = 14;
/** Ids of parts of pages that only list names. */
const LISTS = new Set(["also-called", "key-facts", "sources", "citations"]);
/** Id of the words that are indexed and not shown, at the end of a page. */
const END = "kb-other-words";
/** Pagefind begins its files with this. */
const SIGNATURE = "pagefind_dcd";

/**
 * @param {string} text the file of a page as Pagefind writes it, unpacked
 * @returns {Kept}
 */
export function parseKept(text) {
  if (!text.startsWith(SIGNATURE)) throw new Error("not a file of Pagefind's");
  return JSON.parse(text.slice(SIGNATURE.length));
}

/**
 * Tells whether a word was asked for: by itself, or inside a name that was.
 * @param {readonly Group[]} groups
 * @returns {(word: string) => string} the stem that was asked for, or empty
 */
export function asked(groups) {
  const stems = new Set(groups.flatMap((group) => group.words).map(stem));
  // A name that the page knows by another: "ex-con" marks "justice-involved".
  for (const entry of groups.flatMap((group) => group.entries)) {
    for (const token of tokens(entry.title)) if (!token.small) stems.add(token.stem);
  }
  const beginnings = groups.flatMap((group) => group.words).filter((word) => word.length > 3);
  const find = (/** @type {string} */ word) => {
    const token = tokens(word)[0];
    if (!token) return "";
    if (stems.has(token.stem)) return token.stem;
    return beginnings.find((begin) => token.word.startsWith(begin)) ?? "";
  };
  // Pages repeat their words, and each other's.
  /** @type {Map<string, string>} */
  const found = new Map();
  return (word) => {
    let stem = found.get(word);
    if (stem === undefined) found.set(word, (stem = find(word)));
    return stem;
  };
}

/**
 * @param {Kept} kept
 * @param {(word: string) => string} isAsked as from `asked`; where it knows no word, how the page begins is shown
 * @returns {{parts: Part[], section: {id: string, title: string} | null}}
 */
export function passage(kept, isAsked) {
  const words = kept.content.split(" ");
  const title = kept.anchors.find((anchor) => anchor.element === "h1");
  const first = title ? tokensIn(title.text) : 0;
  const skipped = lists(kept);
  const body = words.slice(0, skipped.end);
  const hits = body.map(isAsked).map((found, at) => (at < first || skipped.has(at) ? "" : found));
  const start = best(hits, first);
  const from = start >= 0 ? sentenceStart(body, start, first) : first;
  const shown = body.slice(from, from + LENGTH);
  const parts = shown.map((word, at) => ({ text: word, marked: Boolean(hits[from + at]) }));
  return {
    parts: joined(parts, from + LENGTH < body.length),
    section: start >= 0 ? sectionAt(kept, start) : null,
  };
}

/**
 * The parts of a page that are lists of names: they have every word and say nothing.
 * @param {Kept} kept
 */
function lists(kept) {
  const places = kept.anchors.filter((anchor) => /^h\d$/.test(anchor.element) || LISTS.has(anchor.id) || anchor.id === END);
  const spans = places.flatMap((anchor, at) => {
    const end = places[at + 1]?.location ?? Infinity;
    return LISTS.has(anchor.id) ? [[anchor.location, end]] : [];
  });
  return {
    /** Behind it stand words that are only indexed. */
    end: kept.anchors.find((anchor) => anchor.id === END)?.location,
    has: (/** @type {number} */ at) => spans.some(([start, end]) => at >= start && at < end),
  };
}

/**
 * Where the window with most of what was asked for begins: different words before many; -1 where none is.
 * @param {string[]} hits
 * @param {number} first
 */
function best(hits, first) {
  let [found, foundScore] = [-1, 0];
  for (let at = first; at < hits.length; at++) {
    if (!hits[at]) continue;
    const inside = hits.slice(at, at + LENGTH - LEAD).filter(Boolean);
    const score = new Set(inside).size * 10 + Math.min(inside.length, 9);
    if (score > foundScore) [found, foundScore] = [at, score];
  }
  return found;
}

/**
 * @param {string[]} words
 * @param {number} start
 * @param {number} first
 */
function sentenceStart(words, start, first) {
  for (let at = start; at > Math.max(first, start - LEAD); at--) {
    if (/[.!?:]["”’)]*$/.test(words[at - 1])) return at;
  }
  return Math.max(first, start - 4);
}

/**
 * @param {Kept} kept
 * @param {number} location in words
 */
function sectionAt(kept, location) {
  const headings = kept.anchors.filter((anchor) => /^h[2-4]$/.test(anchor.element) && anchor.location <= location);
  const last = headings[headings.length - 1];
  return last ? { id: last.id, title: last.text.replace(/¶$/, "").trim() } : null;
}

/**
 * Neighbouring words of one kind as one part, with dots where the passage is cut.
 * @param {Part[]} parts
 * @param {boolean} goesOn
 */
function joined(parts, goesOn) {
  /** @type {Part[]} */
  const found = [];
  if (/^\p{Ll}/u.test(parts[0]?.text ?? "")) found.push({ text: "… ", marked: false });
  for (const [at, part] of parts.entries()) {
    const last = found[found.length - 1];
    const space = at ? " " : "";
    if (last && last.marked === part.marked) last.text += space + part.text;
    else if (part.marked) {
      if (last) last.text += space;
      found.push({ text: part.text, marked: true });
    } else found.push({ text: space + part.text, marked: false });
  }
  const end = found[found.length - 1];
  if (end && goesOn && !/[.!?]["”’)]*$/.test(end.text)) found.push({ text: "…", marked: false });
  return found;
}

/** @param {string} text */
function tokensIn(text) {
  return text.trim().split(/\s+/).length;
}

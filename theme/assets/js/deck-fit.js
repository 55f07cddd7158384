/**
 * What fits on a slide, estimated from the number of characters: PowerPoint shrinks text only when somebody
 * edits it, so sizes and page breaks must be right when the file is made. Lengths are in inches, type in points.
 */

/** Width of an average letter as a share of the type size, for the sans-serif that slides use. */
const LETTER = 0.5;

/**
 * How wide a text is, in average letters: wide scripts and pictures count twice.
 * @param {string} text
 */
export function width(text) {
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/gu);
  return [...text].length + (wide?.length ?? 0);
}

/**
 * Lines that a text takes in a box so wide, at such a type size.
 * @param {string} text
 * @param {number} inches
 * @param {number} points
 */
export function lines(text, inches, points) {
  const perLine = Math.max(1, Math.floor((inches * 72) / (points * LETTER)));
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / perLine)), 0);
}

/**
 * The largest of some type sizes at which a text fits a box; the smallest where none does.
 * @param {string} text
 * @param {{w: number, h: number}} box
 * @param {readonly number[]} sizes largest first
 */
export function sizeFor(text, box, sizes) {
  const fits = (/** @type {number} */ points) => (lines(text, box.w, points) * points * 1.2) / 72 <= box.h;
  return sizes.find(fits) ?? sizes[sizes.length - 1] ?? 12;
}

/**
 * Cut a list into pages.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => number} weight
 * @param {number} most weight of a page; an item heavier than that gets one by itself
 * @returns {T[][]}
 */
export function pages(items, weight, most) {
  /** @type {T[][]} */
  const all = [];
  let filled = Infinity;
  for (const item of items) {
    const its = weight(item);
    if (filled + its > most) {
      all.push([]);
      filled = 0;
    }
    all[all.length - 1]?.push(item);
    filled += its;
  }
  return all;
}

/**
 * The same number of pages with about as much on each: no last page with a single line.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => number} weight
 * @param {number} most
 * @returns {T[][]}
 */
export function evenPages(items, weight, most) {
  const needed = pages(items, weight, most);
  const total = items.reduce((sum, item) => sum + weight(item), 0);
  for (let limit = total / Math.max(1, needed.length); limit < most; limit += 0.5) {
    const tried = pages(items, weight, limit);
    if (tried.length <= needed.length) return tried;
  }
  return needed;
}

/**
 * Cut a text after sentences into pieces of at most so many letters; a longer sentence is cut at a space.
 * @param {string} text
 * @param {number} most
 * @returns {string[]}
 */
export function pieces(text, most) {
  if (width(text) <= most) return [text];
  const words = text.split(/(?<=[.!?؟。])\s+/u).flatMap((sentence) => (width(sentence) > most ? sentence.split(/\s+/) : [sentence]));
  /** @type {string[]} */
  const all = [];
  for (const word of words.flatMap((one) => (width(one) > most ? chop(one, most) : [one]))) {
    const last = all[all.length - 1];
    if (last !== undefined && width(last) + width(word) < most) all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
  }
  return all;
}

/**
 * @param {string} text without a space in it
 * @param {number} most
 */
function chop(text, most) {
  const letters = [...text];
  const step = Math.max(1, Math.floor(most / 2));
  return Array.from({ length: Math.ceil(letters.length / step) }, (_, n) => letters.slice(n * step, (n + 1) * step).join(""));
}

/**
 * At most so many letters, with an ellipsis where some were left out.
 * @param {string} text
 * @param {number} most
 */
export function clip(text, most) {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}

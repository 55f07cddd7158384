/** The patterns of the check (generator/checks/prose.py), which form.json carries. */

/** @typedef {Record<string, RegExp>} Patterns */

/**
 * @param {Record<string, [string, string]>} written source and flags by name
 * @returns {Patterns}
 */
export function patternsFrom(written) {
  return Object.fromEntries(Object.entries(written).map(([name, [source, flags]]) => [name, new RegExp(source, flags)]));
}

/**
 * The first match, without regard to where an earlier search ended.
 * @param {RegExp} pattern
 * @param {string} text
 */
export function first(pattern, text) {
  pattern.lastIndex = 0;
  const found = pattern.exec(text);
  pattern.lastIndex = 0; // `matchAll` begins where the pattern stands
  return found;
}

/**
 * The text with code blanked out, every other character in its old place.
 * @param {string} text
 * @param {Patterns} patterns
 */
export function withoutCode(text, patterns) {
  return text.replace(patterns.code, (code) => code.replace(/[^\n]/g, " "));
}

/**
 * The ids of the sources that a text cites, each once.
 * @param {string} text
 * @param {Patterns} patterns
 * @returns {string[]}
 */
export function citations(text, patterns) {
  const found = [...text.matchAll(patterns.citation)].flatMap((mark) => idsIn(mark[1]));
  return [...new Set(found)];
}

/**
 * The ids inside one citation mark.
 * @param {string} mark
 */
export function idsIn(mark) {
  return mark.split(",").map((id) => id.trim());
}

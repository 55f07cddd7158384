/**
 * Words, as the search compares them: without case, accents, punctuation and the commonest endings.
 *
 * Pagefind stems words by itself; this is for what happens outside of it: finding names in a question, and
 * marking words in a passage.
 */

/** Words that say nothing about a page of this library; asking for them only costs matches. */
const SMALL_WORDS = new Set(
  (
    "a about after all also am an and any are as at be been being but by can could did do does for from get gets getting give had happen happened happens has " +
    "have how i if in into is isn it its just let like ll make me my need needs no not of on or our out over please re s should show " +
    "so some someone something t tell than that the their them then there these they thing things this those to too us ve " +
    "actually again around back because before best better both come doesn don done down each else end ever every go goes going good got he her here him his " +
    "instead know let lot made makes many much never new now off once one only other really right see sit soon still sure take there two up us use used using " +
    "very want wants was way ways we well were what when where whether which while who whom whose why will with would you your"
  ).split(" "),
);

/**
 * One word of a text.
 * @typedef {object} Token
 * @property {string} text as written
 * @property {string} word in lower case, without accents
 * @property {string} stem
 * @property {boolean} small says nothing by itself
 * @property {boolean} [guessed] the spelling is a guess
 */

/**
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  const found = text.normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  return found.map((written) => {
    const word = written.toLowerCase();
    return { text: written, word, stem: stem(word), small: SMALL_WORDS.has(word) };
  });
}

/** Endings that make no other thing of a word, longest first, and what they leave. */
const ENDINGS = /** @type {[RegExp, string][]} */ ([
  [/^(.{5,})ships?$/, "$1"],
  [/^(.{3,})ies$/, "$1y"],
  [/^(.{3,}(?:ss|x|ch|sh))es$/, "$1"],
  [/^(.{3,}[^s])s$/, "$1"],
  [/^(.{4,})ing$/, "$1"],
  [/^(.{4,}[^e])ed$/, "$1"],
]);

/**
 * @param {string} word in lower case
 * @returns {string}
 */
export function stem(word) {
  let rest = word;
  for (const [ending, left] of ENDINGS) rest = rest.replace(ending, left);
  return rest.length > 4 ? rest.replace(/e$/, "") : rest;
}

/**
 * What is asked of the index for the words that were typed.
 *
 * Pagefind wants every known word of a query to be on the page. "apprenticeship for people leaving
 * prison" would miss each page that says "released". So small words are not asked for, and where few pages have
 * all the words, `looser` gives the questions that leave one of them out.
 */

/** Words that say nothing about a page of this library; asking for them only costs matches. */
const SMALL_WORDS = new Set(
  (
    "a about all an and any are as at be been by can could did do does for from get give has have how i if in into is it " +
    "its me my of on or our out should so some than that the their them then there these they this those to us was we were " +
    "what when where which who whom whose why will with would you your"
  ).split(" "),
);

/** Longest question, in words, that is tried with words left out; each try is one search. */
const MAX_TRIES = 8;

/**
 * True where the words are a phrase in quotes, which Pagefind takes as written.
 * @param {string} words
 */
export function isPhrase(words) {
  return /^\s*".+"\s*$/.test(words);
}

/**
 * The words to ask the index for. Empty where there is no letter or digit to look for.
 * @param {string} words
 * @returns {string}
 */
export function asked(words) {
  if (isPhrase(words)) return words;
  const all = words.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const telling = all.filter((word) => !SMALL_WORDS.has(bare(word)));
  return (telling.length ? telling : all).join(" ");
}

/**
 * The same question with one word left out, for each word; none for a phrase or a single word.
 * @param {string} words as typed
 * @returns {{words: string, without: string}[]}
 */
export function looser(words) {
  if (isPhrase(words)) return [];
  const all = [...new Set(asked(words).split(" "))];
  if (all.length < 2 || all.length > MAX_TRIES) return [];
  return all.map((word, index) => ({
    words: all.filter((_, other) => other !== index).join(" "),
    without: word,
  }));
}

/** @param {string} word */
function bare(word) {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * What is asked for: the typed words as groups, each a name that the library knows or a single word.
 *
 * "apprenticeship for people leaving prison" asks for two things. A page answers a group when its text has the
 * words, or when it is tagged with what the name means.
 *
 * @typedef {import("./search-text.js").Token} Token
 * @typedef {import("./search-names.js").Names} Names
 * @typedef {import("./search-names.js").Entry} Entry
 * @typedef {import("./search-spelling.js").Spelling} Spelling
 *
 * @typedef {object} Group
 * @property {string} label as typed
 * @property {string[]} words to look for in texts; a page should have all of them
 * @property {string[]} same words that mean the same, each as good as all of `words`
 * @property {boolean} guessed spelt otherwise than it was typed
 * @property {Entry[]} entries what goes by this name
 *
 * @typedef {object} Correction
 * @property {string} from
 * @property {string} to
 *
 * @typedef {object} Question
 * @property {Group[]} groups
 * @property {Correction[]} corrections
 * @property {string} phrase what was asked, for pages that have it word for word; empty for a single word
 */

import { tokens } from "./search-text.js";

/** Groups that are searched for; a question has fewer, and each is a search of its own. */
const MOST_GROUPS = 12;
/** Longest phrase, in words, that a page is expected to have word for word. */
const LONGEST_PHRASE = 6;

/**
 * @param {string} typed
 * @param {Names} names
 * @param {Spelling | null} spelling null: search for what was typed
 * @returns {Promise<Question>}
 */
export async function question(typed, names, spelling) {
  const found = tokens(typed);
  const { corrected, corrections } = spelling ? await correct(found, names, spelling) : { corrected: found, corrections: [] };
  const groups = grouped(corrected, names);
  return { groups: groups.slice(0, MOST_GROUPS), corrections, phrase: phraseOf(corrected) };
}

/**
 * @param {Token[]} found
 * @param {Names} names
 * @param {Spelling} spelling
 */
async function correct(found, names, spelling) {
  const named = new Set();
  for (let at = 0; at < found.length; at++) {
    const name = names.at(found, at);
    if (name) for (let inside = 0; inside < name.length; inside++) named.add(at + inside);
  }
  /** @type {Correction[]} */
  const corrections = [];
  const doubtful = found.filter((token, at) => !token.small && !named.has(at) && !/\d/.test(token.word));
  await spelling.load(doubtful.map((token) => token.word));
  /** @type {Token[]} */
  const corrected = [];
  for (const token of found) {
    const to = !doubtful.includes(token) || spelling.knows(token.word) ? "" : await spelling.guess(token.word);
    if (to) corrections.push({ from: token.text, to });
    corrected.push(...(to ? tokens(to).map((guess) => ({ ...guess, guessed: true })) : [token]));
  }
  return { corrected, corrections };
}

/**
 * @param {Token[]} found
 * @param {Names} names
 * @returns {Group[]}
 */
function grouped(found, names) {
  /** @type {Group[]} */
  const groups = [];
  for (let at = 0; at < found.length; ) {
    const name = names.at(found, at);
    const part = found.slice(at, at + (name?.length ?? 1));
    at += part.length;
    const telling = part.filter((token) => !token.small);
    if (!name && !telling.length) continue;
    const group = {
      label: part.map((token) => token.text).join(" "),
      words: [...new Set((telling.length ? telling : part).map((token) => token.word))],
      same: same(name?.entries ?? []),
      guessed: part.some((token) => token.guessed),
      entries: name?.entries ?? [],
    };
    if (!groups.some((other) => other.words.join(" ") === group.words.join(" "))) groups.push(group);
  }
  // Nothing but small words: then they are what is asked for.
  if (!groups.length) return found.map(alone);
  return groups;
}

/**
 * A small word, where there are no others.
 * @param {Token} token
 * @returns {Group}
 */
function alone(token) {
  return { label: token.text, words: [token.word], same: [], guessed: false, entries: [] };
}

/**
 * Other single words for plain words: entries that have neither a page nor a tag.
 * @param {Entry[]} entries
 */
function same(entries) {
  const names = entries
    .filter((entry) => !entry.path && !entry.facet)
    .flatMap((entry) => [entry.title, ...(entry.names ?? [])])
    .map(tokens)
    .filter((name) => name.length === 1);
  /** @type {Map<string, string>} one word for each stem: the index knows the others */
  const byStem = new Map(names.map(([token]) => [token.stem, token.word]));
  return [...byStem.values()];
}

/** @param {Token[]} found */
function phraseOf(found) {
  return found.length > 1 && found.length <= LONGEST_PHRASE ? found.map((token) => token.word).join(" ") : "";
}

/**
 * The words of a search in the address of a page that it found (`?marked=prison+wages`), so that Back and a shared link
 * show the same. Every page has this; what marks the words is loaded where there are any.
 */

/** Words that are marked at most: more would colour the whole page. */
export const MOST = 12;

/**
 * @param {URL} page
 * @param {readonly string[]} words
 * @param {string} [section] id of the section to go to
 * @returns {string}
 */
export function markedAddress(page, words, section = "") {
  const address = new URL(page);
  if (words.length) address.searchParams.set("marked", words.slice(0, MOST).join(" "));
  address.hash = section;
  return address.href;
}

if (new URLSearchParams(location.search).has("marked")) {
  // Not awaited: that module waits for this one.
  void import("./marked-words.js").then(({ markWords }) => markWords());
}

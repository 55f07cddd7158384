/**
 * What the script of Material for MkDocs 9.8.2 expects to find: its storage. Loaded before all others, as a
 * plain script, because that script is one. Storage may be forbidden; the choice of colors is then not kept.
 */

// The site's root: this file is at assets/js/ below it.
globalThis.__md_scope = new URL("../../", document.currentScript.src);

globalThis.__md_hash = (text) => [...text].reduce((hash, letter) => (hash << 5) - hash + letter.charCodeAt(0), 0);

globalThis.__md_get = (key, storage, scope = __md_scope) => {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${scope.pathname}.${key}`));
  } catch {
    return null;
  }
};

globalThis.__md_set = (key, value, storage, scope = __md_scope) => {
  try {
    (storage ?? localStorage).setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // Forbidden or full: the page works without.
  }
};

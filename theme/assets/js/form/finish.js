/** The ways out: GitHub's own page with everything filled in, the text to copy or download, paper. */

import { el } from "../dom.js";

/** Characters of an address that GitHub, and what stands before it, takes for sure. */
const LONGEST_ADDRESS = 8_000;
const BRANCH = "main";

/**
 * The address of GitHub's page for a new file, with its name and content; or of the page on which a file is
 * edited, which can't be given a content.
 * @param {string} repository
 * @param {string} file from the repository's root
 * @param {string} text
 * @param {boolean} exists
 * @returns {{address: string, filled: boolean}} `filled` is false where the text must be pasted
 */
function githubPage(repository, file, text, exists) {
  if (exists) return { address: `${repository}/edit/${BRANCH}/${file}`, filled: false };
  const folder = file.slice(0, file.lastIndexOf("/"));
  const name = new URLSearchParams({ filename: file.slice(folder.length + 1) });
  const empty = `${repository}/new/${BRANCH}/${folder}?${name}`;
  const full = `${empty}&${new URLSearchParams({ value: text })}`;
  return full.length <= LONGEST_ADDRESS ? { address: full, filled: true } : { address: empty, filled: false };
}

/**
 * @param {object} record
 * @param {string} record.repository
 * @param {string} record.file
 * @param {string} record.text
 * @param {boolean} record.exists
 * @param {string} guide the address of the page that tells what happens next
 * @returns {HTMLElement}
 */
export function waysOut({ repository, file, text, exists }, guide) {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const status = el("p", { class: "kb-form__said", role: "status" });
  const shown = el("textarea", { id: "form-file", class: "kb-form__file", readonly: true, rows: "14", spellcheck: "false", dir: "auto" });
  shown.value = text;
  const button = (/** @type {string} */ words, /** @type {() => void} */ act) => {
    const made = el("button", { type: "button", class: "kb-form__small" }, words);
    made.addEventListener("click", act);
    return made;
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "Copied.";
    } catch {
      shown.focus();
      shown.select();
      status.textContent = "This browser does not let the page copy. The text is selected: press Ctrl+C, or ⌘C on a Mac.";
    }
  };
  return el(
    "div",
    { class: "kb-form__ways" },
    ...github(githubPage(repository, file, text, exists), repository, exists, name, () => button("Copy the text", copy)),
    el("h3", {}, "Take the file with you"),
    el("p", {}, "Copy or download it, and send it to the editors by any way you like. ", el("a", { href: guide }, "What happens next"), "."),
    el("div", { class: "kb-form__tools" }, button("Copy", copy), button("Download", () => download(name, text)), button("Print the page", () => window.print())),
    status,
    el("label", { for: shown.id }, `The file ${name}`),
    shown,
  );
}

/**
 * @param {{address: string, filled: boolean}} page
 * @param {string} repository
 * @param {boolean} exists
 * @param {string} name
 * @param {() => HTMLElement} copyButton
 */
function github({ address, filled }, repository, exists, name, copyButton) {
  const title = el("h3", {}, "Send it on GitHub");
  if (!repository) {
    return [title, el("p", {}, "This site does not say where its repository is, so this page can't open GitHub for you. Take the file with you instead.")];
  }
  const link = (/** @type {string} */ words) => el("a", { href: address, target: "_blank", rel: "noopener", class: "kb-form__go" }, words);
  if (filled) {
    return [
      title,
      el("p", {}, "GitHub opens with the file filled in, makes a copy of the library for you, and asks you to propose the change. You need a free account."),
      el("p", {}, link("Open GitHub with the file filled in")),
    ];
  }
  const why = exists ? "GitHub opens the record as it is now." : "The file is too long for a link.";
  return [
    title,
    el("p", {}, `${why} Do it in two steps; you need a free account.`),
    el(
      "ol",
      {},
      el("li", {}, copyButton()),
      el("li", {}, link(exists ? `Open ${name} on GitHub` : "Open GitHub's page for a new file"), exists ? ", select all of the old text there, paste the new one over it, and propose the change." : ", paste the text there, and propose the change."),
    ),
  ];
}

/**
 * @param {string} name
 * @param {string} text
 */
function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

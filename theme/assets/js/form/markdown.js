/**
 * A record's prose as elements. Text goes in as text; of Markdown, what a page of the library shows is kept.
 *
 * @typedef {object} Context
 * @property {Map<string, number>} numbers of the sources, by id
 * @property {import("./links.js").Links} links
 * @property {string} root the way to the site's root
 * @property {import("./patterns.js").Patterns} patterns
 */

import { lexer } from "../../vendor/marked.js";
import { el } from "../dom.js";
import { idsIn } from "./patterns.js";

/** Characters that the preview shows of one text: some odd ones take the parser the square of their length. */
const MOST = 8_000;

/**
 * @param {unknown} text
 * @param {Context} context
 * @returns {Node[]}
 */
export function prose(text, context) {
  if (typeof text !== "string") return [];
  return blocks(lexer(text.slice(0, MOST), { gfm: true }), context);
}

/**
 * @param {any[]} tokens
 * @param {Context} context
 * @returns {Node[]}
 */
function blocks(tokens, context) {
  return tokens.flatMap((token) => block(token, context));
}

/**
 * @param {any} token
 * @param {Context} context
 * @returns {Node[]}
 */
function block(token, context) {
  switch (token.type) {
    case "space":
    case "html":
    case "def":
      return [];
    case "paragraph":
      return [el("p", {}, ...inline(token.tokens, context))];
    case "heading":
      // The page's title is above all of them.
      return [el(/** @type {"h4"} */ (`h${Math.min(token.depth + 2, 6)}`), {}, ...inline(token.tokens, context))];
    case "list": {
      const items = token.items.map((/** @type {any} */ item) => el("li", {}, ...blocks(item.tokens, context)));
      return [token.ordered ? el("ol", { start: String(token.start || 1) }, ...items) : el("ul", {}, ...items)];
    }
    case "blockquote":
      return [el("blockquote", {}, ...blocks(token.tokens, context))];
    case "code":
      return [el("pre", {}, el("code", {}, token.text))];
    case "hr":
      return [el("hr")];
    case "table":
      return [table(token, context)];
    case "text":
      return token.tokens ? inline(token.tokens, context) : [document.createTextNode(token.text)];
    default:
      return [document.createTextNode(token.raw ?? "")];
  }
}

/**
 * @param {any} token
 * @param {Context} context
 */
function table(token, context) {
  const cells = (/** @type {any[]} */ row, /** @type {"th" | "td"} */ name) =>
    row.map((cell) => el(name, {}, ...inline(cell.tokens, context)));
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ...cells(token.header, "th"))),
    el("tbody", {}, ...token.rows.map((/** @type {any[]} */ row) => el("tr", {}, ...cells(row, "td")))),
  );
}

/**
 * @param {any[]} tokens
 * @param {Context} context
 * @returns {Node[]}
 */
function inline(tokens, context) {
  return (tokens ?? []).flatMap((token) => piece(token, context));
}

/**
 * @param {any} token
 * @param {Context} context
 * @returns {Node[]}
 */
function piece(token, context) {
  switch (token.type) {
    case "strong":
    case "em":
    case "del":
      return [el(/** @type {"em"} */ (token.type), {}, ...inline(token.tokens, context))];
    case "codespan":
      return [el("code", {}, token.text)];
    case "br":
      return [el("br")];
    case "link":
      return link(token, context);
    case "html":
    case "image":
      return [];
    case "text":
      return token.tokens ? inline(token.tokens, context) : cited(decoded(token.text), context);
    default:
      return [document.createTextNode(token.text ?? token.raw ?? "")];
  }
}

/**
 * @param {any} token
 * @param {Context} context
 * @returns {Node[]}
 */
function link(token, context) {
  const children = inline(token.tokens, context);
  // An address in running text is text, as on the page itself.
  if (!/^[[<]/.test(token.raw)) return children;
  const target = address(token.href, context);
  return target ? [el("a", { href: target, target: "_blank", rel: "noopener" }, ...children)] : children;
}

/**
 * @param {string} href
 * @param {Context} context
 */
function address(href, { links, root }) {
  if (href.startsWith("kb:")) {
    const found = links.resolve(href.slice(3));
    return found.length === 1 ? root + found[0].path : "";
  }
  return /^(https?:\/\/|mailto:)/.test(href) ? href : "";
}

/**
 * Text with its citations as links to the sources.
 * @param {string} text
 * @param {Context} context
 * @returns {Node[]}
 */
function cited(text, context) {
  /** @type {Node[]} */
  const nodes = [];
  let end = 0;
  for (const mark of text.matchAll(context.patterns.citation)) {
    nodes.push(document.createTextNode(text.slice(end, mark.index)), citation(idsIn(mark[1]), context.numbers));
    end = mark.index + mark[0].length;
  }
  return [...nodes, document.createTextNode(text.slice(end))];
}

/**
 * The mark that leads to sources.
 * @param {string[]} ids
 * @param {Map<string, number>} numbers
 */
export function citation(ids, numbers) {
  const marks = ids.flatMap((id, at) => {
    const number = numbers.get(id);
    const mark = number
      ? el("a", { href: `#preview-source-${number}`, "aria-label": `Source ${number}` }, String(number))
      : `${id}?`;
    return at ? [", ", mark] : [mark];
  });
  return el("sup", { class: "kb-cite" }, ...marks);
}

/**
 * Character references as characters. The parser makes a document of its own, which loads and runs nothing.
 * @param {string} text
 */
function decoded(text) {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]{1,31});/gi, (reference) => {
    return new DOMParser().parseFromString(reference, "text/html").body.textContent ?? reference;
  });
}

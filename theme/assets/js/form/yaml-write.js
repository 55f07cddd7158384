/**
 * A record as `kb fmt` writes it (generator/formatting): one form, whoever wrote the record.
 *
 * Comments of the text that was opened stay with the field or entry that they stand above or beside.
 */

import { parseDocument } from "../../vendor/yaml.js";
import { written } from "./yaml-read.js";

/** @typedef {import("./shape.js").Shape} Shape */
/** @typedef {import("./yaml-read.js").Piece} Piece */

/** Columns that a line may have; a word that is longer stays whole. */
const WIDTH = 100;
const MODELINE = /^#\s*yaml-language-server\s*:/;
const WORD = /^[\p{L}\p{N}_.+-]+$/u;
const BREAK = /(?<=\S) (?=\S)/u;
const PARAGRAPHS = /\n\n(?!\n)/;
// Python's re.ASCII: blanks are those of ASCII.
const UNSAFE_PLAIN =
  /^[ \t\n\r\f\v,[\]{}#&*!|>'"%@`]|^[?-]$|^[?:-][ \t\n\r\f\v]|^---|:[ \t\n\r\f\v]|[ \t\n\r\f\v]#|[ \t\n\r\f\v:-]$|[\n\t]/;
const UNPRINTABLE = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * What is written: a value with its comments.
 * @typedef {object} Part
 * @property {string | null} key
 * @property {any} value a plain value; for groups and lists see `children`
 * @property {"scalar" | "group" | "list"} kind
 * @property {string} literal how a number or nothing was written in the text that was opened
 * @property {Part[]} children
 * @property {string[]} above
 * @property {string} beside
 * @property {string[]} below
 */

/**
 * The text of a record.
 * @param {any} value
 * @param {Shape} shape
 * @param {Piece | null} whole the text that was opened, for its comments
 * @param {string[]} head comments for a new file
 * @param {string[]} oneLine models of groups that stand in braces
 */
export function writeRecord(value, shape, whole, head, oneLine) {
  const part = partOf(null, value, shape, whole);
  return new Printer(oneLine).print(part, shape, whole ? [] : head);
}

/**
 * @param {string | null} key
 * @param {any} value
 * @param {Shape | null} shape
 * @param {Piece | null} old
 * @returns {Part}
 */
function partOf(key, value, shape, old) {
  /** @type {Part} */
  const part = {
    key,
    value,
    kind: Array.isArray(value) ? "list" : value !== null && typeof value === "object" ? "group" : "scalar",
    literal: "",
    children: [],
    above: [...(old?.above ?? [])],
    beside: old?.beside ?? "",
    below: [...(old?.below ?? [])],
  };
  if (part.kind === "group") {
    const rank = new Map((shape?.fields ?? []).map((field, number) => [field.name, number]));
    const keys = Object.keys(value).filter((name) => value[name] !== undefined);
    keys.sort((a, b) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size));
    part.children = keys.map((name) => {
      const child = old?.children.find((other) => other.key && String(other.key.value) === name) ?? null;
      return partOf(name, value[name], shape?.fields.find((field) => field.name === name) ?? null, child);
    });
  } else if (part.kind === "list") {
    const entries = paired(value, old?.children ?? []);
    part.children = value.map((/** @type {any} */ entry, /** @type {number} */ number) =>
      partOf(null, entry, shape?.item ?? null, entries[number]),
    );
  } else if (typeof value === "number") {
    const source = old?.node?.value === value ? old.node.source : "";
    part.literal = source || String(value);
  } else if (value === null) {
    // Nothing stays nothing; a field that becomes empty is written as null.
    part.literal = old?.node?.value === null && !old.node.source ? "" : "null";
  }
  return part;
}

/**
 * For each entry of a list, the entry of the opened text that it was: equal ones first, then those of the same
 * id, then those in the same place.
 * @param {any[]} values
 * @param {Piece[]} olds
 * @returns {(Piece | null)[]}
 */
function paired(values, olds) {
  const left = olds.map((piece) => ({ piece, value: plainOf(piece) }));
  /** @type {(Piece | null)[]} */
  const found = values.map(() => null);
  /** @param {(value: any, other: {piece: Piece, value: any}, number: number) => boolean} same */
  const pair = (same) => {
    values.forEach((value, number) => {
      if (found[number]) return;
      const at = left.findIndex((other) => same(value, other, number));
      if (at >= 0) found[number] = left.splice(at, 1)[0].piece;
    });
  };
  pair((value, other) => sameValue(value, other.value));
  pair((value, other) => value?.id !== undefined && value.id === other.value?.id);
  pair((value, other, number) => value?.id === undefined && olds.indexOf(other.piece) === number);
  return found;
}

/** @param {Piece} piece @returns {any} */
function plainOf(piece) {
  if (piece.children.length && piece.children[0].key) {
    return Object.fromEntries(piece.children.map((child) => [String(child.key.value), plainOf(child)]));
  }
  if (piece.children.length) return piece.children.map(plainOf);
  const value = piece.node?.value;
  return typeof value === "string" ? written(piece.node) : (value ?? null);
}

/**
 * @param {any} a
 * @param {any} b
 */
function sameValue(a, b) {
  const flat = (/** @type {any} */ value) =>
    JSON.stringify(value, (_, part) =>
      part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
    );
  return flat(a) === flat(b);
}

class Printer {
  /** @param {string[]} oneLine */
  constructor(oneLine) {
    this.oneLine = new Set(oneLine);
  }

  /**
   * @param {Part} whole
   * @param {Shape} shape
   * @param {string[]} head
   */
  print(whole, shape, head) {
    const lines = [...head];
    // The comments at the top are about the file; those after the last blank line or modeline, about its first field.
    const first = whole.children[0];
    if (first) {
      const last = first.above.findLastIndex((line) => !line || MODELINE.test(line));
      lines.push(...first.above.splice(0, last + 1));
    }
    for (const child of whole.children) lines.push(...this.piece(child, 0, shape));
    lines.push(...at(whole.below, ""));
    return `${lines.join("\n").replace(/^\n+|\n+$/g, "")}\n`;
  }

  /**
   * A field or an entry with its comments. `shape` is that of the group a field stands in, or of the entry itself.
   * @param {Part} part
   * @param {number} indent
   * @param {Shape | null} shape
   * @returns {string[]}
   */
  piece(part, indent, shape) {
    const margin = " ".repeat(indent);
    let begin = "-";
    /** @type {boolean | null} null: nobody knows */
    let isProse = null;
    if (part.key !== null) {
      begin = `${onOneLine(part.key)}:`;
      shape = shape?.fields.find((field) => field.name === part.key) ?? null;
      if (shape) isProse = shape.kind === "prose" || shape.item?.kind === "prose";
    } else if (part.kind === "group" && part.children.length) {
      // A comment on the first field has its place above the dash, before which nothing else stands.
      part.above.push(...part.children[0].above.splice(0));
      if (!this.braces(part, shape, indent + 2)) return this.groupEntry(part, indent, shape);
    }
    const [first, ...rest] = this.text(part, indent, indent + length(begin) + 1, shape, isProse);
    let line = first ? `${margin}${begin} ${first}` : `${margin}${begin}`;
    if (part.beside) line += `  ${part.beside}`;
    return [...at(part.above, margin), line, ...rest, ...at(part.below, margin)];
  }

  /**
   * An entry that is a group: its first field stands behind the dash.
   * @param {Part} part
   * @param {number} indent
   * @param {Shape | null} shape
   */
  groupEntry(part, indent, shape) {
    const margin = " ".repeat(indent);
    const above = part.beside ? [...part.above, part.beside] : part.above;
    const lines = part.children.flatMap((child) => this.piece(child, indent + 2, shape));
    lines[0] = `${margin}- ${lines[0].trimStart()}`;
    return [...at(above, margin), ...lines, ...at(part.below, margin)];
  }

  /**
   * The value as lines; the first is empty where all of it stands below.
   * @param {Part} part
   * @param {number} indent
   * @param {number} column
   * @param {Shape | null} shape
   * @param {boolean | null} isProse
   * @returns {string[]}
   */
  text(part, indent, column, shape, isProse) {
    if (part.kind === "scalar") return scalar(part, WIDTH - column, indent + 2);
    const short = part.kind === "list" ? this.brackets(part, column, isProse) : this.braces(part, shape, column);
    if (short) return [short];
    // An entry of a list is given its own shape; a field, that of its group.
    const inner = part.kind === "list" ? (shape?.item ?? null) : shape;
    const lines = part.children.flatMap((child) => this.piece(child, indent + 2, inner));
    while (lines[0] === "") lines.shift(); // no blank line between a field and what stands in it
    return ["", ...lines];
  }

  /**
   * A list in brackets, if it has room and is not prose; else nothing.
   * @param {Part} part
   * @param {number} column
   * @param {boolean | null} isProse
   */
  brackets(part, column, isProse) {
    const words = part.children.map(short);
    const line = `[${words.join(", ")}]`;
    if (!words.length) return line;
    const prose = isProse ?? !words.every((word) => WORD.test(word));
    const fits = column + length(line) <= WIDTH && !hasComments(part);
    return fits && words.every(Boolean) && !prose ? line : "";
  }

  /**
   * A short group in braces, if it has room; else nothing.
   * @param {Part} part
   * @param {Shape | null} shape
   * @param {number} column
   */
  braces(part, shape, column) {
    if (!part.children.length) return "{}";
    if (!this.oneLine.has(shape?.model ?? "") || hasComments(part)) return "";
    const words = part.children.map(short);
    if (!words.every(Boolean)) return "";
    const line = part.children.map((child, number) => `${onOneLine(child.key ?? "")}: ${words[number]}`).join(", ");
    return column + length(line) + 2 <= WIDTH ? `{${line}}` : "";
  }
}

/**
 * A value as lines: the first follows the field's name, the rest stand below it.
 * @param {Part} part
 * @param {number} room columns left on the first line
 * @param {number} indent of the lines below
 */
function scalar(part, room, indent) {
  if (typeof part.value !== "string") return [literal(part)];
  const text = part.value.trim();
  if (UNPRINTABLE.test(text)) return [onOneLine(text)];
  const paragraphs = text.split(PARAGRAPHS);
  const margin = " ".repeat(indent);
  if (paragraphs.some((paragraph) => paragraph.includes("\n") || paragraph.startsWith(" "))) {
    return ["|-", ...text.split("\n").map((line) => (line.trim() ? margin + line : ""))];
  }
  const line = onOneLine(text);
  if (paragraphs.length === 1 && (length(line) <= room || !BREAK.test(text))) return [line];
  return [">-", ...paragraphs.flatMap((paragraph, number) => [...(number ? [""] : []), ...wrapped(paragraph, margin)])];
}

/**
 * @param {string} paragraph
 * @param {string} margin
 */
function wrapped(paragraph, margin) {
  const lines = [];
  let line = "";
  for (const word of paragraph.replace(/^ +| +$/g, "").split(BREAK)) {
    if (line && margin.length + length(line) + 1 + length(word) > WIDTH) {
      lines.push(margin + line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, margin + line];
}

/** @param {Part} part */
function literal(part) {
  return typeof part.value === "boolean" ? String(part.value) : part.literal;
}

/**
 * A text without line breaks: plain where YAML reads it back as this text, else in quotes.
 * @param {string} text
 */
function onOneLine(text, inBrackets = false) {
  if (UNPRINTABLE.test(text) || text.includes("\n")) return escaped(text);
  if (!UNSAFE_PLAIN.test(text) && !(inBrackets && /^[:?]|[,[\]{}]/.test(text)) && readsBack(text)) return text;
  if (text.includes("'") && !text.includes('"')) return `"${text.replaceAll("\\", "\\\\")}"`;
  return `'${text.replaceAll("'", "''")}'`;
}

/** @param {string} text */
function readsBack(text) {
  const document = parseDocument(`- ${text}`, { logLevel: "silent" });
  if (document.errors.length) return false;
  const read = document.toJS();
  if (!Array.isArray(read) || read.length !== 1) return false;
  // The check reads `.nan` and `.inf` as text; only figures are numbers there.
  return read[0] === text || (typeof read[0] === "number" && !Number.isFinite(read[0]));
}

/**
 * A value as it stands inside brackets or braces; nothing where it can't stand there.
 * @param {Part} part
 */
function short(part) {
  if (part.kind !== "scalar") return "";
  if (typeof part.value !== "string") return literal(part) || "null";
  return onOneLine(part.value.trim(), true);
}

/** @param {string} text */
function escaped(text) {
  const quoted = [...JSON.stringify(text)];
  return quoted
    .map((letter) => (UNPRINTABLE.test(letter) ? `\\U${(letter.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}` : letter))
    .join("");
}

/** @param {Part} part @returns {boolean} */
function hasComments(part) {
  return part.children.some(
    (child) => child.beside || child.below.length || child.above.some(Boolean) || hasComments(child),
  );
}

/** Characters as people count them, not UTF-16 units. @param {string} text */
function length(text) {
  return [...text].length;
}

/**
 * Comments at an indent, with one blank line where there were several.
 * @param {string[]} comments
 * @param {string} margin
 */
function at(comments, margin) {
  const kept = comments.filter((comment, number) => comment || number === 0 || comments[number - 1]);
  return kept.map((comment) => (comment ? margin + comment : ""));
}

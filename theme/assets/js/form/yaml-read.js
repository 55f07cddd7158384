/**
 * A YAML text as a tree of pieces, each a field or an entry of a list with its comments.
 *
 * The same rules as `kb fmt` (generator/formatting/pieces.py): a comment above a field belongs to that field.
 *
 * @typedef {object} Piece
 * @property {any} node
 * @property {any} key null for an entry of a list
 * @property {Piece | null} parent
 * @property {Piece[]} children
 * @property {number} column where the field or the dash of the entry begins, from 0
 * @property {[number, number]} start line and column, from 0
 * @property {string[]} above comments above it, and an empty string for a blank line
 * @property {string} beside the comment at the end of its line
 * @property {string[]} below comments at its own indent that belong to nothing further down
 */

import { LineCounter, isMap, isScalar, isSeq, parseDocument } from "../../vendor/yaml.js";

/** Why a text is not a record that the form can open. */
class Unreadable extends Error {}

/**
 * Read a record.
 * @param {string} text
 * @returns {{value: any, whole: Piece}}
 * @throws {Unreadable}
 */
export function readRecord(text) {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, logLevel: "silent", uniqueKeys: true });
  if (document.errors.length || !isMap(document.contents)) {
    throw new Unreadable(document.errors[0]?.message ?? "It holds no fields.");
  }
  const place = (/** @type {number} */ offset) => {
    const { line, col } = counter.linePos(offset);
    return /** @type {[number, number]} */ ([line - 1, col - 1]);
  };
  const whole = newPiece(document.contents, null, null, [0, 0], 0);
  grow(whole, place);
  new Comments(text, whole, place).attach();
  return { value: plain(document.contents), whole };
}

/**
 * A scalar's text as the reader gives it: folded text holds paragraphs, parted by one blank line or more.
 * @param {any} scalar
 */
export function written(scalar) {
  const text = scalar.type === "BLOCK_FOLDED" ? scalar.value.replace(/\n+/g, "\n\n") : scalar.value;
  return text.trim();
}

/**
 * @param {any} node
 * @returns {any}
 */
function plain(node) {
  if (isMap(node)) {
    /** @type {Record<string, any>} */
    const found = Object.create(null);
    for (const pair of node.items) found[String(pair.key.value ?? pair.key)] = plain(pair.value);
    return found;
  }
  if (isSeq(node)) return node.items.map(plain);
  if (!isScalar(node)) return null;
  if (typeof node.value === "string") return written(node);
  return typeof node.value === "number" && !Number.isFinite(node.value) ? String(node.source) : node.value;
}

/**
 * @param {any} node
 * @param {any} key
 * @param {Piece | null} parent
 * @param {[number, number]} start
 * @param {number} column
 * @returns {Piece}
 */
function newPiece(node, key, parent, start, column) {
  return { node, key, parent, children: [], column, start, above: [], beside: "", below: [] };
}

/**
 * @param {Piece} piece
 * @param {(offset: number) => [number, number]} place
 */
function grow(piece, place) {
  const { node } = piece;
  if (isMap(node)) {
    for (const pair of node.items) {
      const start = place(pair.key.range[0]);
      piece.children.push(newPiece(pair.value, pair.key, piece, start, start[1]));
    }
  } else if (isSeq(node)) {
    const column = place(node.range[0])[1];
    for (const entry of node.items) piece.children.push(newPiece(entry, null, piece, place(entry.range[0]), column));
  }
  for (const child of piece.children) grow(child, place);
}

/**
 * @param {Piece} piece
 * @returns {Generator<Piece>}
 */
function* inside(piece) {
  for (const child of piece.children) {
    yield child;
    yield* inside(child);
  }
}

/**
 * @param {[number, number]} a
 * @param {[number, number]} b
 */
function before(a, b) {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

/** Finds the comments and blank lines of a text and hangs them on its pieces. */
class Comments {
  /** @type {Map<number, [number, number][]>} by line: the columns from and to which it belongs to a value */
  #covered = new Map();
  /** @type {Set<number>} lines of text after `>-` or `|` */
  #text = new Set();

  /**
   * @param {string} text
   * @param {Piece} whole
   * @param {(offset: number) => [number, number]} place
   */
  constructor(text, whole, place) {
    this.lines = text.split("\n");
    this.whole = whole;
    this.place = place;
    this.pieces = [...inside(whole)];
    for (const piece of this.pieces) {
      for (const node of [piece.key, piece.node]) if (isScalar(node)) this.#cover(node);
    }
  }

  /** @param {any} node */
  #cover(node) {
    const [from, to] = [this.place(node.range[0]), this.place(node.range[1])];
    if (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL") {
      let last = to[1] ? to[0] : to[0] - 1;
      while (last > from[0] && !this.lines[last]?.trim()) last--;
      for (let line = from[0] + 1; line <= last; line++) this.#text.add(line);
      return;
    }
    for (let line = from[0]; line <= to[0]; line++) {
      const spans = this.#covered.get(line) ?? [];
      spans.push([line === from[0] ? from[1] : 0, line === to[0] ? to[1] : Infinity]);
      this.#covered.set(line, spans);
    }
  }

  attach() {
    let blank = false;
    this.lines.forEach((line, number) => {
      if (this.#text.has(number)) {
        blank = false;
        return;
      }
      const covered = this.#covered.get(number) ?? [];
      const at = commentIn(line, covered);
      const lead = at < 0 ? line : line.slice(0, at);
      if (at >= 0) {
        const comment = line.slice(at).trimEnd();
        if (lead.trim()) {
          this.#beside([number, at], comment);
        } else {
          this.#above([number, at], comment, blank);
          blank = false;
        }
      } else if (!line.trim() && !covered.length) {
        blank = true;
        return;
      }
      if (lead.trim() && blank) {
        this.#firstAfter([number, -1])?.above.push("");
        blank = false;
      }
    });
  }

  /**
   * @param {[number, number]} place
   * @param {string} comment
   * @param {boolean} blank
   */
  #above(place, comment, blank) {
    const told = blank ? ["", comment] : [comment];
    const following = this.#firstAfter(place);
    if (following && (place[1] <= following.column || inFlow(following) || following === this.pieces[0])) {
      following.above.push(...told);
    } else if (!following && place[1] === 0) {
      this.whole.below.push(...told);
    } else {
      let owner = this.#lastBefore(place);
      while (owner.parent && owner.parent !== this.whole && owner.column > place[1]) owner = owner.parent;
      owner.below.push(...told);
    }
  }

  /**
   * @param {[number, number]} place
   * @param {string} comment
   */
  #beside(place, comment) {
    let owner = this.#lastBefore(place);
    while (owner.parent && inFlow(owner) && !before(place, this.place(owner.parent.node.range[1]))) owner = owner.parent;
    if (owner.beside) owner.below.push(comment);
    else owner.beside = comment;
  }

  /** @param {[number, number]} place */
  #firstAfter(place) {
    return this.pieces.find((piece) => before(place, piece.start)) ?? null;
  }

  /** @param {[number, number]} place */
  #lastBefore(place) {
    return this.pieces.findLast((piece) => before(piece.start, place)) ?? this.whole;
  }
}

/** @param {Piece} piece */
function inFlow(piece) {
  return Boolean(piece.parent?.node.flow);
}

/**
 * The column at which a line's comment begins: a `#` after a blank, outside of every value. -1: none.
 * @param {string} line
 * @param {[number, number][]} covered
 */
function commentIn(line, covered) {
  for (const found of line.matchAll(/(?:^|(?<=\s))#/g)) {
    if (!covered.some(([from, to]) => from <= found.index && found.index < to)) return found.index;
  }
  return -1;
}

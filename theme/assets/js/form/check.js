/**
 * What is wrong with a record, as `kb check` sees it: the schema first, then the rules that it can't say.
 *
 * @typedef {import("./shape.js").Shape} Shape
 * @typedef {import("./shape.js").Path} Path
 * @typedef {{path: Path, code: string, words: string}} Finding
 */

import { Validator } from "../../vendor/json-schema.js";
import { citations } from "./patterns.js";
import { proseFindings } from "./prose-rules.js";
import { shapeAt, valueAt } from "./shape.js";

export class Check {
  /**
   * @param {any} data what form.json holds
   * @param {Shape} shape
   * @param {import("./links.js").Links} links
   * @param {import("./patterns.js").Patterns} patterns
   */
  constructor(data, shape, links, patterns) {
    this.validator = new Validator(data.schema, "2020-12", false);
    this.data = data;
    this.shape = shape;
    this.links = links;
    this.patterns = patterns;
  }

  /**
   * Every finding, in the order of the record's fields; one for each field.
   * @param {any} value
   * @param {string} opened the id of the record that is edited; empty for a new one
   * @param {Date} now
   * @returns {Finding[]}
   */
  findings(value, opened, now) {
    /** @type {Map<string, Finding>} */
    const found = new Map();
    for (const finding of [...this.#schema(value), ...this.#rules(value, opened, now)]) {
      const key = finding.path.join("/");
      if (!found.has(key)) found.set(key, finding);
    }
    return [...found.values()].sort((a, b) => this.#order(a.path, b.path));
  }

  /**
   * @param {Path} a
   * @param {Path} b
   */
  #order(a, b) {
    /** @type {Shape | null} */
    let here = this.shape;
    for (let depth = 0; depth < Math.max(a.length, b.length); depth++) {
      const [left, right] = [a[depth], b[depth]];
      if (left === undefined) return -1;
      if (right === undefined) return 1;
      if (left !== right) {
        const rank = (/** @type {string | number} */ step) =>
          typeof step === "number" ? step : (here?.fields.findIndex((field) => field.name === step) ?? 0);
        return rank(left) - rank(right);
      }
      here = shapeAt(/** @type {Shape} */ (here), [left]);
      if (!here) return 0;
    }
    return 0;
  }

  /**
   * @param {any} value
   * @returns {Generator<Finding>}
   */
  *#schema(value) {
    const { errors } = this.validator.validate(value);
    const told = new Set();
    for (const error of errors) {
      const at = pathOf(error.instanceLocation);
      const then = error.keywordLocation.includes("/then/");
      /** @type {Finding | null} */
      let finding = null;
      if (error.keyword === "required") {
        const name = /"([^"]*)"/.exec(error.error)?.[1] ?? "";
        const path = [...at, name];
        if (shapeAt(this.shape, path)) finding = { path, ...missing(shapeAt(this.shape, path), then) };
      } else if (then && (error.keyword === "enum" || error.keyword === "const")) {
        finding = { path: at, ...this.#unfit(value, at) };
      } else if (!then) {
        const shape = shapeAt(this.shape, at);
        const words = shape && wordsFor(shape, valueAt(value, at));
        if (words) finding = { path: at, ...words };
      }
      if (finding && !told.has(finding.path.join("/"))) {
        told.add(finding.path.join("/"));
        yield finding;
      }
    }
  }

  /**
   * Words for a level or direction that the design does not admit. The level is what is to be changed.
   * @param {any} value
   * @param {Path} at
   */
  #unfit(value, at) {
    const group = shapeAt(this.shape, at.slice(0, -1));
    const title = (/** @type {string} */ field) => {
      const choices = group?.fields.find((other) => other.name === field)?.choices ?? [];
      const id = valueAt(value, [...at.slice(0, -1), field]);
      return choices.find((choice) => choice.id === id)?.title ?? id;
    };
    if (at.at(-1) === "direction") {
      return {
        code: "effect-not-measured",
        words: `With the design “${title("design")}” nobody was compared, so no effect was measured. Choose “Effect not measured”, and tell what happened under the results.`,
      };
    }
    return {
      code: "level-too-high",
      words: `A study of the design “${title("design")}” can't give the level “${title("level")}”. Choose the level that 34 CFR 77.1 gives to the design, or correct the design.`,
    };
  }

  /**
   * @param {any} value
   * @param {string} opened
   * @param {Date} now
   * @returns {Generator<Finding>}
   */
  *#rules(value, opened, now) {
    const sources = (value.sources ?? []).map((/** @type {any} */ source) => source?.id);
    const known = { sources, links: this.links, patterns: this.patterns };
    const used = new Set();
    for (const { path, shape, value: held } of leaves(this.shape, value, [])) {
      if (shape.kind === "prose" && typeof held === "string" && held.length <= shape.longest) {
        for (const source of citations(held, this.patterns)) used.add(source);
        for (const [code, words] of proseFindings(held, known)) yield { path, code, words };
      } else if (shape.kind === "source" && held) {
        used.add(held);
        if (!sources.includes(held)) {
          yield { path, code: "unknown-source", words: `There is no source ${held}. Choose another, or add it.` };
        }
      } else if (shape.kind === "record" && held) {
        yield* this.#reference(path, shape, held, value.id);
      }
    }
    yield* this.#unused(sources, used);
    yield* this.#figures(value);
    yield* dates(value, now);
    const taken = this.data.pages[this.data.folder]?.titles ?? {};
    if (value.id && value.id !== opened && Object.hasOwn(taken, value.id)) {
      yield { path: ["id"], code: "duplicate-id", words: `The library has a record of that name: “${taken[value.id]}”. Choose another, or edit that one.` };
    }
  }

  /**
   * @param {Path} path
   * @param {Shape} shape
   * @param {string} held
   * @param {string} own
   * @returns {Generator<Finding>}
   */
  *#reference(path, shape, held, own) {
    const titles = this.data.pages[this.data.folder]?.titles ?? {};
    if (held === own) yield { path, code: "refers-to-itself", words: "The record names itself. Take it out." };
    else if (!Object.hasOwn(titles, held)) {
      yield { path, code: "unknown-id", words: `There is no ${shape.refersTo.replaceAll("-", " ")} “${held}”. Choose one from the list.` };
    }
  }

  /**
   * @param {string[]} sources
   * @param {Set<string>} used
   * @returns {Generator<Finding>}
   */
  *#unused(sources, used) {
    for (const [number, id] of sources.entries()) {
      const path = ["sources", number, "title"];
      if (sources.indexOf(id) < number) {
        yield { path, code: "duplicate-id", words: `There are two sources ${id}. Remove this one and add it again.` };
      } else if (!used.has(id)) {
        yield { path, code: "unused-source", words: `Nothing cites the source ${id}. Cite it where it is used, [${id}], or remove it.` };
      }
    }
  }

  /**
   * @param {any} value
   * @returns {Generator<Finding>}
   */
  *#figures(value) {
    for (const [number, outcome] of (value.outcomes ?? []).entries()) {
      const [low, high] = outcome.confidence_interval ?? [];
      if (typeof low === "number" && typeof high === "number" && low > high) {
        yield { path: ["outcomes", number, "confidence_interval"], code: "out-of-range", words: "The interval ends before it begins. Write the lower bound first." };
      }
    }
    for (const { path, shape, value: held } of leaves(this.shape, value, [])) {
      if (shape.kind === "choices" && Array.isArray(held) && new Set(held).size < held.length) {
        yield { path, code: "listed-twice", words: "One of the choices is in the list twice. Untick it and tick it again." };
      }
    }
  }
}

/**
 * @param {any} value
 * @param {Date} now
 * @returns {Generator<Finding>}
 */
function* dates(value, now) {
  const { start, end } = value.years ?? {};
  if (typeof start === "number" && typeof end === "number" && end < start) {
    yield { path: ["years", "end"], code: "out-of-range", words: `It ends in ${end}, before it starts in ${start}. Check the years.` };
  }
  // One day of grace: it is tomorrow already in some time zones.
  const latest = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  for (const name of ["checked", "added", "updated"]) {
    if (typeof value[name] === "string" && value[name] > latest) {
      yield { path: [name], code: "date-in-future", words: "That day has not come yet." };
    }
  }
}

/**
 * Every field that holds a value, lists of choices as a whole.
 * @param {Shape} shape
 * @param {any} value
 * @param {Path} path
 * @returns {Generator<{path: Path, shape: Shape, value: any}>}
 */
function* leaves(shape, value, path) {
  if (value === null || value === undefined) return;
  if (shape.kind === "group") {
    for (const field of shape.fields) yield* leaves(field, value[field.name], [...path, field.name]);
  } else if (shape.kind === "list" && shape.item && Array.isArray(value)) {
    for (const [number, entry] of value.entries()) yield* leaves(shape.item, entry, [...path, number]);
  } else {
    yield { path, shape, value };
  }
}

/**
 * A JSON pointer as a path.
 * @param {string} pointer
 * @returns {Path}
 */
function pathOf(pointer) {
  const steps = pointer.replace(/^#\/?/, "").split("/").filter(Boolean);
  return steps.map((step) => {
    const plain = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    return /^\d+$/.test(plain) ? Number(plain) : plain;
  });
}

/**
 * @param {Shape | null} shape
 * @param {boolean} then true where another field asks for it
 */
function missing(shape, then) {
  if (then && shape?.name === "comparison_label") {
    return { code: "unnamed-comparison", words: "Nothing says who the comparison is. Write it, such as “control group”." };
  }
  if (then && shape?.name === "name") {
    return { code: "unnamed-outcome", words: "Nothing says what was measured. Write it in a few words." };
  }
  return { code: "missing-field", words: want(shape) };
}

/** @param {Shape | null} shape */
function want(shape) {
  switch (shape?.kind) {
    case "choice":
    case "source":
    case "record":
      return "Choose one.";
    case "choices":
      return "Choose at least one.";
    case "list":
    case "group":
      return "Add at least one.";
    default:
      return `Fill in “${shape?.label ?? ""}”.`;
  }
}

/**
 * Words for a value that its field can't hold; null where the fault is in a part of it, which has words of its own.
 * @param {Shape} shape
 * @param {any} value
 * @returns {{code: string, words: string} | null}
 */
function wordsFor(shape, value) {
  switch (shape.kind) {
    case "group":
      return null;
    case "list":
    case "choices":
      if ((value?.length ?? 0) < shape.fewest) return { code: "empty", words: want(shape) };
      if (shape.kind === "list") return null;
      return { code: "unknown-id", words: unknownChoices(shape, value) };
    case "choice":
      return { code: shape.refersTo ? "unknown-id" : "unknown-choice", words: `“${value}” is not one of the choices. Choose one.` };
    case "pair":
      return { code: "wrong-type", words: "Write two numbers, the lower one first." };
    case "number":
    case "integer":
      return outOfRange(shape, value);
    case "url":
      return { code: "not-an-address", words: "This is not a web address. Copy the whole address from the browser; it begins with https:// or http://." };
    case "date":
      return { code: "not-a-date", words: "This is not a date of the calendar. Write it as year-month-day, such as 2026-11-24." };
    default:
      return text(shape, value);
  }
}

/**
 * @param {Shape} shape
 * @param {any} value
 */
function unknownChoices(shape, value) {
  const ids = new Set(shape.choices.map((choice) => choice.id));
  const unknown = (Array.isArray(value) ? value : []).filter((id) => !ids.has(id));
  return `Not in the library's list: ${unknown.join(", ")}. Remove it, and choose another.`;
}

/**
 * @param {Shape} shape
 * @param {any} value
 */
function outOfRange(shape, value) {
  if (typeof value !== "number" || (shape.kind === "integer" && !Number.isInteger(value))) {
    const whole = shape.kind === "integer" ? "a whole number" : "a number";
    return { code: "wrong-type", words: `Write ${whole} in digits, without words, such as 1500.` };
  }
  if (value < shape.least) return { code: "out-of-range", words: `It must be at least ${shape.least}. Check the figure.` };
  return { code: "out-of-range", words: `It must be at most ${shape.most}. Check the figure.` };
}

/**
 * @param {Shape} shape
 * @param {any} value
 */
function text(shape, value) {
  const length = [...String(value ?? "")].length;
  if (length > shape.longest) {
    return { code: "too-long", words: `This has ${length.toLocaleString("en-US")} characters; at most ${shape.longest.toLocaleString("en-US")} are shown. Shorten it.` };
  }
  if (!length) return { code: "empty", words: want(shape) };
  if (shape.name === "id") {
    return { code: "wrong-form", words: "Use lower-case letters, digits and single hyphens, such as springfield-welding-bridge." };
  }
  return { code: "wrong-form", words: `“${String(value).slice(0, 60)}” is not what is wanted here.` };
}

/**
 * The fields of a record as the form needs them, worked out from its JSON Schema.
 *
 * @typedef {{id: string, title: string, meaning: string, alsoCalled: string[]}} Choice
 * @typedef {"constant" | "text" | "prose" | "number" | "integer" | "boolean" | "date" | "url" | "choice" |
 *   "choices" | "source" | "record" | "pair" | "group" | "list"} Kind
 *
 * @typedef {object} Shape
 * @property {Kind} kind
 * @property {string} name the field's key; empty for an entry of a list
 * @property {string} label
 * @property {string} help
 * @property {boolean} required
 * @property {boolean} nullable
 * @property {boolean} front true for an optional field that is shown at once
 * @property {boolean} long true for plain text that needs several lines
 * @property {string} model the name of the group that the field is, such as "Place"
 * @property {Choice[]} choices
 * @property {Shape[]} fields of a group, in the order of the record
 * @property {Shape | null} item what a list holds
 * @property {number} fewest entries of a list
 * @property {number} longest characters; Infinity where there is no bound
 * @property {number} least
 * @property {number} most
 * @property {RegExp | null} pattern
 * @property {string} refersTo the kind of record whose ids it holds
 * @property {unknown} constant
 *
 * @typedef {(string | number)[]} Path
 */

/**
 * The shape of a whole record.
 * @param {any} data what form.json holds
 * @returns {Shape}
 */
export function recordShape(data) {
  return shapeOf(data, data.schema, "", data.model, true);
}

/**
 * @param {any} data
 * @param {any} written a part of the schema
 * @param {string} name
 * @param {string} owner the name of the group that the field stands in; of the record itself for the record
 * @param {boolean} required
 * @returns {Shape}
 */
function shapeOf(data, written, name, owner, required) {
  const { node, nullable, model } = unfolded(data.schema, written);
  const [label, help] = data.words[`${owner}.${name}`] ?? ["", ""];
  /** @type {Shape} */
  const shape = {
    kind: kindOf(node),
    name,
    label: label || node.title || name,
    help: help || node.description || "",
    required,
    nullable,
    front: data.front.includes(`${owner}.${name}`),
    long: data.long.includes(`${owner}.${name}`),
    model: name || model ? model : owner,
    choices: choicesOf(node),
    fields: [],
    item: null,
    fewest: node.minItems ?? 0,
    longest: node.maxLength ?? Infinity,
    least: node.minimum ?? -Infinity,
    most: node.maximum ?? Infinity,
    pattern: node.pattern ? new RegExp(node.pattern, "u") : null,
    refersTo: node["x-reference"] ?? "",
    constant: node.const,
  };
  if (shape.kind === "choices") shape.choices = choicesOf(node.items);
  if (shape.kind === "list") {
    shape.item = shapeOf(data, node.items, "", owner, true);
    [shape.item.label] = data.words[`${owner}.${name}[]`] ?? [shape.item.label || "Entry"];
    shape.item.help = "";
  }
  if (shape.kind === "group") {
    const order = data.order[shape.model].filter((/** @type {string} */ key) => key in node.properties);
    shape.fields = order.map((key) =>
      shapeOf(data, node.properties[key], key, shape.model, (node.required ?? []).includes(key)),
    );
  }
  return shape;
}

/**
 * Follow references, and take "or null" apart.
 * @param {any} schema
 * @param {any} written
 * @returns {{node: any, nullable: boolean, model: string}}
 */
function unfolded(schema, written) {
  let node = written;
  let model = "";
  let nullable = false;
  for (let depth = 0; depth < 8 && (node.$ref || node.anyOf); depth++) {
    const { $ref, anyOf, ...own } = node;
    if ($ref) {
      model = $ref.split("/").pop();
      node = { ...schema.$defs[model], ...own };
    } else {
      nullable ||= anyOf.some((/** @type {any} */ part) => part.type === "null");
      node = { ...anyOf.find((/** @type {any} */ part) => part.type !== "null"), ...own };
    }
  }
  return { node, nullable, model };
}

/**
 * @param {any} node
 * @returns {Kind}
 */
function kindOf(node) {
  if ("const" in node) return "constant";
  if (node.type === "object") return "group";
  if (node.type === "array") return node.prefixItems ? "pair" : node.items.oneOf ? "choices" : "list";
  if (node.oneOf || node.enum) return "choice";
  if (node["x-source"]) return "source";
  if (node["x-reference"]) return "record";
  if (node["x-prose"]) return "prose";
  if (node.format === "date") return "date";
  if (node.format === "uri") return "url";
  return ["number", "integer", "boolean"].includes(node.type) ? node.type : "text";
}

/**
 * @param {any} node
 * @returns {Choice[]}
 */
function choicesOf(node) {
  if (node.enum) return node.enum.map((/** @type {string} */ id) => ({ id, title: id, meaning: "", alsoCalled: [] }));
  return (node.oneOf ?? []).map((/** @type {any} */ term) => ({
    id: term.const,
    title: sentence(term.title ?? term.const),
    meaning: term.description ?? "",
    alsoCalled: term["x-also-called"] ?? [],
  }));
}

/** @param {string} text */
function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * The shape at a path, and the value there.
 * @param {Shape} shape
 * @param {Path} path
 * @returns {Shape | null}
 */
export function shapeAt(shape, path) {
  /** @type {Shape | null} */
  let here = shape;
  for (const step of path) {
    if (!here) return null;
    if (typeof step === "number") here = here.item;
    else here = here.fields.find((field) => field.name === step) ?? null;
  }
  return here;
}

/**
 * @param {any} value
 * @param {Path} path
 * @returns {any} undefined where there is nothing
 */
export function valueAt(value, path) {
  return path.reduce((here, step) => (here === null || here === undefined ? undefined : here[step]), value);
}

/**
 * The id of the control at a path.
 * @param {Path} path
 */
export function idOf(path) {
  return `field-${path.join("-")}`;
}

/**
 * A value for a new group: what is fixed, and nothing else.
 * @param {Shape} shape
 * @returns {any}
 */
export function blank(shape) {
  /** @type {Record<string, unknown>} */
  const value = {};
  for (const field of shape.fields) {
    if (field.kind === "constant") value[field.name] = field.constant;
    else if (field.kind === "group" && field.required) value[field.name] = blank(field);
    else if (field.kind === "choices" && field.required) value[field.name] = [];
    else if (field.required && field.nullable) value[field.name] = null;
  }
  return value;
}

/**
 * Part a value of unknown origin into what the form can show, and the rest.
 * @param {Shape} shape
 * @param {any} value
 * @returns {{value: any, rest: any}} either is undefined where there is nothing of it
 */
export function fitted(shape, value) {
  if (value === undefined) return { value: undefined, rest: undefined };
  if (value === null) return shape.nullable ? { value, rest: undefined } : { value: undefined, rest: undefined };
  const whole = { value, rest: undefined };
  const nothing = { value: undefined, rest: value };
  switch (shape.kind) {
    case "group": {
      if (typeof value !== "object" || Array.isArray(value)) return nothing;
      return fittedGroup(shape, value);
    }
    case "list": {
      if (!Array.isArray(value)) return nothing;
      const parts = value.map((entry) => fitted(/** @type {Shape} */ (shape.item), entry));
      const rest = parts.map((part) => part.rest).filter((part) => part !== undefined);
      return {
        value: parts.map((part) => part.value).filter((part) => part !== undefined),
        rest: rest.length ? rest : undefined,
      };
    }
    case "choices": {
      if (!Array.isArray(value)) return nothing;
      const rest = value.filter((entry) => typeof entry !== "string");
      return { value: value.filter((entry) => typeof entry === "string"), rest: rest.length ? rest : undefined };
    }
    case "pair":
      return Array.isArray(value) && value.length <= 2 && value.every(isPlain) ? whole : nothing;
    case "constant":
      return { value: shape.constant, rest: undefined };
    default:
      return isPlain(value) ? whole : nothing;
  }
}

/**
 * @param {Shape} shape
 * @param {any} value
 */
function fittedGroup(shape, value) {
  const kept = blank(shape);
  /** @type {Record<string, unknown>} */
  const rest = Object.create(null); // a key may be called anything
  const known = new Map(shape.fields.map((field) => [field.name, field]));
  for (const key of Object.keys(value)) {
    const field = known.get(key);
    const part = field ? fitted(field, value[key]) : { value: undefined, rest: value[key] };
    if (part.value !== undefined) kept[key] = part.value;
    if (part.rest !== undefined) rest[key] = part.rest;
  }
  return { value: kept, rest: Object.keys(rest).length ? rest : undefined };
}

/** @param {unknown} value */
function isPlain(value) {
  return ["string", "number", "boolean"].includes(typeof value);
}

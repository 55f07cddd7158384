/**
 * Outcomes as data: which ones fit the filters, in which order, and as a CSV file. Nothing here touches the
 * document.
 *
 * @typedef {Record<string, any>} Outcome an outcome with its case study as `case`
 * @typedef {{by: string, down: boolean}} Order
 */

/** Designs from the most to the least able to show cause. */
const DESIGNS = ["rct", "quasi-experiment", "correlational", "pre-post", "descriptive"];

/**
 * @typedef {Record<string, any[]>} Columns values by column
 *
 * @param {{worded: Record<string, string[]>, cases: Columns, outcomes: Columns, texts: string[]}} data as
 *   generator/exports/outcomes.py writes it
 * @returns {Outcome[]}
 */
export function outcomes(data) {
  const cases = rows(data.cases, data.worded.cases, data.texts);
  return rows(data.outcomes, data.worded.outcomes, data.texts).map((outcome) => ({ ...outcome, case: cases[outcome.case] }));
}

/**
 * @param {Columns} columns
 * @param {string[]} worded columns that hold numbers of texts
 * @param {string[]} texts
 */
function rows(columns, worded, texts) {
  const words = (/** @type {number | number[]} */ cell) => (Array.isArray(cell) ? cell.map((one) => texts[one]) : texts[cell]);
  const named = Object.entries(columns).map(([name, cells]) => ({ name, cells: worded.includes(name) ? cells.map(words) : cells }));
  return (named[0]?.cells ?? []).map((_, at) => Object.fromEntries(named.map(({ name, cells }) => [name, cells[at]])));
}

/**
 * The outcome's place on its case study's page, from the site's root.
 * @param {Outcome} outcome
 */
export function address(outcome) {
  return `${outcome.case.path}#${outcome.anchor}`;
}

/** How an outcome answers each filter: the values it has. */
const VALUES = /** @type {Record<string, (outcome: Outcome) => string[]>} */ ({
  metric: (outcome) => [outcome.metric],
  design: (outcome) => [outcome.design],
  practice: (outcome) => outcome.case.practices,
  population: (outcome) => outcome.case.populations,
  cost: (outcome) => [outcome.case.band],
});

/**
 * @param {Outcome[]} all
 * @param {Record<string, string>} chosen by filter; empty values choose all
 */
export function filtered(all, chosen) {
  const asked = Object.entries(chosen).filter(([name, value]) => value && name in VALUES);
  return all.filter((outcome) => asked.every(([name, value]) => VALUES[name](outcome).includes(value)));
}

/** What each column is sorted by. Figures are grouped by their unit: dollars and percent have no common order. */
const KEYS = /** @type {Record<string, (outcome: Outcome) => (string | number | null)[]>} */ ({
  title: (outcome) => [outcome.case.title],
  metric: (outcome) => [outcome.metric_title, outcome.name],
  value: (outcome) => [unit(outcome), outcome.value ? outcome.raw_value : null],
  comparison: (outcome) => [unit(outcome), outcome.raw_comparison],
  difference: (outcome) => [unit(outcome), outcome.raw_difference],
  n: (outcome) => [outcome.n],
  design: (outcome) => [DESIGNS.indexOf(outcome.design)],
  cost: (outcome) => [outcome.case.cost],
});

/** @param {Outcome} outcome */
function unit(outcome) {
  return `${outcome.unit} ${outcome.per}`;
}

/**
 * The outcomes in order; equal ones stay as they are, and those without the figure come last either way.
 * @param {Outcome[]} all
 * @param {Order | null} order
 */
export function sorted(all, order) {
  if (!order) return all;
  const key = KEYS[order.by];
  return all
    .map((outcome) => ({ outcome, keys: key(outcome) }))
    .sort((a, b) => compare(a.keys, b.keys, order.down))
    .map((entry) => entry.outcome);
}

/**
 * @param {(string | number | null)[]} one
 * @param {(string | number | null)[]} other
 * @param {boolean} down
 */
function compare(one, other, down) {
  const last = one.length - 1;
  if ((one[last] === null) !== (other[last] === null)) return one[last] === null ? 1 : -1;
  for (const [at, a] of one.entries()) {
    const b = other[at];
    if (a === b || a === null || b === null) continue;
    const way = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
    if (way) return down && at === last ? -way : way;
  }
  return 0;
}

const CSV = /** @type {[string, (outcome: Outcome) => unknown][]} */ ([
  ["case_study", (o) => o.case.id],
  ["title", (o) => o.case.title],
  ["evidence_level", (o) => o.case.level_label],
  ["metric", (o) => o.metric],
  ["name", (o) => o.name || o.metric_title],
  ["when", (o) => o.when],
  ["program", (o) => (o.value ? o.raw_value : "")],
  ["comparison", (o) => o.raw_comparison],
  ["comparison_label", (o) => o.comparison_label],
  ["difference", (o) => o.raw_difference],
  ["unit", (o) => o.unit],
  ["per", (o) => o.per],
  ["n", (o) => o.n],
  ["design", (o) => o.design],
  ["significance", (o) => o.significance],
  ["cost_per_participant_usd", (o) => o.case.cost],
  ["practices", (o) => o.case.practices.join("; ")],
  ["populations", (o) => o.case.populations.join("; ")],
]);

/**
 * @param {Outcome[]} shown
 * @param {(path: string) => string} whole the whole address of a path from the site's root
 */
export function csv(shown, whole) {
  const lines = shown.map((o) => [...CSV.map(([, value]) => cell(value(o))), cell(whole(address(o)))]);
  return [[...CSV.map(([name]) => name), "address"], ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

/** @param {unknown} value */
function cell(value) {
  if (typeof value === "number") return String(value);
  // A spreadsheet would take such a text for a formula.
  const text = String(value ?? "").replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * How answers to the rubric are counted. The twin of generator/rubric/scoring.py: the limits are in the
 * rubric's data, and tests/rubric/examples.yaml holds worked examples that both must get right.
 */

/**
 * @typedef {{level: number | null, other: string, evidence: string, notes: string}} Answer
 *   level 1 to 4, or null with other "not-sure" or "does-not-apply"
 * @typedef {{answers: Record<string, Answer>, version: string, rater: string, role: string, place: string,
 *   date: string, population: string, setting: string, state: string}} Sheet
 * @typedef {{id: string, title: string, question: string, levels: string[], worded_in: string,
 *   practices: string[], policies: string[]}} Criterion
 * @typedef {{id: string, title: string, criteria: Criterion[]}} Dimension
 * @typedef {{order: number, title: string, path: string, where: string, level: string, direction: string, found: string,
 *   practices: string[], population: string[], setting: string[], state: string[]}} Case
 * @typedef {{id: string, version: string, levels: {title: string, from: number}[], counting: any,
 *   groups: {id: string, title: string}[], roles: {id: string, title: string, group: string}[],
 *   choices: Record<string, Record<string, string>>, dimensions: Dimension[],
 *   practices: Record<string, {title: string, path: string, note: string}>,
 *   policies: Record<string, {title: string, path: string, note: string}>,
 *   evidence: {id: string, title: string}[], cases: Case[], states: string[]}} Rubric
 *   cases of any place; those of `states` have more in a file of their own
 * @typedef {{criterion: Criterion, state: string, level: number | null, median: number | null,
 *   levels: number[], not_sure: number, does_not_apply: number, claimed: boolean, agreement: number | null,
 *   by_group: Record<string, number>, raters_differ: boolean, groups_differ: boolean}} CriterionResult
 * @typedef {{dimension: Dimension, state: string, score: number | null, band: string, rated: number,
 *   not_sure: number, answers: number, unanswered: number, lowest: number | null,
 *   at_lowest: string[]}} DimensionResult
 */

/** Case studies named for one question. */
const MOST_CASES = 4;

/**
 * Every question, in order.
 * @param {Rubric} rubric
 */
export function criteria(rubric) {
  return rubric.dimensions.flatMap((dimension) => dimension.criteria);
}

/**
 * Count one person's answers, or those of several.
 * @param {Rubric} rubric
 * @param {Sheet[]} sheets
 */
export function score(rubric, sheets) {
  const results = criteria(rubric).map((criterion) => criterionResult(rubric, criterion, sheets));
  const byId = new Map(results.map((result) => [result.criterion.id, result]));
  const known = results.filter((r) => r.level !== null && !tooUnsure(rubric, r.not_sure, r.levels.length));
  return {
    dimensions: rubric.dimensions.map((dimension) =>
      dimensionResult(rubric, dimension, dimension.criteria.map((c) => /** @type {any} */ (byId.get(c.id)))),
    ),
    criteria: results,
    panel: panelResult(rubric, sheets),
    strengths: known.filter((r) => Number(r.level) >= 3).sort((a, b) => Number(b.level) - Number(a.level)),
    weaknesses: known.filter((r) => Number(r.level) <= 2).sort((a, b) => Number(a.level) - Number(b.level)),
    unknown: results.filter((r) => tooUnsure(rubric, r.not_sure, r.levels.length)),
  };
}

/**
 * @param {Rubric} rubric
 * @param {Criterion} criterion
 * @param {Sheet[]} sheets
 * @returns {CriterionResult}
 */
function criterionResult(rubric, criterion, sheets) {
  const given = sheets
    .filter((sheet) => sheet.answers[criterion.id])
    .map((sheet) => ({ role: sheet.role, ...sheet.answers[criterion.id] }));
  const rated = given.filter((answer) => answer.level !== null);
  const levels = rated.map((answer) => Number(answer.level)).sort((a, b) => a - b);
  const notSure = given.filter((answer) => answer.other === "not-sure").length;
  const apart = given.filter((answer) => answer.other === "does-not-apply").length;
  const median = medianOf(levels);
  const level = median === null ? null : Math.floor(median);
  /** @type {Record<string, number>} */
  const byGroup = {};
  for (const group of rubric.groups) {
    const roles = rubric.roles.filter((role) => role.group === group.id).map((role) => role.id);
    const theirs = rated.filter((answer) => roles.includes(answer.role)).map((answer) => Number(answer.level));
    const middle = medianOf(theirs.sort((a, b) => a - b));
    if (middle !== null) byGroup[group.id] = middle;
  }
  const [first, second] = rubric.groups.map((group) => byGroup[group.id]);
  const commonest = Math.max(0, ...levels.map((one) => levels.filter((other) => other === one).length));
  const shown = notSure ? "not-sure" : apart ? "does-not-apply" : "unanswered";
  return {
    criterion,
    state: levels.length ? "scored" : shown,
    level,
    median,
    levels,
    not_sure: notSure,
    does_not_apply: apart,
    claimed: Number(level) >= 3 && !rated.some((a) => Number(a.level) >= 3 && a.evidence.trim()),
    agreement: levels.length ? Math.floor((200 * commonest + levels.length) / (2 * levels.length)) : null,
    by_group: byGroup,
    raters_differ: levels.length > 0 && levels[levels.length - 1] - levels[0] >= rubric.counting.raters_differ,
    groups_differ:
      first !== undefined && second !== undefined && Math.abs(first - second) >= rubric.counting.groups_differ,
  };
}

/**
 * @param {Rubric} rubric
 * @param {Dimension} dimension
 * @param {CriterionResult[]} results
 * @returns {DimensionResult}
 */
function dimensionResult(rubric, dimension, results) {
  const levels = results.filter((r) => r.level !== null).map((r) => Number(r.level));
  const notSure = results.reduce((sum, r) => sum + r.not_sure, 0);
  const rated = results.reduce((sum, r) => sum + r.levels.length, 0);
  let state = "does-not-apply";
  if (tooUnsure(rubric, notSure, rated)) state = "not-sure";
  else if (levels.length) state = "scored";
  else if (results.some((r) => r.state === "unanswered")) state = "unanswered";
  const average = state === "scored" ? tenths(levels) : null;
  const lowest = levels.length ? Math.min(...levels) : null;
  return {
    dimension,
    state,
    score: average,
    band: average === null ? "" : band(rubric, average),
    rated: levels.length,
    not_sure: notSure,
    answers: notSure + rated,
    unanswered: results.filter((r) => r.state === "unanswered").length,
    lowest,
    at_lowest: results.filter((r) => lowest !== null && r.level === lowest).map((r) => r.criterion.id),
  };
}

/**
 * Whether enough people of enough kinds rated.
 * @param {Rubric} rubric
 * @param {Sheet[]} sheets
 */
function panelResult(rubric, sheets) {
  const wanted = rubric.counting.panel;
  const roles = sheets.map((sheet) => sheet.role).filter(Boolean);
  const missing = wanted.must_include.filter((/** @type {string} */ role) => !roles.includes(role));
  const minority = roles.filter((role) => role === wanted.minority).length;
  const kinds = new Set(roles).size;
  return {
    people: sheets.length,
    roles: kinds,
    missing,
    minority,
    enough:
      sheets.length >= wanted.people && kinds >= wanted.roles && !missing.length && minority * 2 < sheets.length,
  };
}

/**
 * The name of the level that an average falls to.
 * @param {Rubric} rubric
 * @param {number} average
 */
export function band(rubric, average) {
  return rubric.levels.filter((level) => average >= level.from).at(-1)?.title ?? "";
}

/**
 * @param {Rubric} rubric
 * @param {number} notSure answers that are not sure
 * @param {number} rated answers that are a level
 */
function tooUnsure(rubric, notSure, rated) {
  return notSure * rubric.counting.not_sure_one_in > notSure + rated;
}

/** @param {number[]} levels sorted */
function medianOf(levels) {
  if (!levels.length) return null;
  const middle = Math.floor(levels.length / 2);
  return levels.length % 2 ? levels[middle] : (levels[middle - 1] + levels[middle]) / 2;
}

/**
 * The average to one decimal place, a half rounded up.
 * @param {number[]} levels
 */
function tenths(levels) {
  const total = levels.reduce((sum, level) => sum + level, 0);
  return Math.floor((20 * total + levels.length) / (2 * levels.length)) / 10;
}

/**
 * What moved between two times, by part and by question. Only unchanged questions count.
 * @param {Rubric} rubric
 * @param {Sheet[]} earlier
 * @param {Sheet[]} later
 */
export function compare(rubric, earlier, later) {
  const oldest = [...earlier, ...later].map((sheet) => sheet.version).sort(byVersion)[0] ?? rubric.version;
  const reworded = new Set(
    criteria(rubric).filter((c) => byVersion(c.worded_in, oldest) > 0).map((c) => c.id),
  );
  const without = (/** @type {Sheet[]} */ sheets) =>
    sheets.map((sheet) => ({
      ...sheet,
      answers: Object.fromEntries(Object.entries(sheet.answers).filter(([id]) => !reworded.has(id))),
    }));
  const before = score(rubric, without(earlier)).criteria;
  const now = score(rubric, without(later)).criteria;
  const changes = before.map((old, index) => {
    const level = now[index].level;
    const by = old.level !== null && level !== null ? level - old.level : null;
    return { criterion: old.criterion, before: old.level, now: level, by, reworded: reworded.has(old.criterion.id) };
  });
  const parts = rubric.dimensions.map((dimension) => {
    // The same questions on both sides, or the average would move by itself.
    const pairs = changes.filter((c) => c.by !== null && dimension.criteria.includes(c.criterion));
    if (!pairs.length) return { dimension, before: null, now: null, by: null, compared: 0, maybe_chance: false };
    const was = tenths(pairs.map((c) => Number(c.before)));
    const is = tenths(pairs.map((c) => Number(c.now)));
    const by = Math.round((is - was) * 10) / 10;
    const size = Math.abs(by);
    return {
      dimension,
      before: was,
      now: is,
      by,
      compared: pairs.length,
      maybe_chance: size > 0 && size < rubric.counting.chance_below,
    };
  });
  return { parts, changes };
}

/**
 * Orders versions such as "1.10".
 * @param {string} a
 * @param {string} b
 */
function byVersion(a, b) {
  const [x, y] = [a, b].map((text) => text.split(".").map(Number));
  return x[0] - y[0] || x[1] - y[1];
}

/**
 * What all raters who say it say of their place; empty where they differ.
 * @param {Sheet[]} sheets
 */
export function placeOf(sheets) {
  const common = (/** @type {"population" | "setting" | "state"} */ field) => {
    const said = new Set(sheets.map((sheet) => sheet[field]).filter(Boolean));
    return said.size === 1 ? [...said][0] : "";
  };
  return { population: common("population"), setting: common("setting"), state: common("state") };
}

/**
 * Case studies of a question's practices: those like their place first, and the strongest evidence first in
 * both; the twin of generator/rubric/recommend.py.
 * @param {Rubric} rubric
 * @param {Criterion} criterion
 * @param {{population: string, setting: string, state: string}} place
 * @param {Case[]} more of that state, beside those of any place
 * @returns {{found: Case, shared: string[]}[]}
 */
export function casesFor(rubric, criterion, place, more) {
  const rank = new Map(rubric.evidence.map((level, index) => [level.id, index]));
  const fields = /** @type {const} */ (["population", "setting", "state"]);
  return [...rubric.cases, ...more]
    .filter((found) => found.practices.some((practice) => criterion.practices.includes(practice)))
    .map((found) => ({ found, shared: fields.filter((field) => found[field].includes(place[field])) }))
    .sort(
      (a, b) =>
        Number(!a.shared.length) - Number(!b.shared.length) ||
        Number(rank.get(a.found.level)) - Number(rank.get(b.found.level)) ||
        b.shared.length - a.shared.length ||
        a.found.order - b.found.order,
    )
    .slice(0, MOST_CASES);
}

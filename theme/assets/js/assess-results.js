/**
 * What answers to the rubric come to, as elements. Everything that was typed or loaded goes in as text.
 */

import { counted, el } from "./dom.js";
import { casesFor, criteria, placeOf } from "./rubric-scoring.js";

/**
 * @typedef {import("./rubric-scoring.js").Rubric} Rubric
 * @typedef {import("./rubric-scoring.js").Sheet} Sheet
 * @typedef {import("./rubric-scoring.js").Case} Case
 * @typedef {import("./rubric-scoring.js").CriterionResult} CriterionResult
 * @typedef {ReturnType<typeof import("./rubric-scoring.js").score>} Result
 * @typedef {ReturnType<typeof import("./rubric-scoring.js").compare>} Comparison
 */

/** @type {Record<string, string>} */
const WITHOUT_SCORE = {
  "not-sure": "Not enough known",
  "does-not-apply": "Does not apply",
  unanswered: "Not rated yet",
};
/** @type {Record<string, string>} */
const SHARED = { population: "group of people", setting: "kind of place", state: "state" };

/**
 * @param {Rubric} rubric
 * @param {Result} result
 * @param {Sheet[]} sheets those that were counted
 * @param {string} root the way to the site's root
 * @param {Case[]} more case studies of their state
 * @returns {Node[]}
 */
export function resultNodes(rubric, result, sheets, root, more) {
  if (!sheets.length) {
    return [el("p", { class: "kb-empty" }, "Answer a question above, or load files below, and the result shows here.")];
  }
  return [
    about(rubric, sheets),
    el("div", { class: "kb-assess__profile" }, chart(rubric, result), partsTable(rubric, result)),
    ...levelOnes(result),
    el("h3", {}, "Strengths"),
    strengths(result),
    ...unknown(result),
    el("h3", {}, "Weak spots, and what helps"),
    ...weaknesses(rubric, result, sheets, root, more),
  ];
}

/**
 * Who and what was counted.
 * @param {Rubric} rubric
 * @param {Sheet[]} sheets
 */
function about(rubric, sheets) {
  const said = (/** @type {"place" | "date" | "role" | "population" | "setting" | "state"} */ field) => {
    const titles = rubric.choices[field];
    const texts = sheets.map((sheet) => (titles ? titles[sheet[field]] : sheet[field])).filter(Boolean);
    return [...new Set(texts)].join("; ");
  };
  const facts = [
    ["Place", said("place")],
    ["Date", said("date")],
    ["People served", said("population")],
    ["Kind of place", said("setting")],
    ["State", said("state")],
    [sheets.length > 1 ? "Raters" : "Rater", raters(rubric, sheets)],
    ["Rubric", `version ${rubric.version}`],
  ].filter(([, text]) => text);
  return el("dl", { class: "kb-assess__facts" },
    ...facts.map(([term, text]) => el("div", {}, el("dt", {}, term), el("dd", {}, text))));
}

/**
 * @param {Rubric} rubric
 * @param {Sheet[]} sheets
 */
function raters(rubric, sheets) {
  const roles = sheets.map((sheet) => rubric.choices.role[sheet.role] ?? "kind of partner not said");
  if (sheets.length === 1) return roles[0];
  const kinds = [...new Set(roles)].map((role) => `${role} (${roles.filter((other) => other === role).length})`);
  return `${sheets.length}: ${kinds.join(", ")}`;
}

/**
 * The profile as bars. For eyes only: the table beside it says the same.
 * @param {Rubric} rubric
 * @param {Result} result
 */
function chart(rubric, result) {
  const scale = el("div", { class: "kb-assess-profile__scale" }, ...rubric.levels.map((level, index) => el("span", {}, `${index + 1} ${level.title}`)));
  const rows = result.dimensions.map((part) => {
    const name = el("span", { class: "kb-assess-profile__name" }, part.dimension.title);
    const value =
      part.score === null
        ? [el("span", { class: "kb-assess-profile__value kb-assess-profile__value--none" }, WITHOUT_SCORE[part.state])]
        : [track(part.score, Number(part.lowest)), el("span", { class: "kb-assess-profile__value" }, part.score.toFixed(1))];
    return el("div", { class: "kb-assess-profile__row" }, name, ...value);
  });
  return el("div", { class: "kb-assess-profile", "aria-hidden": "true" }, scale, ...rows,
    el("p", { class: "kb-assess-profile__key" }, "Bar: the part's average. Diamond: its lowest question."));
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * One bar from 1 to 4, with a line at each level and a mark at the lowest question.
 * @param {number} average
 * @param {number} lowest
 */
function track(average, lowest) {
  const drawing = svg("svg", { class: "kb-assess-profile__track", viewBox: "0 0 300 20", preserveAspectRatio: "none" });
  drawing.append(
    svg("rect", { class: "kb-assess-profile__ground", x: 0, y: 4, width: 300, height: 12 }),
    // A bar of no length could not be seen: level 1 begins with a little.
    svg("rect", { class: "kb-assess-profile__bar", x: 0, y: 4, width: Math.max(4, (average - 1) * 100), height: 12 }),
    ...[100, 200].map((x) => svg("line", { class: "kb-assess-profile__line", x1: x, x2: x, y1: 0, y2: 20 })),
  );
  const mark = svg("svg", { class: "kb-assess-profile__lowest", viewBox: "0 0 12 12" });
  mark.append(svg("path", { d: "M6 0 12 6 6 12 0 6Z" }));
  mark.style.insetInlineStart = `${((lowest - 1) / 3) * 100}%`;
  const box = el("span", { class: "kb-assess-profile__box" });
  box.append(drawing, mark);
  return box;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function svg(name, attributes) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * @param {Rubric} rubric
 * @param {Result} result
 */
function partsTable(rubric, result) {
  const titles = new Map(criteria(rubric).map((criterion) => [criterion.id, criterion.title]));
  const rows = result.dimensions.map((part) => {
    const all = part.rated > 1 && part.at_lowest.length === part.rated;
    const names = all ? "All rated" : part.at_lowest.map((id) => titles.get(id)).join("; ");
    return [
      part.dimension.title,
      part.score === null ? WITHOUT_SCORE[part.state] : `${part.score.toFixed(1)} ${part.band}`,
      `${part.rated} of ${part.dimension.criteria.length}`,
      part.answers ? `${part.not_sure} of ${part.answers}` : "",
      part.lowest === null ? "" : `${names}: level ${part.lowest}`,
    ];
  });
  return table("Result by part, on a scale from 1 to 4", ["Part", "Score", "Questions rated", "Answers not sure", "Lowest question"], rows);
}

/** @param {Result} result */
function levelOnes(result) {
  const parts = result.dimensions.filter((part) => part.lowest === 1).map((part) => part.dimension.title);
  if (!parts.length) return [];
  return [el("p", { class: "kb-assess__note" }, `A question is at level 1 in: ${parts.join("; ")}. The average does not show it.`)];
}

/** @param {Result} result */
function strengths(result) {
  if (!result.strengths.length) return el("p", {}, "No question is at level 3 or 4 yet.");
  return el("ul", {}, ...result.strengths.map((found) =>
    el("li", {}, question(found), `: level ${found.level}`, ...(found.claimed ? [" ", el("span", { class: "kb-note" }, "claimed: no evidence named")] : []))));
}

/** @param {Result} result */
function unknown(result) {
  if (!result.unknown.length) return [];
  const rows = result.unknown.map((found) => {
    const answers = found.not_sure + found.levels.length;
    return el("li", {}, question(found), answers > 1 ? `: ${found.not_sure} of ${answers} not sure` : "");
  });
  return [el("h3", {}, "Find out first"), el("p", {}, "Not sure is not level 1. These are left out of the averages."), el("ul", {}, ...rows)];
}

/** @param {CriterionResult} found */
function question(found) {
  return el("a", { href: `#q-${found.criterion.id}` }, found.criterion.title);
}

/**
 * @param {Rubric} rubric
 * @param {Result} result
 * @param {Sheet[]} sheets
 * @param {string} root
 * @param {Case[]} more
 */
function weaknesses(rubric, result, sheets, root, more) {
  if (!result.weaknesses.length) return [el("p", {}, "No question is at level 1 or 2.")];
  const place = placeOf(sheets);
  const most = rubric.counting.work_on;
  return [
    el("p", {}, `Lowest first. Choose at most ${most} to work on. That a program found no effect is as useful to know as that it found one.`),
    ...result.weaknesses.map((found) => weakness(rubric, found, place, root, more)),
  ];
}

/**
 * @param {Rubric} rubric
 * @param {CriterionResult} result
 * @param {{population: string, setting: string, state: string}} place
 * @param {string} root
 * @param {Case[]} more
 */
function weakness(rubric, result, place, root, more) {
  const { criterion, level } = result;
  const records = (/** @type {string[]} */ ids, /** @type {Rubric["practices"]} */ all) =>
    ids.map((id) => all[id]).filter(Boolean).flatMap((record, index) => [
      ...(index ? ["; "] : []),
      el("a", { href: root + record.path }, record.title),
      ...(record.note ? [` (${record.note.toLowerCase()})`] : []),
    ]);
  const matches = casesFor(rubric, criterion, place, more);
  const near = matches.filter((match) => match.shared.length);
  const others = matches.filter((match) => !match.shared.length);
  const cases = (/** @type {string} */ label, /** @type {typeof matches} */ some) =>
    some.length ? [el("p", { class: "kb-label" }, label), el("ul", { class: "kb-assess__cases", role: "list" }, ...some.map((match) => caseItem(rubric, match, root)))] : [];
  const elsewhere = place.population || place.setting || place.state ? "From other places" : "Case studies, strongest evidence first";
  return el("section", { class: "kb-assess__weak" },
    el("h4", {}, `${criterion.title}: level ${level}`),
    el("p", {}, criterion.question),
    el("p", {}, el("span", { class: "kb-label" }, "What the next level looks like"), ` ${criterion.levels[Number(level)]}`),
    el("p", {}, el("span", { class: "kb-label" }, "Practices"), " ", ...records(criterion.practices, rubric.practices)),
    ...(criterion.policies.length ? [el("p", {}, el("span", { class: "kb-label" }, "Policy notes"), " ", ...records(criterion.policies, rubric.policies))] : []),
    ...cases("From places or for people like yours, strongest evidence first", near),
    ...cases(elsewhere, others),
    ...(matches.length ? [] : [el("p", { class: "kb-empty" }, "No case study shows these practices yet.")]),
  );
}

/**
 * @param {Rubric} rubric
 * @param {{found: import("./rubric-scoring.js").Case, shared: string[]}} match
 * @param {string} root
 */
function caseItem(rubric, { found, shared }, root) {
  const level = rubric.evidence.find((other) => other.id === found.level)?.title ?? found.level;
  const same = shared.map((field) => SHARED[field]).join(" and ");
  return el("li", {},
    el("a", { href: root + found.path }, found.title),
    el("span", { class: "kb-assess__case" }, `${found.where}. ${level}. Result: ${found.found.toLowerCase()}.${same ? ` Same ${same}.` : ""}`),
  );
}

/**
 * Where raters agree and differ.
 * @param {Rubric} rubric
 * @param {Result} result
 * @returns {Node[]}
 */
export function agreementNodes(rubric, result) {
  const [first, second] = rubric.groups;
  const why = (/** @type {CriterionResult} */ found) =>
    [
      ...(found.raters_differ ? [`${found.levels[found.levels.length - 1] - found.levels[0]} levels apart`] : []),
      ...(found.groups_differ ? [`${first.title.toLowerCase()} and ${second.title.toLowerCase()} differ`] : []),
    ].join("; ");
  const talk = result.criteria.filter((found) => found.raters_differ || found.groups_differ);
  const rows = result.criteria.map((found) => [
    found.criterion.title,
    number(found.median),
    found.levels.length ? `${found.levels[0]} to ${found.levels[found.levels.length - 1]}` : "",
    found.agreement === null ? "" : `${found.agreement}%`,
    String(found.not_sure),
    ...rubric.groups.map((group) => number(found.by_group[group.id] ?? null)),
    why(found),
  ]);
  return [
    el("p", {}, panelText(rubric, result)),
    el("p", {}, talk.length
      ? `Talk these through, with the evidence in hand: ${talk.map((found) => found.criterion.title).join("; ")}.`
      : "Nowhere do answers lie two levels apart, or employers and training providers one."),
    table("Each question: the middle answer, how far answers lie apart, and the middle answers by kind of partner",
      ["Question", "Median", "Lowest to highest", "Gave the commonest level", "Not sure",
        ...rubric.groups.map((group) => `${group.title}, median`), "Talk it through"], rows),
  ];
}

/**
 * @param {Rubric} rubric
 * @param {Result} result
 */
function panelText(rubric, result) {
  const { panel } = result;
  if (panel.enough) return "Enough people of enough kinds rated.";
  const wanted = rubric.counting.panel;
  const titles = rubric.choices.role;
  const must = wanted.must_include.map((/** @type {string} */ role) => titles[role].toLowerCase()).join(" and ");
  return `${counted(panel.people, "person", "people")} of ${counted(panel.roles, "kind")} rated. The rubric asks for at least ${wanted.people} people of ${wanted.roles} kinds, among them ${must}; ${titles[wanted.minority].toLowerCase()} should be a minority.`;
}

/**
 * What moved since an earlier time.
 * @param {Comparison} comparison
 * @returns {Node[]}
 */
export function movedNodes({ parts, changes }) {
  const rows = parts.map((part) => [
    part.dimension.title,
    number(part.before),
    number(part.now),
    part.by === null ? "Not compared" : `${moved(part.by)}${part.maybe_chance ? " (may be chance)" : ""}`,
    String(part.compared),
  ]);
  const list = [
    ["Up", changes.filter((change) => Number(change.by) > 0)],
    ["Down", changes.filter((change) => Number(change.by) < 0)],
    ["Same", changes.filter((change) => change.by === 0)],
    ["Not compared, for there is no level on one side or the question was worded anew", changes.filter((change) => change.by === null)],
  ];
  return [
    el("p", {}, "Only questions with a level both times, and with the same wording, are compared."),
    table("Change by part", ["Part", "Earlier", "Now", "Change", "Questions compared"], rows),
    ...list.flatMap(([label, some]) => {
      const found = /** @type {typeof changes} */ (some);
      if (!found.length) return [];
      const names = found.map((change) => change.criterion.title + (change.by === null ? "" : ` (${change.before} to ${change.now})`));
      return [el("p", {}, el("strong", {}, `${label}: `), names.join("; "))];
    }),
  ];
}

/** @param {number} by */
function moved(by) {
  if (by === 0) return "Same";
  return by > 0 ? `Up ${by.toFixed(1)}` : `Down ${Math.abs(by).toFixed(1)}`;
}

/** @param {number | null} value */
function number(value) {
  return value === null ? "" : String(value);
}

/**
 * A table that may scroll sideways by itself, and by the keyboard.
 * @param {string} caption
 * @param {string[]} heads
 * @param {string[][]} rows the first cell of each is its heading
 */
function table(caption, heads, rows) {
  return el("div", { class: "kb-assess__table", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: "kb-table" },
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map(([head, ...cells]) =>
        el("tr", {}, el("th", { scope: "row" }, head), ...cells.map((cell) => el("td", {}, cell))))),
    ));
}

/**
 * What could not be used, and why.
 * @param {import("./rubric-sheets.js").Problem[]} problems
 * @returns {Node[]}
 */
export function problemNodes(problems) {
  if (!problems.length) return [];
  return [
    el("p", {}, "Not everything could be used:"),
    el("ul", {}, ...problems.map(({ place, message }) => el("li", {}, `${place}: ${message}.`))),
  ];
}

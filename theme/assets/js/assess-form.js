/**
 * The rubric's form to a sheet of answers and back. The form's names are those of the questions and fields.
 */

import { criteria } from "./rubric-scoring.js";
import { isEmpty, noAnswer } from "./rubric-sheets.js";

/**
 * @typedef {import("./rubric-scoring.js").Rubric} Rubric
 * @typedef {import("./rubric-scoring.js").Sheet} Sheet
 */

const FIELDS = /** @type {const} */ (["place", "date", "rater", "role", "population", "setting", "state"]);

/**
 * @param {Rubric} rubric
 * @param {HTMLFormElement} form
 * @returns {Sheet}
 */
export function readForm(rubric, form) {
  const data = new FormData(form);
  const text = (/** @type {string} */ name) => String(data.get(name) ?? "").trim();
  /** @type {any} */
  const sheet = { answers: {}, version: rubric.version };
  for (const field of FIELDS) sheet[field] = text(field);
  for (const { id } of criteria(rubric)) {
    const chosen = text(id);
    const level = /^[1-4]$/.test(chosen) ? Number(chosen) : null;
    const answer = {
      ...noAnswer(),
      level,
      other: level === null ? chosen : "",
      evidence: text(`${id} evidence`),
      notes: text(`${id} notes`),
    };
    if (!isEmpty(answer)) sheet.answers[id] = answer;
  }
  return sheet;
}

/**
 * @param {Rubric} rubric
 * @param {HTMLFormElement} form
 * @param {Sheet} sheet
 */
export function fillForm(rubric, form, sheet) {
  const set = (/** @type {string} */ name, /** @type {string} */ value) => {
    const control = form.elements.namedItem(name);
    if (control instanceof RadioNodeList) {
      for (const radio of control) if (radio instanceof HTMLInputElement) radio.checked = radio.value === value;
    } else if (control) /** @type {HTMLInputElement} */ (control).value = value;
  };
  for (const field of FIELDS) set(field, sheet[field]);
  for (const { id } of criteria(rubric)) {
    const { level, other, evidence, notes } = sheet.answers[id] ?? noAnswer();
    set(id, level === null ? other : String(level));
    set(`${id} evidence`, evidence);
    set(`${id} notes`, notes);
  }
}

/**
 * How many questions have an answer.
 * @param {Sheet} sheet
 */
export function answered(sheet) {
  return Object.values(sheet.answers).filter((answer) => answer.level !== null || answer.other).length;
}

/**
 * True where nothing was filled in.
 * @param {Sheet} sheet
 */
export function isBlank(sheet) {
  return !Object.keys(sheet.answers).length && FIELDS.every((field) => !sheet[field]);
}

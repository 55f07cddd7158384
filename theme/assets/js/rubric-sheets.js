/**
 * Sheets of answers to and from files and links. The twin of generator/rubric/sheets.py: what can be used is
 * used, and the rest is named with its place; tests/rubric/examples.yaml holds files both must read alike.
 */

import { criteria } from "./rubric-scoring.js";

/**
 * @typedef {import("./rubric-scoring.js").Rubric} Rubric
 * @typedef {import("./rubric-scoring.js").Sheet} Sheet
 * @typedef {import("./rubric-scoring.js").Answer} Answer
 * @typedef {import("./rubric-scoring.js").Criterion} Criterion
 * @typedef {{place: string, message: string, isNote: boolean}} Problem
 */

const FORMAT = "rewire-rubric-answers";
export const MAX_BYTES = 5_000_000;
const MAX_TEXT = 4_000;
const ABOUT = /** @type {const} */ ([
  "version", "place", "date", "rater", "role", "population", "setting", "state",
]);
const NOT_SURE = new Set(["not sure", "unsure", "dont know", "do not know", "?", "not-sure", "not known"]);
const DOES_NOT_APPLY = new Set(["does not apply", "not applicable", "n/a", "na", "does-not-apply"]);

/** @returns {Answer} */
export function noAnswer() {
  return { level: null, other: "", evidence: "", notes: "" };
}

/** @param {Answer} answer */
export function isEmpty(answer) {
  return answer.level === null && !answer.other && !answer.evidence && !answer.notes;
}

/**
 * Read a file of answers.
 * @param {Rubric} rubric
 * @param {string} text
 * @param {string} name
 * @returns {{sheets: Sheet[], problems: Problem[]}}
 */
export function read(rubric, text, name) {
  const bare = text.replace(/^\uFEFF/, "");
  /** @type {Problem[]} */
  const problems = [];
  const tell = (/** @type {string} */ place, /** @type {string} */ message, isNote = false) =>
    void problems.push({ place, message, isNote });
  if (!bare.trim()) {
    tell(name, "the file is empty");
    return { sheets: [], problems };
  }
  const sheets = "{[".includes(bare.trimStart()[0])
    ? readJson(rubric, bare, name, tell)
    : readCsv(rubric, bare, name, tell);
  return { sheets, problems };
}

/**
 * @param {Rubric} rubric
 * @param {string} text
 * @param {string} name
 * @param {(place: string, message: string, isNote?: boolean) => void} tell
 * @returns {Sheet[]}
 */
function readJson(rubric, text, name, tell) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    tell(name, "this is not JSON; the file may be cut off or edited");
    return [];
  }
  if (!data || Array.isArray(data) || data.format !== FORMAT) {
    tell(name, "this is not a file of answers saved from the rubric's page");
    return [];
  }
  if (!data.answers || typeof data.answers !== "object" || Array.isArray(data.answers)) {
    tell(`${name}, answers`, "there are no answers in it");
    return [];
  }
  const byId = new Map(criteria(rubric).map((criterion) => [criterion.id, criterion]));
  /** @type {Record<string, Answer>} */
  const answers = {};
  for (const [key, value] of Object.entries(data.answers)) {
    const where = `${name}, answers, ${shown(key)}`;
    const criterion = byId.get(key);
    if (!criterion) {
      tell(where, "no question of this version has that id; left out");
      continue;
    }
    const fields = value && typeof value === "object" ? /** @type {any} */ (value) : { answer: value };
    const answer = readAnswer(rubric, criterion, textOf(fields.answer));
    if (!answer) {
      tell(where, `“${shown(textOf(fields.answer))}” is no answer; left out`);
      continue;
    }
    const kept = { ...answer, evidence: textOf(fields.evidence), notes: textOf(fields.notes) };
    if (!isEmpty(kept)) answers[key] = kept;
  }
  const about = Object.fromEntries(ABOUT.map((field) => [field, textOf(data[field])]));
  return [sheetOf(rubric, answers, about, (field) => `${name}, ${field}`, tell)];
}

/**
 * @param {Rubric} rubric
 * @param {string} text
 * @param {string} name
 * @param {(place: string, message: string, isNote?: boolean) => void} tell
 * @returns {Sheet[]}
 */
function readCsv(rubric, text, name, tell) {
  const first = text.split("\n", 1)[0];
  const count = (/** @type {string} */ sign) => first.split(sign).length;
  const delimiter = [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  const rows = parseCsv(text, delimiter)
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter((row) => row.cells.some((cell) => cell.trim()));
  const [header, ...body] = rows;
  const columns = readColumns(rubric, header.cells, name, tell);
  if (![...columns.values()].some((column) => column.kind === "answer")) {
    tell(`${name}, row 1`, "no column is named for a question; name them by id, such as demand-data");
    return [];
  }
  if (!body.length) tell(name, "there is no row of answers below the names of the columns");
  const byId = new Map(criteria(rubric).map((criterion) => [criterion.id, criterion]));
  /** @type {Sheet[]} */
  const sheets = [];
  for (const { number, cells } of body) {
    const where = `${name}, row ${number}`;
    /** @type {Record<string, string>} */
    const about = {};
    /** @type {Record<string, Answer>} */
    const answers = {};
    for (const [index, { kind, key }] of columns) {
      const cell = unguarded(cells[index] ?? "");
      if (kind === "about") {
        about[key] = cell;
      } else if (kind === "answer") {
        const answer = readAnswer(rubric, /** @type {Criterion} */ (byId.get(key)), cell);
        const column = `${where}, column ${shown(header.cells[index])}`;
        if (!answer) tell(column, `“${shown(cell)}” is no answer; left out`);
        else answers[key] = { ...(answers[key] ?? noAnswer()), level: answer.level, other: answer.other };
      } else {
        answers[key] = { ...(answers[key] ?? noAnswer()), [kind]: cell.slice(0, MAX_TEXT) };
      }
    }
    for (const [key, answer] of Object.entries(answers)) if (isEmpty(answer)) delete answers[key];
    const sheet = sheetOf(rubric, answers, about, (field) => `${where}, column ${field}`, tell);
    if (Object.keys(answers).length) sheets.push(sheet);
    else tell(where, "no answer in it; left out");
  }
  return sheets;
}

/**
 * @param {Rubric} rubric
 * @param {string[]} header
 * @param {string} name
 * @param {(place: string, message: string, isNote?: boolean) => void} tell
 */
function readColumns(rubric, header, name, tell) {
  const names = new Map(ABOUT.map((field) => [String(field), { kind: "about", key: String(field) }]));
  names.set("rubric-version", { kind: "about", key: "version" });
  for (const { id, title, question } of criteria(rubric)) {
    for (const called of [id, title, question].map(columnName)) {
      names.set(called, { kind: "answer", key: id });
      for (const kind of ["evidence", "notes"]) names.set(`${called}-${kind}`, { kind, key: id });
    }
  }
  /** @type {Map<number, {kind: string, key: string}>} */
  const columns = new Map();
  const unused = [];
  for (const [index, cell] of header.entries()) {
    const column = names.get(columnName(cell)) ?? names.get(/\[([a-z0-9-]+)\]/.exec(cell)?.[1] ?? "");
    const taken = column && [...columns.values()].some((c) => c.kind === column.kind && c.key === column.key);
    if (taken) tell(`${name}, row 1, column ${index + 1}`, `a second column for ${column.key}; not used`);
    else if (column) columns.set(index, column);
    else if (cell.trim()) unused.push(shown(cell));
  }
  if (unused.length) tell(name, `columns not used: ${unused.join(", ")}`, true);
  return columns;
}

/**
 * An answer as written; an empty one for nothing, null for what is none.
 * @param {Rubric} rubric
 * @param {Criterion} criterion
 * @param {string} text
 * @returns {Answer | null}
 */
function readAnswer(rubric, criterion, text) {
  const said = plain(text);
  if (!said) return noAnswer();
  if (NOT_SURE.has(said)) return { ...noAnswer(), other: "not-sure" };
  if (DOES_NOT_APPLY.has(said)) return { ...noAnswer(), other: "does-not-apply" };
  const found = /^(?:level )?([1-4])(?:\.0+)?(?:\s*[-–—:.)]\s*|\s+|$)(.*)$/.exec(said);
  const [number, rest] = found ? [Number(found[1]), found[2]] : [0, said];
  for (const [index, seen] of criterion.levels.entries()) {
    const { title } = rubric.levels[index];
    const words = [title, seen, `${title}: ${seen}`].map(plain);
    const fits = number === 0 || number === index + 1;
    if (fits && (words.includes(rest) || (number && !rest))) return { ...noAnswer(), level: index + 1 };
  }
  return null;
}

/**
 * Put a sheet together; what it says of itself and is not known is named and left out.
 * @param {Rubric} rubric
 * @param {Record<string, Answer>} answers
 * @param {Record<string, string>} about
 * @param {(field: string) => string} where
 * @param {(place: string, message: string, isNote?: boolean) => void} tell
 * @returns {Sheet}
 */
function sheetOf(rubric, answers, about, where, tell) {
  /** @type {any} */
  const known = Object.fromEntries(ABOUT.map((field) => [field, ""]));
  for (const [field, written] of Object.entries(about)) {
    let text = written.split(/\s+/).join(" ").trim().slice(0, 200);
    if (!text) continue;
    if (rubric.choices[field]) {
      const same = (/** @type {string} */ other) => other.toLowerCase() === text.toLowerCase();
      text = Object.entries(rubric.choices[field]).find(([id, title]) => same(id) || same(title))?.[0] ?? "";
      if (!text) tell(where(field), `there is no ${field} “${shown(written)}”; left out`);
    } else if (field === "version" && !/^\d+\.\d+$/.test(text)) {
      tell(where(field), `“${shown(text)}” is not a version; left out`);
      text = "";
    } else if (field === "date" && !/^\d{4}-\d\d-\d\d$/.test(text)) {
      tell(where(field), `“${shown(text)}” is not a date as year-month-day; left out`);
      text = "";
    }
    known[field] = text;
  }
  known.version ||= rubric.version;
  if (known.version !== rubric.version) {
    tell(
      where("version"),
      `answered in version ${known.version} of the rubric; this is ${rubric.version}. Questions that are in both are used`,
      true,
    );
  }
  return { answers, ...known };
}

/**
 * Each rater's last sheet once, and what was left out.
 * @param {{sheet: Sheet, name: string}[]} loaded
 */
export function distinct(loaded) {
  /** @type {Map<string, {sheet: Sheet, name: string}>} */
  const kept = new Map();
  /** @type {Problem[]} */
  const problems = [];
  for (const [number, { sheet, name }] of loaded.entries()) {
    const key = sheet.rater.toLowerCase();
    const same = [...kept.values()].find((other) => sameSheet(other.sheet, sheet));
    const other = kept.get(key);
    if (same && (key || name !== same.name)) {
      problems.push({ place: name, message: `the same answers as in ${same.name}; counted once`, isNote: false });
    } else if (key && other) {
      const [older, newer] = sheet.date < other.sheet.date ? [{ sheet, name }, other] : [other, { sheet, name }];
      kept.set(key, newer);
      const message = `there are two different sheets of the rater “${shown(sheet.rater)}”; the later one counts`;
      problems.push({ place: older.name, message, isNote: false });
    } else {
      kept.set(key || `#${number}`, { sheet, name });
    }
  }
  return { loaded: [...kept.values()], problems };
}

/**
 * @param {Sheet} a
 * @param {Sheet} b
 */
function sameSheet(a, b) {
  const flat = (/** @type {Sheet} */ sheet) =>
    JSON.stringify([
      ABOUT.map((field) => sheet[field]),
      Object.keys(sheet.answers).sort().map((id) => [id, sheet.answers[id].level, sheet.answers[id].other,
        sheet.answers[id].evidence, sheet.answers[id].notes]),
    ]);
  return flat(a) === flat(b);
}

/**
 * @param {Rubric} rubric
 * @param {Sheet} sheet
 */
export function toJson(rubric, sheet) {
  const answers = Object.fromEntries(
    Object.entries(sheet.answers).map(([id, { level, other, evidence, notes }]) => [
      id,
      { answer: level ?? other, evidence, notes },
    ]),
  );
  const about = Object.fromEntries(ABOUT.map((field) => [field, sheet[field]]));
  return `${JSON.stringify({ format: FORMAT, rubric: rubric.id, ...about, answers }, null, 2)}\n`;
}

/**
 * One row of names and one of answers; such files of several raters can be put under each other.
 * @param {Rubric} rubric
 * @param {Sheet} sheet
 */
export function toCsv(rubric, sheet) {
  const cells = ABOUT.map((field) => [String(field), sheet[field]]);
  for (const { id } of criteria(rubric)) {
    const { level, other, evidence, notes } = sheet.answers[id] ?? noAnswer();
    cells.push([id, level === null ? other : String(level)], [`${id} evidence`, evidence], [`${id} notes`, notes]);
  }
  const row = (/** @type {string[]} */ texts) => texts.map(csvCell).join(",");
  return `${row(cells.map(([name]) => name))}\r\n${row(cells.map(([, text]) => text))}\r\n`;
}

/** @param {string} text */
function csvCell(text) {
  // A spreadsheet would run a cell that begins so as a formula.
  const guarded = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const CODES = "1234abcdux-";

/**
 * The answers as what follows the # of a link: version, a character a question, then role, population,
 * setting, state and date. Words are not in it: a to d are levels with evidence that was named.
 * @param {Rubric} rubric
 * @param {Sheet} sheet
 */
export function toFragment(rubric, sheet) {
  const codes = criteria(rubric).map(({ id }) => {
    const { level, other, evidence } = sheet.answers[id] ?? noAnswer();
    if (level !== null) return CODES[level - 1 + (evidence.trim() ? 4 : 0)];
    return other === "not-sure" ? "u" : other === "does-not-apply" ? "x" : "-";
  });
  const { role, population, setting, state, date } = sheet;
  return ["answers=1", sheet.version, codes.join(""), role, population, setting, state, date].join("~");
}

/**
 * @param {Rubric} rubric
 * @param {string} fragment with or without the #
 * @returns {{sheet: Sheet | null, problems: Problem[]} | null} null where the fragment is about something else
 */
export function fromFragment(rubric, fragment) {
  const bare = fragment.replace(/^#/, "");
  if (!bare.startsWith("answers=")) return null;
  const bad = (/** @type {string} */ message) => ({
    sheet: null,
    problems: [{ place: "The link", message, isNote: false }],
  });
  let parts;
  try {
    parts = decodeURIComponent(bare.slice("answers=".length)).split("~");
  } catch {
    return bad("its answers could not be read; ask for it again");
  }
  const [format, version, codes = "", role = "", population = "", setting = "", state = "", date = ""] = parts;
  if (format !== "1" || !/^\d+\.\d+$/.test(version ?? "")) return bad("its answers could not be read; ask for it again");
  if (version !== rubric.version) {
    return bad(`it was made with version ${version} of the rubric, and this is ${rubric.version}; ask for the saved file instead`);
  }
  const all = criteria(rubric);
  if (codes.length !== all.length || [...codes].some((code) => !CODES.includes(code))) {
    return bad("its answers could not be read; it may have been cut off");
  }
  /** @type {Record<string, Answer>} */
  const answers = {};
  for (const [index, { id }] of all.entries()) {
    const at = CODES.indexOf(codes[index]);
    const evidence = at >= 4 && at < 8 ? "Named by the person who made the link" : "";
    if (at < 8) answers[id] = { ...noAnswer(), level: (at % 4) + 1, evidence };
    else if (at < 10) answers[id] = { ...noAnswer(), other: at === 8 ? "not-sure" : "does-not-apply" };
  }
  /** @type {Problem[]} */
  const problems = [];
  const tell = (/** @type {string} */ place, /** @type {string} */ message) =>
    void problems.push({ place, message, isNote: false });
  const about = { version, role, population, setting, state, date };
  return { sheet: sheetOf(rubric, answers, about, () => "The link", tell), problems };
}

/**
 * Rows and cells of a CSV text (RFC 4180).
 * @param {string} text
 * @param {string} delimiter
 */
function parseCsv(text, delimiter) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let cell = "";
  let quoted = false;
  let at = 0;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (sign === '"' && cell === "") quoted = true;
    else if (sign === delimiter) endCell();
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[at + 1] === "\n") at++;
      endRow();
    } else cell += sign;
  }
  if (cell || row.length) endRow();
  return rows;
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, MAX_TEXT).trim() : "";
}

/**
 * Some foreign words in a message: short, on one line.
 * @param {string} text
 */
function shown(text) {
  const clean = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return clean.length <= 60 ? clean : `${clean.slice(0, 57)}...`;
}

/**
 * A column's name without its number, case and punctuation.
 * @param {string} cell
 */
function columnName(cell) {
  return cell
    .toLowerCase()
    .replace(/^\s*q?\d+\s*[.):-]\s*/, "")
    .replace(/[’']/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** @param {string} text */
function plain(text) {
  return text.replace(/[’']/g, "").toLowerCase().split(/\s+/).join(" ").trim();
}

/** @param {string} cell */
function unguarded(cell) {
  const bare = cell.trim();
  return /^'[=+\-@]/.test(bare) ? bare.slice(1) : bare;
}
